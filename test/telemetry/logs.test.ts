import { once } from 'node:events';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startServe } from '../support/command.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startOtlpReceiver } from '../support/otlp-receiver.ts';
import { insertComponent } from '../support/runs.ts';
import { untilEvent } from '../support/worker.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

type Line = { msg: string; level: string } & Record<string, unknown>;

/** A service whose log can be read. */
async function serve(env: Record<string, string> = {}) {
  const { child, url, log } = await startServe({ DATABASE_URL: db.url, LOG_LEVEL: 'debug', ...env });
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
  const lines = (part: string): Line[] =>
    log()
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Line)
      .filter(({ msg }) => msg.includes(part));
  return { url, lines };
}

async function send(url: string, query: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return { id: response.headers.get('x-request-id'), body: await response.json() };
}

async function enqueue(url: string) {
  const { id } = await insertComponent(db.pool);
  const query = `mutation { enqueueRun(input: { componentId: "${id}" }) { run { id } } }`;
  const { body } = await send(url, query);
  return (body as { data: { enqueueRun: { run: { id: string } } | null } }).data.enqueueRun?.run.id ?? null;
}

/** Makes each insert into a table fail as on a full disk, until the returned function is called. */
async function fillDisk(table: string): Promise<() => Promise<unknown>> {
  await db.pool.query(`
    create function full_disk() returns trigger language plpgsql as
      $$ begin raise exception 'could not extend file' using errcode = 'disk_full'; end $$;
    create trigger full_disk before insert on ${table} execute function full_disk()`);
  return () => db.pool.query('drop function full_disk cascade');
}

test('each finished attempt is one line, with the worker, the run, the attempt and the trace', async () => {
  const collector = await startOtlpReceiver();
  onTestFinished(() => void collector.stop());
  const { url, lines } = await serve({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
  const runId = (await enqueue(url))!;
  await untilEvent(db, runId, 'COMPLETED');
  await expect.poll(() => lines('attempt finished')).toHaveLength(1);
  expect(lines('attempt finished')[0]).toMatchObject({
    level: 'debug',
    service: 'journey-runtime-worker',
    workerId: lines('worker ready')[0]!.workerId,
    runId,
    attempt: 1,
    traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
    outcome: 'completed',
  });
});

test('the id of a request is in its answer and in its log lines, if a log can show it', async () => {
  const { url, lines } = await serve({ JOURNEY_RUNTIME_WORKER_ENABLED: 'false' });
  await db.pool.query('alter table journey_components rename to hidden');
  onTestFinished(async () => void (await db.pool.query('alter table hidden rename to journey_components')));
  const query = '{ components(first: 1) { nodes { key } } }';
  const sent = async (id: string) => (await send(url, query, { 'x-request-id': id })).id;
  expect(await sent('order-7/a')).toBe('order-7/a');
  expect(await sent('x'.repeat(129))).toBeNull();
  expect(await sent('two words')).toBeNull();
  const failed = () =>
    lines('an operation failed unexpectedly').map(({ service, requestId }) => ({ service, requestId }));
  await expect.poll(failed).toEqual([
    { service: 'journey-runtime-api', requestId: 'order-7/a' },
    { service: 'journey-runtime-api', requestId: undefined },
    { service: 'journey-runtime-api', requestId: undefined },
  ]);
});

test('an outage is one line for many operations, and one for the run whose outcome waits', async () => {
  const { url, lines } = await serve();
  const emptyDisk = await fillDisk('journey_run_outcomes');
  const runId = (await enqueue(url))!;
  const failures = () => lines('recording the outcome of an attempt failed');
  await expect.poll(failures).toMatchObject([{ level: 'warn', runId, attempt: 1 }]);
  await untilEvent(db, runId, 'STARTED');
  await emptyDisk();
  await untilEvent(db, runId, 'COMPLETED');
  await expect.poll(() => lines('attempt recovered')).toMatchObject([{ runId }]);
  expect(failures()).toHaveLength(1);

  const emptyAgain = await fillDisk('journey_runs');
  for (let count = 0; count < 5; count += 1) expect(await enqueue(url)).toBeNull();
  await expect.poll(() => lines('the database could not serve operations')).toHaveLength(1);
  await emptyAgain();
});
