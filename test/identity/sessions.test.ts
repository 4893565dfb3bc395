import { afterAll, beforeAll, expect, test } from 'vitest';
import { revokeApiKey } from '../../src/identity/keys/api-keys.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { openGraphqlSocket } from '../support/graphql-socket.ts';
import { createKey, post, type TestKey } from '../support/identity.ts';

let app: TestApp;
let admin: TestKey;
let origin: string;
beforeAll(async () => {
  app = await startTestApp({ corsOrigins: ['https://listed.example'] }, async (db) => {
    admin = await createKey(db, { name: 'ada' });
  });
  origin = new URL(app.url).origin;
});
afterAll(() => app.stop());

const send = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${origin}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin, ...headers },
    body: JSON.stringify(body),
  });

/** Signs in as a page does; answers with the cookie that the browser stores. */
async function signIn({ key }: TestKey): Promise<string> {
  const response = await send('/auth/session', { key });
  expect(response.status).toBe(200);
  return response.headers.get('set-cookie')!.split(';')[0]!;
}

const NAME = '{ viewer { name } }';
const nameBy = async (headers: Record<string, string>) => {
  const { status, body } = await post(app, headers, NAME);
  return status === 200 ? body.data.viewer.name : status;
};

test('a page signs in with an API key, and its session does what the key may; the cookie is out of reach of pages', async () => {
  const response = await send('/auth/session', { key: admin.key });
  expect(await response.json()).toEqual({ name: 'ada' });
  const cookie = response.headers.get('set-cookie')!;
  expect(cookie).toMatch(
    /^journey-session=[\w-]{16}\.[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=43200$/,
  );
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(await nameBy({ cookie: cookie.split(';')[0]!, origin })).toBe('ada');
  const { rows } = await app.db.pool.query('select s::text as stored from journey_sessions s');
  expect(JSON.stringify(rows)).not.toContain(/\.([\w-]{43})/.exec(cookie)![1]);
});

test('behind a proxy with TLS the cookie is bound to the host, and one without the prefix does not count', async () => {
  const proxied = await startTestApp(
    { trustedProxies: ['127.0.0.1'], hosts: ['journeys.example'] },
    async (db) => {
      admin = await createKey(db, { name: 'ada' });
    },
  );
  const headers = {
    'content-type': 'application/json',
    'x-forwarded-host': 'journeys.example',
    'x-forwarded-proto': 'https',
    origin: 'https://journeys.example',
  };
  const response = await fetch(proxied.url.replace('/graphql', '/auth/session'), {
    method: 'POST',
    headers,
    body: JSON.stringify({ key: admin.key }),
  });
  const cookie = response.headers.get('set-cookie')!;
  expect(cookie).toMatch(
    /^__Host-journey-session=[^;]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=43200; Secure$/,
  );
  const pair = cookie.split(';')[0]!;
  expect((await post(proxied, { ...headers, cookie: pair }, NAME)).status).toBe(200);
  expect((await post(proxied, { ...headers, cookie: pair.replace('__Host-', '') }, NAME)).status).toBe(401);
  expect((await post(proxied, { ...headers, cookie: `${pair}; ${pair}` }, NAME)).status).toBe(401);
  await proxied.stop();
});

test('a session counts only for requests of pages of this service', async () => {
  const own = await createKey(app.db, { name: 'ada' });
  const cookie = await signIn(own);
  expect(await nameBy({ cookie, origin })).toBe('ada');
  expect(await nameBy({ cookie, 'sec-fetch-site': 'same-origin' })).toBe('ada');
  expect(await nameBy({ cookie })).toBe(401);
  expect(await nameBy({ cookie, 'sec-fetch-site': 'same-site' })).toBe(401);
  expect(await nameBy({ cookie, 'sec-fetch-site': 'cross-site' })).toBe(401);
  expect(await nameBy({ cookie, origin: 'https://listed.example' })).toBe(401);
  expect(await nameBy({ cookie, origin: 'https://evil.example' })).toBe(403);
  expect(await nameBy({ cookie, origin: 'null' })).toBe(403);
  for (const path of ['/auth/session', '/auth/sign-out']) {
    expect((await send(path, own, { origin: 'https://listed.example', cookie })).status).toBe(403);
    expect((await send(path, own, { origin: 'https://evil.example', cookie })).status).toBe(403);
  }
  expect(await nameBy({ cookie, origin })).toBe('ada');
});

test('a WebSocket of a page authenticates by its cookie, and is closed when the session ends', async () => {
  const cookie = await signIn(await createKey(app.db));
  const foreign = openGraphqlSocket(app, { cookie });
  await foreign.init();
  expect((await foreign.closed)[0]).toBe(4403);
  const socket = openGraphqlSocket(app, { cookie, origin });
  await socket.init();
  await socket.until('connection_ack');
  const out = await send('/auth/sign-out', {}, { cookie });
  expect([out.status, await out.json()]).toEqual([200, { location: null }]);
  expect(out.headers.get('set-cookie')).toMatch(/^journey-session=; .*Max-Age=0/);
  expect((await socket.closed)[0]).toBe(4403);
  expect(await nameBy({ cookie, origin })).toBe(401);
});

test('signing out everywhere ends all sessions of the principal, and those of no other', async () => {
  const [one, two] = [await createKey(app.db), await createKey(app.db, { name: 'other' })];
  const cookies = [await signIn(one), await signIn(one), await signIn(two)];
  await send('/auth/sign-out', {}, { cookie: cookies[0]! });
  expect(await nameBy({ cookie: cookies[1]!, origin })).toBe('test');
  await send('/auth/sign-out', { everywhere: true }, { cookie: cookies[1]! });
  const third = await signIn(one);
  expect(await nameBy({ cookie: cookies[1]!, origin })).toBe(401);
  expect(await nameBy({ cookie: cookies[2]!, origin })).toBe('other');
  expect(await nameBy({ cookie: third, origin })).toBe('test');
});

test('a session ends with its key, after an hour without use, and after twelve hours in any case', async () => {
  const key = await createKey(app.db);
  const ended = async (change: string) => {
    const cookie = await signIn(await createKey(app.db));
    const id = cookie.slice('journey-session='.length).split('.')[0];
    await app.db.pool.query(`update journey_sessions set ${change} where id = $1`, [id]);
    return nameBy({ cookie, origin });
  };
  expect(await ended("last_used_at = now() - interval '61 minutes'")).toBe(401);
  expect(await ended("last_used_at = now() - interval '59 minutes'")).toBe('test');
  expect(await ended("expires_at = now() - interval '1 second'")).toBe(401);
  const cookie = await signIn(key);
  expect(await nameBy({ cookie, origin })).toBe('test');
  await revokeApiKey(app.db.pool, key.id);
  await expect.poll(() => nameBy({ cookie, origin })).toBe(401);
});

test.each([
  ['no key', {}, 400],
  ['no JSON', undefined, 400],
  ['a text of 1 MB', { key: 'x'.repeat(1_000_000) }, 400],
  ['a malformed key', { key: 'jrk_live_x' }, 400],
  ['null', null, 400],
])('signing in with %s is rejected', async (_, body, status) => {
  const response = await send('/auth/session', body).catch(() => null);
  expect(response?.status ?? status).toBe(status);
  expect(response?.headers.get('set-cookie') ?? null).toBeNull();
});

test('signing in with a revoked key is rejected, and other methods are', async () => {
  const key = await createKey(app.db);
  await revokeApiKey(app.db.pool, key.id);
  expect((await send('/auth/session', key)).status).toBe(401);
  expect((await fetch(`${origin}/auth/session`)).status).toBe(405);
  expect((await fetch(`${origin}/auth/sign-out`)).status).toBe(405);
  expect((await fetch(`${origin}/auth/sign-in`)).status).toBe(404);
  expect((await fetch(`${origin}/auth/callback?code=x`)).status).toBe(400);
});
