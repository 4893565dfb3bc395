import { createSecretKey } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/config.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { openGraphqlSocket } from '../support/graphql-socket.ts';
import { bearer, post } from '../support/identity.ts';
import { openEventStream } from '../support/subscriptions.ts';
import { startTokenIssuer, type TestIssuer } from '../support/token-issuer.ts';

let issuer: TestIssuer;
let other: TestIssuer;
let app: TestApp;
beforeAll(async () => {
  [issuer, other] = await Promise.all([
    startTokenIssuer(),
    startTokenIssuer({
      typ: 'JWT',
      rolesClaim: ['https://shop.example/groups'],
      roles: { operators: 'OPERATOR', readers: 'VIEWER' },
      channelsClaim: ['channels'],
    }),
  ]);
  app = await startTestApp({ jwtIssuers: [issuer.config, other.config] });
});
afterAll(async () => {
  await app.stop();
  await Promise.all([issuer.stop(), other.stop()]);
});

const VIEWER = '{ viewer { name permissions channels } }';
const messageOf = async (token: string) => {
  const { status, body } = await post(app, bearer(token), VIEWER);
  return status === 401 ? body.errors[0].message : `status ${status}`;
};
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds;

test('tokens of several issuers are accepted, each with the rights that its claims give', async () => {
  const token = await issuer.token({ name: 'Ada', access: { roles: ['VIEWER', 'ENQUEUE_RUNS', 'unknown'] } });
  expect((await post(app, bearer(token), VIEWER)).body.data.viewer).toEqual({
    name: 'Ada',
    permissions: expect.arrayContaining(['READ_RUNS', 'ENQUEUE_RUNS']),
    channels: null,
  });
  const claims = { 'https://shop.example/groups': ['readers', 'OPERATOR', 'toString'], channels: ['web'] };
  const mapped = await other.token(claims, { typ: 'JWT' });
  expect((await post(app, bearer(mapped), VIEWER)).body.data.viewer).toEqual({
    name: 'ada',
    permissions: ['READ_CATALOGUE', 'READ_RUNS', 'READ_ORDERS', 'READ_SYSTEM'],
    channels: ['web'],
  });
  const none = await other.token({}, { typ: 'JWT' });
  expect((await post(app, bearer(none), VIEWER)).body.data.viewer).toMatchObject({
    permissions: [],
    channels: [],
  });
});

test.each<[string, Parameters<TestIssuer['token']>, RegExp]>([
  ['expired', [{ exp: inSeconds(-60) }], /has expired/],
  ['for another audience', [{ aud: 'shop' }], /aud is missing or not/],
  ['without audience', [{ aud: undefined }], /aud is missing or not/],
  ['without expiry', [{ exp: undefined }], /exp is missing or not/],
  ['without subject', [{ sub: undefined }], /sub is missing or not/],
  ['valid for days', [{ exp: inSeconds(3 * 86_400) }], /more than 24 hours/],
  ['not valid yet', [{ nbf: inSeconds(120) }], /nbf is missing or not/],
  ['of another type', [{}, { typ: 'JWT' }], /typ is missing or not/],
  ['of no type', [{}, { typ: undefined }], /typ is missing or not/],
  ['of an unknown issuer', [{ iss: 'https://evil.example' }], /issuer of the token is not known/],
  ['without issuer', [{ iss: undefined }], /issuer of the token is not known/],
])('a token that is %s is rejected', async (_, args, message) => {
  expect(await messageOf(await issuer.token(...args))).toMatch(message);
});

test('within the allowed difference of clocks, a token is accepted', async () => {
  expect((await post(app, bearer(await issuer.token({ exp: inSeconds(-5) })), VIEWER)).status).toBe(200);
});

test('forged tokens are rejected: unsigned, signed by HMAC with the public key, by a foreign key, or altered', async () => {
  const claims = { iss: issuer.config.issuer, aud: 'test-api', sub: 'ada', exp: inSeconds(300) };
  const unsigned = new UnsecuredJWT(claims).encode();
  const keys = await (await fetch(issuer.config.jwksUrl)).json();
  const shared = createSecretKey(Buffer.from(JSON.stringify(keys.keys[0])));
  const hmac = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: '0' })
    .sign(shared);
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const foreign = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: '0' })
    .sign(privateKey);
  const embedded = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', jwk: await exportJWK(publicKey) })
    .sign(privateKey);
  const [head, payload, signature] = (await issuer.token()).split('.') as [string, string, string];
  const altered = [
    head,
    Buffer.from(JSON.stringify({ ...claims, sub: 'eve' })).toString('base64url'),
    signature,
  ];
  for (const token of [unsigned, hmac, foreign, embedded, altered.join('.'), `${head}.${payload}.`])
    expect(await messageOf(token)).toMatch(/is not valid|neither an API key/);
  for (const text of ['a', 'a.b.c', '..', 'eyJ.eyJ.x'])
    expect(await messageOf(text)).toMatch(/neither an API key nor a JSON Web Token/);
});

test('keys are read once, stay valid while the issuer is away, and unknown ones cause no storm of requests', async () => {
  const own = await startTokenIssuer();
  const service = await startTestApp({ jwtIssuers: [own.config] });
  const status = async (token: string) => (await post(service, bearer(token), VIEWER)).status;
  expect(await Promise.all(Array.from({ length: 20 }, async () => status(await own.token())))).toEqual(
    Array(20).fill(200),
  );
  expect(own.requests()).toBe(1);
  own.answer(503);
  expect(await status(await own.token({ sub: 'other' }))).toBe(200);
  for (let n = 0; n < 20; n += 1)
    expect(await status(await own.token({ sub: String(n) }, { kid: `x${n}` }))).not.toBe(200);
  expect(own.requests()).toBeLessThanOrEqual(2);
  await service.stop();
  await own.stop();
});

test('while the keys cannot be read at all, the answer is UNAVAILABLE, not UNAUTHENTICATED', async () => {
  const own = await startTokenIssuer();
  own.answer(500);
  const service = await startTestApp({ jwtIssuers: [own.config] });
  const { body } = await post(service, bearer(await own.token()), VIEWER);
  expect(body.errors[0].extensions.code).toBe('UNAVAILABLE');
  await service.stop();
  await own.stop();
});

const WATCH = 'subscription { runEvents { type } }';
const READER = { access: { roles: ['VIEWER'] } };

test('a subscription ends when its token expires: a socket with 4403, a stream with an error', async () => {
  const token = await issuer.token({ ...READER, exp: inSeconds(6) });
  const socket = openGraphqlSocket(app);
  await socket.init(bearer(token));
  const ack = (await socket.until('connection_ack')).payload as { expiresInSeconds: number };
  expect(ack.expiresInSeconds).toBeLessThanOrEqual(6);
  socket.send({ type: 'subscribe', id: '1', payload: { query: WATCH } });
  const events = [];
  for await (const event of openEventStream(app, WATCH, {}, bearer(token))) events.push(event);
  expect(events).toMatchObject([
    { event: 'next', data: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] } },
    { event: 'complete' },
  ]);
  expect(await socket.closed).toEqual([4403, expect.stringContaining('has ended')]);
});

test('a client renews its token on the same socket by a ping, and its subscriptions go on', async () => {
  const socket = openGraphqlSocket(app);
  await socket.init(bearer(await issuer.token({ ...READER, exp: inSeconds(6) })));
  await socket.until('connection_ack');
  socket.send({ type: 'subscribe', id: '1', payload: { query: WATCH } });
  const longer = await issuer.token({ ...READER, padding: 'x'.repeat(2_000) });
  socket.send({ type: 'ping', payload: bearer(longer) });
  const { payload } = await socket.until('pong');
  expect(payload).toEqual({ expiresInSeconds: expect.any(Number) });
  expect((payload as { expiresInSeconds: number }).expiresInSeconds).toBeGreaterThan(200);
  // The first token has expired when another one that was opened after it is closed.
  const later = openGraphqlSocket(app);
  await later.init(bearer(await issuer.token({ ...READER, exp: inSeconds(6) })));
  await later.closed;
  socket.send({ type: 'subscribe', id: '2', payload: { query: '{ __typename }' } });
  expect((await socket.until('next')).id).toBe('2');
  socket.end();
});

test('a renewal by an invalid token, another principal or other rights closes the socket', async () => {
  const renewals = [
    'nothing',
    await issuer.token({ ...READER, sub: 'eve' }),
    await issuer.token({ access: { roles: ['ADMIN'] } }),
  ];
  for (const token of renewals) {
    const socket = openGraphqlSocket(app);
    await socket.init(bearer(await issuer.token(READER)));
    await socket.until('connection_ack');
    socket.send({ type: 'ping', payload: bearer(token) });
    expect((await socket.closed)[0]).toBe(4403);
  }
  const early = openGraphqlSocket(app);
  await early.opened;
  early.send({ type: 'ping', payload: bearer(await issuer.token(READER)) });
  expect((await early.closed)[0]).toBe(4401);
});

test.each([
  ['not JSON', '[{', /must be JSON, or the path of a file with JSON/],
  ['no file', '/nowhere/issuers.json', /must be JSON, or the path of a file with JSON/],
  [
    'http',
    '[{"issuer":"i","audience":"a","jwksUrl":"http://id.example/keys","rolesClaim":["r"]}]',
    /ISSUERS.0.jwksUrl must be an https URL/,
  ],
  [
    'a setting too many',
    '[{"issuer":"i","audience":"a","jwksUrl":"https://id.example/keys","rolesClaim":["r"],"alg":"none"}]',
    /Unrecognized key: "alg"/,
  ],
  ['no roles', '[{"issuer":"i","audience":"a","jwksUrl":"https://id.example/keys"}]', /ISSUERS.0.rolesClaim/],
])('issuers with %s are rejected', (_, text, message) => {
  expect(() => loadConfig({ JOURNEY_RUNTIME_JWT_ISSUERS: text })).toThrow(message);
});
