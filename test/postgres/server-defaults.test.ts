import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import pg from 'pg';
import { afterEach, expect, inject, test } from 'vitest';
import { createClient } from '../../src/postgres/connection-config.ts';
import { runCommand, type Serving, startServe } from '../support/command.ts';
import { majorVersion } from '../support/database.ts';

const databases: string[] = [];
let serving: Serving | undefined;

afterEach(async () => {
  if (serving) {
    serving.child.kill('SIGTERM');
    await once(serving.child, 'exit');
    serving = undefined;
  }
  for (const name of databases.splice(0)) await asAdmin(`drop database if exists ${name} with (force)`);
});

/** Every switch that a role may carry, turned, and every choice, chosen last. */
async function everyOther(): Promise<Record<string, string>> {
  const admin = new pg.Client({ connectionString: inject('templateUrl') });
  await admin.connect();
  const { rows } = await admin.query(
    `select name, case when vartype = 'bool' then case boot_val when 'on' then 'off' else 'on' end
       else (select v from unnest(enumvals) v where v <> boot_val order by v desc limit 1) end as value
     from pg_settings where context = 'user' and vartype in ('bool', 'enum') and name !~ '^transaction_'
       and name <> 'default_transaction_read_only'`,
  );
  await admin.end();
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}

/** Those of the settings that this version of PostgreSQL has. */
async function known(settings: Record<string, string>): Promise<Record<string, string>> {
  const admin = new pg.Client({ connectionString: inject('templateUrl') });
  await admin.connect();
  const { rows } = await admin.query('select lower(name) as name from pg_settings');
  await admin.end();
  const names = new Set(rows.map(({ name }) => name));
  return Object.fromEntries(Object.entries(settings).filter(([name]) => names.has(name.toLowerCase())));
}

async function asAdmin(...statements: string[]): Promise<void> {
  const url = new URL(inject('templateUrl'));
  url.pathname = 'postgres';
  const admin = new pg.Client({ connectionString: url.href });
  await admin.connect();
  for (const statement of statements) await admin.query(statement);
  await admin.end();
}

async function createDatabase(options: string, defaults: Record<string, string> = {}): Promise<string> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  databases.push(name);
  const literal = (value: string) =>
    value
      .split(', ')
      .map((part) => `'${part}'`)
      .join(', ');
  await asAdmin(
    `create database ${name} template template0 ${options}`,
    // Half of them for the role, so that both places are tried.
    ...Object.entries(defaults).map(([setting, value], index) =>
      index % 2 === 0
        ? `alter database ${name} set ${setting} = ${literal(value)}`
        : `alter role postgres in database ${name} set ${setting} = ${literal(value)}`,
    ),
  );
  const url = new URL(inject('templateUrl'));
  url.pathname = name;
  return url.href;
}

/** What a role or a database may carry, against all that statements could stumble over. */
const DEFAULTS = {
  TimeZone: 'Asia/Kolkata',
  DateStyle: 'German',
  IntervalStyle: 'iso_8601',
  bytea_output: 'escape',
  extra_float_digits: '-15',
  standard_conforming_strings: 'off',
  escape_string_warning: 'on',
  backslash_quote: 'off',
  array_nulls: 'off',
  transform_null_equals: 'on',
  quote_all_identifiers: 'on',
  xmloption: 'document',
  xmlbinary: 'hex',
  default_transaction_isolation: 'serializable',
  default_transaction_deferrable: 'on',
  row_security: 'off',
  gin_fuzzy_search_limit: '1',
  exit_on_error: 'on',
  idle_session_timeout: '100ms',
  statement_timeout: '20ms',
  lock_timeout: '1ms',
  idle_in_transaction_session_timeout: '1ms',
  transaction_timeout: '2s',
  synchronous_commit: 'off',
  client_encoding: 'LATIN1',
  client_min_messages: 'debug5',
  lc_messages: 'C',
  lc_numeric: 'C',
  plan_cache_mode: 'force_custom_plan',
  enable_indexscan: 'off',
  enable_indexonlyscan: 'off',
  enable_nestloop: 'off',
  enable_sort: 'off',
  enable_hashagg: 'off',
  enable_material: 'off',
  jit: 'on',
  jit_above_cost: '0',
  work_mem: '64kB',
  maintenance_work_mem: '1MB',
  temp_buffers: '800kB',
  from_collapse_limit: '1',
  join_collapse_limit: '1',
  geqo_threshold: '2',
  cursor_tuple_fraction: '0',
  constraint_exclusion: 'on',
  check_function_bodies: 'off',
  default_toast_compression: 'pglz',
  default_text_search_config: 'simple',
  debug_parallel_query: 'regress',
  parallel_setup_cost: '0',
  parallel_tuple_cost: '0',
  min_parallel_table_scan_size: '0',
  restrict_nonsystem_relation_kind: 'view',
  stats_fetch_consistency: 'none',
  timezone_abbreviations: 'Australia',
  vacuum_cost_delay: '100',
  tcp_user_timeout: '1000',
  search_path: 'shop, public',
};

const REGISTER = `mutation { registerComponent(input: {
  key: "greet", name: "Größe 🎁", triggers: [CHECKOUT], script: { slug: "greet", runtime: "node" } }) { component { id } userErrors { message } } }`;
const SAVE = `mutation ($id: ID!) { saveProduct(input: { sku: "s-1", slug: "s-1", title: "O'Neil \\\\ 🎁",
  attributes: { price: 19.99, tiny: 0.1 }, journeyComponents: [{ componentId: $id, channelEligibility: ["web"] }] }) { product { id } userErrors { message } } }`;
const ENQUEUE = `mutation ($input: EnqueueRunInput!) { enqueueRun(input: $input) { run { id queuedAt } userErrors { message } } }`;
const CHECKOUT = `mutation { enqueueCheckoutRuns(input: { channel: "web", order: { number: "o-1", placedAt: "2026-03-01T12:00:00.123Z", payload: { id: 820982, note: "🎁" },
  lines: [{ sku: "s-1", quantity: 1 }] } }) { order { number placedAt } runs { id } userErrors { message } } }`;
const RUNS = `query ($where: RunFilter) { runs(where: $where, first: 100) { totalCount nodes {
  id status queuedAt completedAt metadata resultPayload error { code } events { nodes { type at } } } } }`;

test('all flows work, whatever the defaults of the role and the database', async () => {
  const databaseUrl = await createDatabase(`encoding 'UTF8'`, {
    ...(await everyOther()),
    ...(await known(DEFAULTS)),
  });
  const client = createClient(databaseUrl, {}, { search_path: 'public' });
  await client.connect();
  await client.query('create schema shop');
  await client.end();

  serving = await startServe({ DATABASE_URL: databaseUrl, JOURNEY_RUNTIME_POLL_INTERVAL_SECONDS: '0.5' });
  const ask = async (query: string, variables = {}) => {
    const response = await fetch(`${serving!.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data: unknown; errors?: { message: string }[] };
    expect(errors).toBeUndefined();
    return data as unknown as Record<string, unknown>;
  };

  const begun = Date.now();
  const { registerComponent } = await ask(REGISTER);
  const componentId = (registerComponent as { component: { id: string } }).component.id;
  expect(await ask(SAVE, { id: componentId })).toMatchObject({ saveProduct: { userErrors: [] } });
  expect(await ask(CHECKOUT)).toMatchObject({
    enqueueCheckoutRuns: {
      order: { number: 'o-1', placedAt: '2026-03-01T12:00:00.123Z' },
      runs: [{ id: expect.any(String) }],
      userErrors: [],
    },
  });
  const metadata = { initiator: 'test', emoji: '🎁', quote: `it's \\ "so"`, list: [null, 0.1, 'ß'] };
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, n) =>
      ask(ENQUEUE, { input: { componentId, metadata, inputPayload: { n }, idempotencyKey: `k-${n}` } }),
    ),
  );
  for (const answer of answers) expect(answer).toMatchObject({ enqueueRun: { userErrors: [] } });

  type Runs = {
    totalCount: number;
    nodes: { status: string; queuedAt: string; events: { nodes: object[] } }[];
  };
  const runs = async (where: object) => (await ask(RUNS, { where })).runs as unknown as Runs;
  await expect
    .poll(async () => (await runs({ status: ['COMPLETED'] })).totalCount, { timeout: 60_000, interval: 200 })
    .toBe(61);
  const found = await runs({ metadata: { initiator: 'test' } });
  expect(found.totalCount).toBe(60);
  for (const run of found.nodes) {
    expect(run).toMatchObject({ metadata, error: null });
    expect(Math.abs(Date.parse(run.queuedAt) - begun)).toBeLessThan(600_000);
  }
  // A transaction in another database of the server may hold events back for a while.
  const histories = async () =>
    (await runs({ metadata: { initiator: 'test' } })).nodes.map(({ events }) => events.nodes.length);
  await expect.poll(histories, { interval: 200 }).toEqual(Array(60).fill(3));
  expect(await runs({ status: ['FAILED'] })).toMatchObject({ totalCount: 0 });
  expect(await (await fetch(`${serving.url}/readyz`)).json()).toMatchObject({ status: 'ready' });
});

test.each([
  ['LATIN1', `encoding 'LATIN1' locale 'C'`, {}, /encoded in LATIN1.* encoding 'UTF8'/],
  ['SQL_ASCII', `encoding 'SQL_ASCII' locale 'C'`, {}, /encoded in SQL_ASCII.* encoding 'UTF8'/],
  [
    'no foreign keys',
    '',
    { session_replication_role: 'replica' },
    /session_replication_role is replica.* reset/,
  ],
  ['no schema', '', { search_path: '' }, /No schema of the search_path.* set search_path = public/],
])('a start refuses what it cannot set, and names the fix: %s', async (_, options, defaults, message) => {
  // Another provider than the C library has UTF8 alone. PostgreSQL 14 has no other.
  const provider = options && (await majorVersion()) >= 15 ? 'locale_provider libc' : '';
  const DATABASE_URL = await createDatabase(`${provider} ${options}`, defaults as Record<string, string>);
  const { code, stderr } = await runCommand(['migrate'], { DATABASE_URL });
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
});
