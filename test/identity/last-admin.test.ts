import { afterAll, beforeAll, expect, it } from 'vitest';
import { revokeApiKey } from '../../src/identity/keys/api-keys.ts';
import { disablePrincipal, updatePrincipal } from '../../src/identity/keys/change-principal.ts';
import { createPrincipal } from '../../src/identity/keys/principals.ts';
import { OPEN_PRINCIPAL } from '../../src/identity/principal.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { addKey, bearer, createKey, post, type TestKey } from '../support/identity.ts';

let app: TestApp;
/** The only administrator at the end of each test. */
let last: TestKey;
beforeAll(async () => {
  app = await startTestApp({}, async (db) => {
    last = await createKey(db, { name: 'last' });
  });
});
afterAll(() => app.stop());

const UPDATE =
  'mutation ($id: ID!, $input: UpdatePrincipalInput!) { updatePrincipal(id: $id, input: $input) { userErrors { code message path } } }';
const DISABLE = 'mutation ($id: ID!) { disablePrincipal(id: $id) { userErrors { code message path } } }';
const REVOKE = 'mutation ($id: ID!) { revokeApiKey(id: $id) { userErrors { code message path } } }';

const send = async (query: string, id: string, input?: object): Promise<object[]> => {
  const { body } = await post(app, bearer(last.key), query, { id, input });
  return (Object.values(body.data)[0] as { userErrors: object[] }).userErrors;
};
const conflict = (message: string) => [
  { code: 'CONFLICT', message: expect.stringContaining(message), path: ['id'] },
];
const LAST_ADMIN = conflict('last principal with the role ADMIN');
const LAST_KEY = conflict('last valid key of a principal with the role ADMIN');
const endLast = async () => [
  await send(UPDATE, last.principalId, { roles: ['OPERATOR'], permissions: ['MANAGE_PRINCIPALS'] }),
  await send(DISABLE, last.principalId),
  await send(REVOKE, last.id),
];

it('can neither lose the role, nor be disabled, nor lose its last key, until there is another one', async () => {
  expect(await endLast()).toEqual([LAST_ADMIN, LAST_ADMIN, LAST_KEY]);
  expect(await send(UPDATE, last.principalId, { name: 'a', roles: ['ADMIN', 'VIEWER'] })).toEqual([]);
  const next = await createKey(app.db, { name: 'next' });
  expect(await send(DISABLE, last.principalId)).toEqual([]);
  last = next;
  expect(await endLast()).toEqual([LAST_ADMIN, LAST_ADMIN, LAST_KEY]);
});

it('is one as long as the others cannot sign in', async () => {
  const { pool } = app.db;
  await createPrincipal(pool, OPEN_PRINCIPAL, { name: 'without a key', roles: ['ADMIN'] });
  const [revoked, expired, disabled] = [
    await createKey(app.db),
    await createKey(app.db),
    await createKey(app.db),
  ];
  expect(await send(REVOKE, revoked.id)).toEqual([]);
  await pool.query("update journey_api_keys set expires_at = now() - interval '1 s' where id = $1", [
    expired.id,
  ]);
  expect(await send(DISABLE, disabled.principalId)).toEqual([]);
  await createKey(app.db, { roles: ['OPERATOR'], permissions: ['MANAGE_PRINCIPALS'] });
  expect(await endLast()).toEqual([LAST_ADMIN, LAST_ADMIN, LAST_KEY]);
  expect(await send(REVOKE, revoked.id)).toEqual([]);
  expect(await send(REVOKE, expired.id)).toEqual([]);
});

it('loses a key when it has another one, as in a rotation', async () => {
  const next = await addKey(app.db, last.principalId);
  expect(await send(REVOKE, last.id)).toEqual([]);
  last = next;
  expect(await send(REVOKE, last.id)).toEqual(LAST_KEY);
});

it('stays one where several end each other at once', async () => {
  const { pool } = app.db;
  const all = [
    last,
    ...(await Promise.all(['b', 'c', 'd', 'e', 'f'].map((name) => createKey(app.db, { name })))),
  ];
  const results = await Promise.all(
    all.map(({ principalId, id }, n) =>
      n % 3 === 0
        ? disablePrincipal(pool, principalId)
        : n % 3 === 1
          ? updatePrincipal(pool, OPEN_PRINCIPAL, principalId, { roles: ['VIEWER'] })
          : revokeApiKey(pool, id),
    ),
  );
  expect(results.filter(({ ok }) => !ok)).toHaveLength(1);
  last = all[results.findIndex(({ ok }) => !ok)]!;
  expect(await endLast()).toEqual([LAST_ADMIN, LAST_ADMIN, LAST_KEY]);
});

it('is a person of the identity provider, who needs no key', async () => {
  await app.db.pool.query(
    "insert into journey_principals (id, name, kind, grants) values ('https://id.example|ada', 'Ada', 'PERSON', '{ADMIN}')",
  );
  expect(await send(REVOKE, last.id)).toEqual([]);
  expect(await disablePrincipal(app.db.pool, 'https://id.example|ada')).toMatchObject({
    ok: false,
    userErrors: LAST_ADMIN,
  });
});
