import { SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { placeAfterAll } from '../support/events.ts';
import { openGraphqlSocket } from '../support/graphql-socket.ts';
import { bearer, createKey, post, type TestKey } from '../support/identity.ts';
import { openEventStream } from '../support/subscriptions.ts';

let app: TestApp;
let shop: TestKey;
let admin: TestKey;
let other: TestKey;
/** Two runs of the shop, in groups of their own. */
let mine: { run: string; group: string };
let second: { run: string; group: string };
beforeAll(async () => {
  app = await startTestApp({}, async (db) => {
    admin = await createKey(db);
    shop = await createKey(db, { roles: ['CHECKOUT'] });
    other = await createKey(db, { roles: ['CHECKOUT'] });
  });
  const { body } = await post(
    app,
    bearer(admin.key),
    `mutation { registerComponent(input: { key: "a", name: "a", triggers: [CHECKOUT], script: { slug: "a", runtime: "a" } }) { component { id } } }`,
  );
  await post(
    app,
    bearer(admin.key),
    'mutation ($id: ID!) { saveProduct(input: { sku: "A", title: "A", journeyComponents: [{ componentId: $id }] }) { userErrors { message } } }',
    { id: body.data.registerComponent.component.id },
  );
  [mine, second] = [await checkOut('1'), await checkOut('2')];
});
afterAll(() => app.stop());

async function checkOut(number: string) {
  const { body } = await post(
    app,
    bearer(shop.key),
    `mutation ($number: String!) { enqueueCheckoutRuns(input: { channel: "web", order: { number: $number, payload: { name: "Ada" }, lines: [{ sku: "A", quantity: 1 }] } }) { groupId runs { id } userErrors { message } } }`,
    { number },
  );
  const { groupId, runs } = body.data.enqueueCheckoutRuns;
  return { group: groupId as string, run: runs[0].id as string };
}

const CREATE = `mutation ($input: CreateRunTokenInput!) {
  createRunToken(input: $input) { token expiresAt userErrors { code path } }
}`;
const create = async (input: object, { key }: TestKey = shop) =>
  (await post(app, bearer(key), CREATE, { input })).body.data.createRunToken;

const RUNS = '{ runs(first: 10) { nodes { id status } } }';

test.each(['group', 'run'] as const)(
  'a token of a %s reads its run, and none of the others',
  async (kind) => {
    const { token, expiresAt, userErrors } = await create({ [`${kind}Id`]: mine[kind] });
    expect(userErrors).toEqual([]);
    const inMs = Date.parse(expiresAt) - Date.now();
    expect(inMs).toBeGreaterThan(800_000);
    expect(inMs).toBeLessThan(1_000_000);
    const ask = async (query: string) => (await post(app, bearer(token), query)).body;
    expect((await ask(RUNS)).data.runs.nodes).toEqual([{ id: mine.run, status: 'QUEUED' }]);
    expect(
      (await ask(`{ run(id: "${mine.run}") { events { nodes { type } } } }`)).data.run.events.nodes,
    ).toEqual([{ type: 'ENQUEUED' }]);
    expect((await ask(`{ run(id: "${second.run}") { id } }`)).data).toEqual({ run: null });
    for (const query of [
      `{ run(id: "${mine.run}") { inputPayload } }`,
      '{ orders { nodes { id } } }',
      '{ components { nodes { id } } }',
      '{ principals { nodes { id } } }',
      'mutation { createRunToken(input: {}) { token } }',
      `mutation { cancelRun(id: "${mine.run}") { run { id } } }`,
    ])
      expect((await ask(query)).errors[0].extensions.code, query).toBe('FORBIDDEN');
  },
);

test('a thank-you page follows its order live, over WebSocket and SSE, and sees no other order', async () => {
  const { token } = await create({ groupId: mine.group });
  const watch = 'subscription { runEvents { type run { id } } }';
  // The subscriptions begin after the events of the checkouts.
  await placeAfterAll(app.services.feed, app.db.pool);
  const socket = openGraphqlSocket(app);
  await socket.init(bearer(token));
  await socket.until('connection_ack');
  socket.send({ type: 'subscribe', id: '1', payload: { query: watch } });
  const stream = openEventStream(app, watch, {}, bearer(token));
  const streamed = stream.next();
  // The subscriptions have begun when both have answered an update of the run itself.
  const updated = openEventStream(
    app,
    `subscription { runUpdated(id: "${mine.run}") { status } }`,
    {},
    bearer(token),
  );
  expect((await updated.next()).value).toMatchObject({
    data: { data: { runUpdated: { status: 'QUEUED' } } },
  });
  await updated.return();
  const cancel = (id: string) =>
    post(app, bearer(admin.key), 'mutation ($id: ID!) { cancelRun(id: $id) { userErrors { message } } }', {
      id,
    });
  await cancel(second.run);
  await cancel(mine.run);
  const event = { data: { runEvents: { type: 'CANCELED', run: { id: mine.run } } } };
  expect((await socket.until('next')).payload).toEqual(event);
  expect((await streamed).value).toMatchObject({ data: event });
  socket.end();
  await stream.return();
});

test('only a client that may read the run or the group mints its token', async () => {
  expect(await create({ groupId: mine.group }, other)).toMatchObject({
    token: null,
    userErrors: [{ code: 'NOT_FOUND', path: ['groupId'] }],
  });
  expect((await create({ runId: mine.run }, other)).userErrors).toEqual([
    { code: 'NOT_FOUND', path: ['runId'] },
  ]);
  expect((await create({ runId: mine.run }, admin)).token).not.toBeNull();
  const viewer = await createKey(app.db, { roles: ['VIEWER'] });
  const { body } = await post(app, bearer(viewer.key), CREATE, { input: { runId: mine.run } });
  expect(body.errors[0].extensions.code).toBe('FORBIDDEN');
});

test.each([
  [{}, 'INVALID', []],
  [{ runId: 'x', groupId: 'y' }, 'INVALID', []],
  [{ runId: 'x' }, 'NOT_FOUND', ['runId']],
  [{ groupId: '\u0000' }, 'NOT_FOUND', ['groupId']],
  [{ runId: 'x', ttlSeconds: 9 }, 'INVALID', ['ttlSeconds']],
  [{ runId: 'x', ttlSeconds: 3_601 }, 'INVALID', ['ttlSeconds']],
])('%j is answered with %s', async (input, code, path) => {
  expect((await create(input)).userErrors).toEqual([{ code, path }]);
});

test('a token that is altered, signed by another key or expired is rejected', async () => {
  const { token } = await create({ runId: mine.run });
  const [head, , signature] = token.split('.');
  const forged = Buffer.from(JSON.stringify({ runId: second.run, exp: 9_999_999_999 })).toString('base64url');
  const header = { alg: 'HS256', typ: 'journey-run+jwt' };
  const foreign = new SignJWT({ runId: mine.run }).setProtectedHeader(header).setExpirationTime('5m');
  const { rows } = await app.db.pool.query('select secret from journey_signing_keys');
  const expired = new SignJWT({ runId: mine.run }).setProtectedHeader(header).setExpirationTime(1);
  const endless = new SignJWT({ runId: mine.run }).setProtectedHeader(header);
  for (const text of [
    `${head}.${forged}.${signature}`,
    await foreign.sign(Buffer.alloc(32)),
    await expired.sign(rows[0].secret),
    await endless.sign(rows[0].secret),
  ])
    expect((await post(app, bearer(text), RUNS)).status).toBe(401);
});
