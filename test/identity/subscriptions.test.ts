import { afterAll, beforeAll, expect, test } from 'vitest';
import { revokeApiKey } from '../../src/identity/keys/api-keys.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { openGraphqlSocket } from '../support/graphql-socket.ts';
import { addKey, bearer, createKey, type TestKey } from '../support/identity.ts';
import { openEventStream } from '../support/subscriptions.ts';

let app: TestApp;
let admin: TestKey;
beforeAll(async () => {
  app = await startTestApp({}, async (db) => {
    admin = await createKey(db);
  });
});
afterAll(() => app.stop());

const WATCH = 'subscription { runEvents { type } }';

test.each(['in connection_init', 'in the upgrade request'])('a key %s opens a socket', async (place) => {
  const { authorization } = bearer(admin.key);
  const isInit = place === 'in connection_init';
  const socket = openGraphqlSocket(app, isInit ? {} : { authorization });
  await socket.init(isInit ? { Authorization: authorization } : undefined);
  await socket.until('connection_ack');
  socket.send({ type: 'subscribe', id: '1', payload: { query: '{ __typename }' } });
  expect((await socket.until('next')).payload).toEqual({ data: { __typename: 'Query' } });
  socket.end();
});

test('a socket without a valid key is closed with 4403, and one that subscribes before with 4401', async () => {
  const wrong = openGraphqlSocket(app);
  await wrong.init({ authorization: 'Bearer jrk_x' });
  expect(await wrong.closed).toEqual([
    4403,
    'The API key is malformed. Check that it was copied as a whole.',
  ]);
  const none = openGraphqlSocket(app);
  await none.init();
  expect((await none.closed)[0]).toBe(4403);
  // The payload's key counts, even if the upgrade request had a valid one.
  const both = openGraphqlSocket(app, bearer(admin.key));
  await both.init({ authorization: 'Bearer jrk_x' });
  expect((await both.closed)[0]).toBe(4403);
  const early = openGraphqlSocket(app, bearer(admin.key));
  await early.opened;
  early.send({ type: 'subscribe', id: '1', payload: { query: '{ __typename }' } });
  expect(await early.closed).toEqual([4401, 'Unauthorized']);
});

test('a revoked key ends its sockets with 4403 and its streams with an error, but not those of another key', async () => {
  const old = await createKey(app.db);
  const next = await addKey(app.db, old.principalId);
  const sockets = [openGraphqlSocket(app), openGraphqlSocket(app)];
  for (const [index, socket] of sockets.entries()) {
    await socket.init(bearer([old, next][index]!.key));
    await socket.until('connection_ack');
    socket.send({ type: 'subscribe', id: '1', payload: { query: WATCH } });
  }
  const stream = openEventStream(app, 'subscription { runStats { queued } }', {}, bearer(old.key));
  // The stream has been opened once it has its first figures.
  expect((await stream.next()).value).toMatchObject({ event: 'next' });
  const ended = (async () => {
    const events = [];
    for await (const event of stream) events.push(event);
    return events;
  })();
  await revokeApiKey(app.db.pool, old.id);
  expect(await sockets[0]!.closed).toEqual([4403, expect.stringContaining('has ended')]);
  expect(await ended).toMatchObject([
    { event: 'next', data: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] } },
    { event: 'complete' },
  ]);
  sockets[1]!.send({ type: 'ping' });
  await sockets[1]!.until('pong');
  sockets[1]!.end();
});

test('a key that expires ends its sockets', async () => {
  const { principalId } = admin;
  const short = await addKey(app.db, principalId, new Date(Date.now() + 5_000));
  const socket = openGraphqlSocket(app);
  await socket.init(bearer(short.key));
  await socket.until('connection_ack');
  expect((await socket.closed)[0]).toBe(4403);
});

test('a change of rights ends the sockets of the principal', async () => {
  const { key, principalId } = await createKey(app.db, { roles: ['OPERATOR'] });
  const socket = openGraphqlSocket(app);
  await socket.init(bearer(key));
  await socket.until('connection_ack');
  await app.db.pool.query("update journey_principals set grants = '{VIEWER}' where id = $1", [principalId]);
  expect((await socket.closed)[0]).toBe(4403);
});
