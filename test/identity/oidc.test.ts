import { afterAll, beforeAll, expect, test } from 'vitest';
import { disablePrincipal } from '../../src/identity/keys/change-principal.ts';
import { createSession } from '../../src/identity/login/session-store.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { createKey, post } from '../support/identity.ts';
import { Browser, startOidcProvider } from '../support/oidc.ts';

/** The address that the provider knows. The tests go to the service's own port instead. */
const REDIRECT = 'http://127.0.0.1:4999/auth/callback';
const PEOPLE = {
  ada: { name: 'Ada Lovelace', groups: ['operators', 'ADMIN'] },
  eve: { name: 'Eve', groups: ['guests'] },
  bob: { name: 'Bob', groups: ['operators'] },
};

let provider: Awaited<ReturnType<typeof startOidcProvider>>;
let app: TestApp;
let origin: string;
beforeAll(async () => {
  provider = await startOidcProvider(PEOPLE, REDIRECT);
  app = await startTestApp({ oidc: provider.settings });
  origin = new URL(app.url).origin;
});
afterAll(async () => {
  await app.stop();
  await provider.stop();
});

/** Begins a sign-in, and goes through the provider's pages. Returns the address of the callback at this service. */
async function returnAs(browser: Browser, login: string, to = '/'): Promise<URL> {
  const start = await browser.request(new URL(`/auth/sign-in?to=${encodeURIComponent(to)}`, origin));
  expect(start.status).toBe(302);
  const back = await browser.signInAt(new URL(start.headers.get('location')!), login, REDIRECT);
  return new URL(`/auth/callback${back.search}`, origin);
}

const cookieOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .find((line) => line.startsWith('journey-session='))!
    .split(';')[0]!;

const viewerOf = async (cookie: string) =>
  (await post(app, { cookie, origin }, '{ viewer { name permissions } }')).body.data?.viewer;

test('a person signs in at the provider and gets the rights of its groups, by their configured meaning', async () => {
  const browser = new Browser();
  const response = await browser.request(await returnAs(browser, 'ada', '/console?tab=runs'));
  expect([response.status, response.headers.get('location')]).toEqual([303, '/console?tab=runs']);
  const viewer = await viewerOf(cookieOf(response));
  expect(viewer.name).toBe('Ada Lovelace');
  expect(viewer.permissions).toContain('OPERATE_RUNS');
  expect(viewer.permissions).not.toContain('MANAGE_PRINCIPALS');
  const { rows } = await app.db.pool.query('select id, kind, grants from journey_principals');
  expect(rows).toEqual([{ id: `${provider.settings.issuer}|ada`, kind: 'PERSON', grants: ['OPERATOR'] }]);
});

const signOut = (cookie: string, body = {}) =>
  fetch(new URL('/auth/sign-out', origin), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin, cookie },
    body: JSON.stringify(body),
  });

test('a person who signs out does so at the provider too, and comes back to this service', async () => {
  const browser = new Browser();
  const cookie = cookieOf(await browser.request(await returnAs(browser, 'ada')));
  const start = async () => {
    const response = await browser.request(new URL('/auth/sign-in', origin));
    return browser.request(new URL(response.headers.get('location')!));
  };
  // The provider knows the browser, and sends it back without a page.
  expect((await start()).headers.get('location')).toContain(`${REDIRECT}?code=`);
  const response = await signOut(cookie);
  const { location } = await response.json();
  expect(response.headers.getSetCookie()).toEqual([expect.stringMatching(/^journey-session=; .*Max-Age=0/)]);
  expect(location).toMatch(`${provider.settings.issuer}/session/end?`);
  expect(await viewerOf(cookie)).toBeUndefined();
  expect((await browser.signOutAt(new URL(location))).href).toBe('http://127.0.0.1:4999/');
  expect((await start()).headers.get('location')).toContain('/interaction/');
  const { rows } = await app.db.pool.query(
    'select id_token from journey_sessions where ended_at is not null',
  );
  expect(new Set(rows.map(({ id_token }) => id_token))).toEqual(new Set([null]));
});

test('signing out everywhere ends the sessions of all browsers, and that of the provider in this one', async () => {
  const [one, other] = [new Browser(), new Browser()];
  const cookies = [];
  for (const browser of [one, other])
    cookies.push(cookieOf(await browser.request(await returnAs(browser, 'ada'))));
  const { location } = await (await signOut(cookies[0]!, { everywhere: true })).json();
  expect((await one.signOutAt(new URL(location))).href).toBe('http://127.0.0.1:4999/');
  for (const cookie of cookies) await expect.poll(() => viewerOf(cookie)).toBeUndefined();
  // A session that has ended has nothing to end at the provider.
  expect(await (await signOut(cookies[1]!)).json()).toEqual({ location: null });
});

test('while the provider cannot be reached, nobody signs in there, and a person signs out here', async () => {
  const own = await startOidcProvider(PEOPLE, REDIRECT);
  const service = await startTestApp({ oidc: own.settings, logLevel: 'silent' });
  const { principalId } = await createKey(service.db);
  const { token } = await createSession(service.db.pool, { principalId, idToken: 'x.y.z' });
  await own.stop();
  const url = new URL('/auth/sign-out', service.url);
  const headers = {
    'content-type': 'application/json',
    origin: url.origin,
    cookie: `journey-session=${token}`,
  };
  const response = await fetch(url, { method: 'POST', headers, body: '{}' });
  expect([response.status, await response.json()]).toEqual([200, { location: null }]);
  expect((await post(service, headers, '{ __typename }')).status).toBe(401);
  expect((await fetch(new URL('/auth/sign-in', service.url))).status).toBe(503);
  await service.stop();
});

test('a service with a provider is not open', async () => {
  expect((await post(app, {}, '{ __typename }')).status).toBe(401);
});

test('a person without a role, and a disabled one, get no session', async () => {
  const browser = new Browser();
  const none = await browser.request(await returnAs(browser, 'eve'));
  expect([none.status, await none.json()]).toEqual([403, { error: expect.stringContaining('no role') }]);
  const first = new Browser();
  const session = cookieOf(await first.request(await returnAs(first, 'bob')));
  expect((await viewerOf(session)).name).toBe('Bob');
  await disablePrincipal(app.db.pool, `${provider.settings.issuer}|bob`);
  await expect.poll(() => viewerOf(session)).toBeUndefined();
  const again = new Browser();
  expect((await again.request(await returnAs(again, 'bob'))).status).toBe(403);
});

test('a callback counts once, and only in the browser that began the sign-in', async () => {
  const [victim, attacker] = [new Browser(), new Browser()];
  const theirs = await returnAs(attacker, 'ada');
  expect((await victim.request(theirs)).status).toBe(400);
  await victim.request(new URL('/auth/sign-in', origin));
  expect((await victim.request(theirs)).status).toBe(403);
  expect((await attacker.request(theirs)).status).toBe(303);
  expect((await attacker.request(theirs)).status).toBe(400);
});

test.each([
  ['//evil.example/x', '/'],
  ['https://evil.example', '/'],
  ['/\\evil.example', '/'],
  ['/.//evil.example', '/'],
  ['/\t/evil.example', '/'],
  ['javascript:alert(1)', '/'],
  ['', '/'],
  ['/ok?a=1#b', '/ok?a=1#b'],
])('after the sign-in the browser goes to a path of this service: %j', async (to, location) => {
  const browser = new Browser();
  const response = await browser.request(await returnAs(browser, 'ada', to));
  expect([response.status, response.headers.get('location')]).toEqual([303, location]);
});
