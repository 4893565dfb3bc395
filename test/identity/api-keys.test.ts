import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApiKey } from '../../src/identity/keys/api-keys.ts';
import { disablePrincipal } from '../../src/identity/keys/change-principal.ts';
import { OPEN_PRINCIPAL } from '../../src/identity/principal.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { addKey, bearer, createKey, post, type TestKey } from '../support/identity.ts';

let app: TestApp;
let admin: TestKey;
beforeAll(async () => {
  app = await startTestApp({}, async (db) => {
    admin = await createKey(db);
  });
});
afterAll(() => app.stop());

const QUERY = '{ principals { nodes { id } } }';
const asAdmin = async (query: string, variables?: object) =>
  (await post(app, bearer(admin.key), query, variables)).body.data;

/** A key with another secret and a correct checksum. */
const forged = async () => {
  const other = await createKey(app.db);
  return other.key.replace(other.id, other.id.split('').reverse().join(''));
};

test('without a valid key, every request is answered with 401 and the fix', async () => {
  const unauthenticated = async (headers: Record<string, string>) => {
    const { status, headers: answered, body } = await post(app, headers, QUERY);
    expect([status, answered.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect(body).toEqual({
      errors: [{ message: expect.any(String), extensions: { code: 'UNAUTHENTICATED' } }],
    });
    return body.errors[0].message;
  };
  expect(await unauthenticated({})).toMatch(
    /requires a credential: send an API key as "Authorization: Bearer jrk_…", or a token/,
  );
  expect(await unauthenticated({ authorization: 'Basic abc' })).toMatch(/"Authorization: Bearer/);
  expect(await unauthenticated(bearer('hunter2'))).toMatch(/begins with jrk_/);
  expect(await unauthenticated(bearer(admin.key.slice(0, -1)))).toMatch(/malformed/);
  expect(await unauthenticated(bearer(await forged()))).toMatch(/malformed/);
  expect((await post(app, bearer(admin.key), QUERY)).status).toBe(200);
});

test('a GET, an event stream and a request of the wrong type are answered with 401 as well', async () => {
  const url = `${app.url}?query=${encodeURIComponent('{ __typename }')}`;
  expect((await fetch(url)).status).toBe(401);
  expect((await fetch(url, { headers: { accept: 'text/event-stream' } })).status).toBe(401);
  expect((await fetch(app.url, { method: 'POST', body: 'x' })).status).toBe(401);
  expect((await fetch(app.url, { method: 'DELETE' })).status).toBe(401);
  const headers = { ...bearer(admin.key), 'graphql-preflight': '1' };
  expect((await fetch(url, { headers })).status).toBe(200);
});

test('an unknown, an expired and a revoked key, and one of a disabled principal, get the same answer', async () => {
  const revoked = await createKey(app.db);
  const disabled = await createKey(app.db);
  const expired = await createKey(app.db);
  await app.db.pool.query("update journey_api_keys set expires_at = now() - interval '1 s' where id = $1", [
    expired.id,
  ]);
  await disablePrincipal(app.db.pool, disabled.principalId);
  await asAdmin('mutation ($id: ID!) { revokeApiKey(id: $id) { userErrors { message } } }', {
    id: revoked.id,
  });
  const unknown = await createKey(app.db);
  await app.db.pool.query('delete from journey_api_keys where id = $1', [unknown.id]);
  const bodies = await Promise.all(
    [unknown, expired, revoked, disabled].map(async ({ key }) =>
      JSON.stringify((await post(app, bearer(key), QUERY)).body),
    ),
  );
  expect(new Set(bodies).size).toBe(1);
  expect(bodies[0]).toContain('it is unknown, expired or revoked');
});

test('a key whose stored hash differs is not valid', async () => {
  const { key, id } = await createKey(app.db);
  await app.db.pool.query("update journey_api_keys set hash = sha256('other') where id = $1", [id]);
  expect((await post(app, bearer(key), QUERY)).status).toBe(401);
});

test('a key of another environment is rejected by name', async () => {
  const { principalId } = await createKey(app.db);
  const created = await createApiKey(app.db.pool, OPEN_PRINCIPAL, 'staging', { principalId });
  const { body } = await post(app, bearer(created.ok ? created.value.key : ''), QUERY);
  expect(body.errors[0].message).toContain('for the environment staging, and this service is live');
});

const CREATE = `mutation ($input: CreatePrincipalInput!) {
  createPrincipal(input: $input) {
    principal { id name kind roles permissions channels createdBy }
    userErrors { code message path }
  }
}`;
const CREATE_KEY = `mutation ($input: CreateApiKeyInput!) {
  createApiKey(input: $input) {
    key apiKey { id environment principal { name } createdBy expiresAt revokedAt lastUsedAt }
    userErrors { code message path }
  }
}`;

test('an admin creates a principal and its keys, two at once at most', async () => {
  const { createPrincipal } = await asAdmin(CREATE, {
    input: { name: 'shop', roles: ['CHECKOUT'], permissions: ['READ_SYSTEM'], channels: ['web'] },
  });
  const { principal } = createPrincipal;
  expect(principal).toMatchObject({
    name: 'shop',
    kind: 'SERVICE',
    roles: ['CHECKOUT'],
    permissions: expect.arrayContaining(['ENQUEUE_RUNS', 'READ_SYSTEM']),
    channels: ['web'],
    createdBy: admin.principalId,
  });
  const create = async (more = {}) =>
    (await asAdmin(CREATE_KEY, { input: { principalId: principal.id, ...more } })).createApiKey;
  const first = await create({ expiresAt: '2099-01-01T00:00:00Z' });
  expect(first).toMatchObject({
    apiKey: {
      environment: 'live',
      principal: { name: 'shop' },
      createdBy: admin.principalId,
      expiresAt: '2099-01-01T00:00:00.000Z',
      revokedAt: null,
      lastUsedAt: null,
    },
    userErrors: [],
  });
  const second = await create();
  for (const { key } of [first, second])
    expect((await post(app, bearer(key), '{ __typename }')).status).toBe(200);
  expect((await create()).userErrors).toMatchObject([{ code: 'CONFLICT', path: ['principalId'] }]);
  await asAdmin('mutation ($id: ID!) { revokeApiKey(id: $id) { apiKey { revokedAt } } }', {
    id: first.apiKey.id,
  });
  expect((await create()).userErrors).toEqual([]);
  const { rows } = await app.db.pool.query('select k::text as stored from journey_api_keys k');
  for (const { key } of [first, second]) expect(JSON.stringify(rows)).not.toContain(key.slice(-49));
});

test('nobody gives rights that they do not have, by a new principal or by a key of another one', async () => {
  const limited = await createKey(app.db, {
    roles: null,
    permissions: ['MANAGE_PRINCIPALS', 'READ_CATALOGUE'],
    channels: ['web'],
  });
  const as = async (query: string, input: object) =>
    Object.values((await post(app, bearer(limited.key), query, { input })).body.data as object)[0].userErrors;
  expect(await as(CREATE, { name: 'a', roles: ['VIEWER'], channels: ['web'] })).toMatchObject([
    { code: 'INVALID', path: ['permissions'], message: expect.stringContaining('READ_RUNS') },
  ]);
  expect(await as(CREATE, { name: 'a', permissions: ['READ_CATALOGUE'] })).toMatchObject([
    { code: 'INVALID', path: ['channels'] },
  ]);
  expect(await as(CREATE_KEY, { principalId: admin.principalId })).toMatchObject([
    { path: ['principalId'] },
    { path: ['principalId'] },
  ]);
  expect(await as(CREATE, { name: 'a', permissions: ['READ_CATALOGUE'], channels: ['web'] })).toEqual([]);
});

test('ids that PostgreSQL cannot read are unknown ones', async () => {
  for (const id of ['\u0000', 'é', '', 'x'.repeat(10_000)]) {
    const data = await asAdmin(
      `mutation ($id: ID!) {
        disablePrincipal(id: $id) { userErrors { code } }
        revokeApiKey(id: $id) { userErrors { code } }
        createApiKey(input: { principalId: $id }) { userErrors { code } }
      }`,
      { id },
    );
    expect(Object.values(data)).toEqual(Array(3).fill({ userErrors: [{ code: 'NOT_FOUND' }] }));
  }
});

test('the use of a key is stored, to the minute', async () => {
  const { key, id, principalId } = await createKey(app.db);
  await post(app, bearer(key), '{ __typename }');
  const used = async () => {
    const data = await asAdmin('{ principals(first: 100) { nodes { id apiKeys { id lastUsedAt } } } }');
    const owner = data.principals.nodes.find((one: { id: string }) => one.id === principalId);
    return owner.apiKeys.find((one: { id: string }) => one.id === id).lastUsedAt;
  };
  await expect.poll(used).not.toBeNull();
});

test('a second key of a principal is the same owner of idempotency keys', async () => {
  const first = await createKey(app.db);
  const second = await addKey(app.db, first.principalId);
  await asAdmin(
    'mutation { registerComponent(input: { key: "a", name: "a", triggers: [OPERATOR], script: { slug: "a", runtime: "a" } }) { component { id } } }',
  );
  const enqueue = `mutation { enqueueRun(input: { componentId: "ID", idempotencyKey: "k" }) { run { id } deduplicated } }`;
  const id = (await asAdmin('{ component(key: "a") { id } }')).component.id;
  const run = async (key: string) =>
    (await post(app, bearer(key), enqueue.replace('ID', id))).body.data.enqueueRun;
  const stored = await run(first.key);
  expect(await run(second.key)).toEqual({ run: stored.run, deduplicated: true });
  expect((await run(admin.key)).deduplicated).toBe(false);
});
