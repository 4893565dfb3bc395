import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../../src/postgres/database.ts';
import { dropPartitions, makePartitions } from '../../../src/retention/partitions.ts';
import { runCommand, type Serving, startServe } from '../../support/command.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { eventsOf, untilEvent } from '../../support/worker.ts';

const ROLE = `worker_${randomBytes(4).toString('hex')}`;

let db: TestDatabase;
let serving: Serving | undefined;
beforeAll(async () => {
  db = await createTestDatabase();
  await db.pool.query(`create role "${ROLE}" login password 'only-in-tests'`);
  // PostgreSQL 14 lets everybody create tables there.
  await db.pool.query('revoke create on schema public from public');
  // Aurora lets nobody call these.
  const ofWal = ['pg_current_wal_lsn()', 'pg_current_wal_insert_lsn()', 'pg_current_wal_flush_lsn()'];
  await db.pool.query(`revoke execute on function ${ofWal.join()} from public`);
});
afterAll(async () => {
  serving?.child.kill('SIGTERM');
  if (serving) await once(serving.child, 'exit');
  await db.pool.query(`drop owned by "${ROLE}"; drop role "${ROLE}"`);
  await db.drop();
});

const ofRole = () => {
  const url = new URL(db.url);
  url.username = ROLE;
  url.password = 'only-in-tests';
  return url.href;
};

// biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what an answer holds.
type Answer = any;

async function query(query: string, variables: object = {}) {
  const response = await fetch(`${serving!.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: Answer; errors?: object[] };
  expect(errors).toBeUndefined();
  return data;
}

test.each([
  ['serve', 'false'],
  ['worker', 'false'],
  ['migrate', 'true'],
  ['seed', 'true'],
])(
  '%s names the fix where the role has no rights on the tables, as after a restore',
  async (command, migrates) => {
    const env = { DATABASE_URL: ofRole(), JOURNEY_RUNTIME_MIGRATE: migrates, PORT: '0' };
    const { code, stderr } = await runCommand([command], env);
    expect(stderr).toMatch(
      /^The role of DATABASE_URL lacks rights in the database \(permission denied for table \w+\)\. .*--role=.*`npm run migrate -- --grant-to <the role>`\.\n$/,
    );
    expect(code).toBe(2);
  },
);

test('the service runs as a role that owns nothing', async () => {
  const granted = await runCommand(['migrate', '--grant-to', ROLE], { DATABASE_URL: db.url });
  expect(granted).toMatchObject({ code: 0, stdout: expect.stringContaining(`The role ${ROLE} may run`) });
  // A repeat, as with each upgrade.
  expect((await runCommand(['migrate', '--grant-to', ROLE], { DATABASE_URL: db.url })).code).toBe(0);

  const key = `key-1:${randomBytes(32).toString('base64')}`;
  serving = await startServe({ DATABASE_URL: ofRole(), JOURNEY_RUNTIME_SECRET_KEYS: key });
  const { registerComponent } = await query(
    `mutation ($input: RegisterComponentInput!) { registerComponent(input: $input) { component { id } } }`,
    { input: { key: 'a', name: 'a', triggers: ['CHECKOUT'], script: { slug: 's', runtime: 'node' } } },
  );
  const componentId = registerComponent.component.id;
  await query(`mutation ($input: SaveProductInput!) { saveProduct(input: $input) { product { id } } }`, {
    input: { sku: 'SKU-1', journeyComponents: [{ componentId }] },
  });
  await query('mutation { saveSecret(input: { name: "a", value: "b" }) { secret { name } } }');
  const bindings = [{ secret: { inputKey: 'a', name: 'a' } }];
  const { enqueueRun } = await query(
    `mutation ($input: EnqueueRunInput!) { enqueueRun(input: $input) { run { id } } }`,
    { input: { componentId, bindings } },
  );
  const { id } = enqueueRun.run;
  await untilEvent(db, id, 'COMPLETED');
  expect((await eventsOf(db, id)).map(({ type }) => type)).toEqual(['ENQUEUED', 'STARTED', 'COMPLETED']);
  const { replayRun } = await query('mutation ($id: ID!) { replayRun(id: $id) { run { id } } }', { id });
  await untilEvent(db, replayRun.run.id, 'COMPLETED');

  const working = openDatabase({ url: ofRole(), maxConnections: 2 });
  await makePartitions(working.pool, 30);
  await dropPartitions(working.pool, 30, new AbortController().signal);
  await working.close();

  const { rows } = await db.pool.query(
    `select has_schema_privilege($1, current_schema(), 'create') as "mayCreate",
       (select count(*)::int from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = $1) as owned`,
    [ROLE],
  );
  expect(rows).toEqual([{ mayCreate: false, owned: 0 }]);
});

test('an unknown role is refused with the fix', async () => {
  const { code, stderr } = await runCommand(['migrate', '--grant-to', 'nobody-here'], {
    DATABASE_URL: db.url,
  });
  expect(code).toBe(2);
  expect(stderr).toContain('There is no role nobody-here. Create it first');
});
