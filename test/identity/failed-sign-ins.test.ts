import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { openGraphqlSocket } from '../support/graphql-socket.ts';
import { bearer, createKey, post, type TestKey } from '../support/identity.ts';
import { startTokenIssuer, type TestIssuer } from '../support/token-issuer.ts';

let app: TestApp;
let admin: TestKey;
let issuer: TestIssuer;
let origin: string;
beforeAll(async () => {
  issuer = await startTokenIssuer();
  // Each test has addresses of its own, as behind a proxy.
  const config = { trustedProxies: ['127.0.0.1'], jwtIssuers: [issuer.config], hosts: ['localhost'] };
  app = await startTestApp(config, async (db) => {
    admin = await createKey(db);
  });
  origin = new URL(app.url).origin;
});
afterAll(async () => {
  await app.stop();
  await issuer.stop();
});

let lastAddress = 0;
function newAddress(): string {
  lastAddress += 1;
  return `203.0.113.${lastAddress}`;
}

const forged = () => `${admin.key.slice(0, -1)}_`;
const query = async (from: string, headers: Record<string, string>) => {
  const answer = await post(app, { 'x-forwarded-for': from, ...headers }, '{ __typename }');
  return { ...answer, code: answer.body.errors?.[0]?.extensions.code };
};
const signIn = (from: string, body: object) =>
  fetch(`${origin}/auth/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin, 'x-forwarded-for': from },
    body: JSON.stringify(body),
  });

/** Repeats a failing sign-in, many at once, until its address is limited. Returns an answer that is. */
async function untilLimited<T extends { status: number }>(
  fail: () => Promise<T>,
  status: number,
): Promise<T> {
  for (let round = 0; round < 20; round += 1) {
    const answers = await Promise.all(Array.from({ length: 30 }, fail));
    const limited = answers.find((answer) => answer.status === 429);
    if (limited) return limited;
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([status]));
  }
  throw new Error('The address was never limited.');
}

const ways: [string, number, (from: string) => Promise<{ status: number; headers: Headers }>][] = [
  ['a malformed key', 401, (from) => query(from, bearer(forged()))],
  ['a text that is no key', 401, (from) => query(from, bearer('hunter2'))],
  ['a forged token', 401, async (from) => query(from, bearer(`${await issuer.token()}x`))],
  [
    'an ended session',
    401,
    (from) => query(from, { origin, cookie: `journey-session=${'a'.repeat(16)}.${'b'.repeat(43)}` }),
  ],
  [
    'an export',
    401,
    (from) =>
      fetch(`${origin}/export/runs.csv`, { headers: { ...bearer('jrk_x'), 'x-forwarded-for': from } }),
  ],
  ['a malformed key in the console', 400, (from) => signIn(from, { key: 'jrk_x' })],
  [
    'a callback of the identity provider',
    400,
    (from) => fetch(`${origin}/auth/callback?code=x`, { headers: { 'x-forwarded-for': from } }),
  ],
];

describe('failed sign-ins', () => {
  it.each(ways)('by %s are limited for each address', async (_, status, fail) => {
    const from = newAddress();
    const limited = await untilLimited(() => fail(from), status);
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await fail(newAddress())).status).toBe(status);
  });

  it('lock out no valid client at the same address', async () => {
    const from = newAddress();
    const limited = await untilLimited(() => query(from, bearer(forged())), 401);
    expect(limited.code).toBe('RATE_LIMITED');
    const fresh = await createKey(app.db);
    for (const key of [admin, fresh]) expect((await query(from, bearer(key.key))).status).toBe(200);
    expect((await query(from, bearer(await issuer.token()))).status).toBe(200);
    const session = await signIn(from, { key: fresh.key });
    expect(session.status).toBe(200);
    const cookie = session.headers.get('set-cookie')!.split(';')[0]!;
    expect((await query(from, { origin, cookie })).status).toBe(200);
    const socket = openGraphqlSocket(app, { 'x-forwarded-for': from });
    await socket.init(bearer(fresh.key));
    await socket.until('connection_ack');
    socket.end();
  });

  it('close a WebSocket with 1013 at the limit, so that its client may try again', async () => {
    const from = newAddress();
    const open = async () => {
      const socket = openGraphqlSocket(app, { 'x-forwarded-for': from });
      await socket.init(bearer(forged()));
      return { status: (await socket.closed)[0] === 1013 ? 429 : 401 };
    };
    await untilLimited(open, 401);
  });

  it('are not those without a credential, as of a page before its sign-in', async () => {
    const from = newAddress();
    for (let n = 0; n < 100; n += 1) expect((await query(from, {})).status).toBe(401);
    expect((await query(from, bearer(forged()))).status).toBe(401);
  });

  it('have one entry for each address in the audit log', async () => {
    const [one, other] = [newAddress(), newAddress()];
    await app.services.rejections.record();
    for (let n = 0; n < 5; n += 1) await query(one, bearer(forged()));
    await signIn(one, { key: 'jrk_x' });
    await query(other, bearer(forged()));
    await fetch(app.url, { headers: { origin: 'https://foreign.example', 'x-forwarded-for': other } });
    await app.services.rejections.record();
    const { body } = await post(
      app,
      bearer(admin.key),
      '{ auditLog(where: {rejected: true}, first: 2) { nodes { principal address action times } } }',
    );
    expect(
      body.data.auditLog.nodes.sort((a: { times: number }, b: { times: number }) => a.times - b.times),
    ).toEqual([
      { principal: null, address: other, action: 'authentication, origin', times: 2 },
      { principal: null, address: one, action: 'authentication', times: 6 },
    ]);
  });

  it('are counted beside requests under a foreign name, and sockets that subscribe without a credential', async () => {
    const from = newAddress();
    const rebound = { 'x-forwarded-for': from, 'x-forwarded-host': 'rebound.example' };
    expect((await fetch(app.url, { headers: rebound })).status).toBe(421);
    const socket = openGraphqlSocket(app, { 'x-forwarded-for': from });
    await socket.opened;
    socket.send({ type: 'subscribe', id: '1', payload: { query: '{ __typename }' } });
    expect((await socket.closed)[0]).toBe(4401);
    const counted = async () => {
      await app.services.rejections.record();
      const query = 'select action from journey_audit_log where address = $1 order by id';
      const { rows } = await app.db.pool.query(query, [from]);
      return rows.map(({ action }) => action).join(', ');
    };
    await expect.poll(counted).toBe('origin, authentication');
  });

  it('are not those while the keys of an issuer cannot be read', async () => {
    const own = await startTokenIssuer();
    own.answer(500);
    const service = await startTestApp({ jwtIssuers: [own.config] });
    const { body } = await post(service, bearer(await own.token()), '{ __typename }');
    expect(body.errors[0].extensions.code).toBe('UNAVAILABLE');
    await service.services.rejections.record();
    const { rows } = await service.db.pool.query('select action from journey_audit_log');
    expect(rows).toEqual([]);
    await service.stop();
    await own.stop();
  });
});
