import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../src/postgres/embedded/server-address.ts';
import { type Serving, startServe } from '../support/command.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { insertComponent } from '../support/runs.ts';
import { untilEvent } from '../support/worker.ts';

const ALERTS = readFileSync('deploy/prometheus/alerts.yaml', 'utf8');
const DASHBOARD = readFileSync('deploy/grafana/journey-runtime.json', 'utf8');
const PAGE = readFileSync('docs/operations/watch.md', 'utf8');
const ALERTS_PAGE = readFileSync('docs/operations/alerts.md', 'utf8');
const METRIC = /\b(?:journey|http|db|nodejs|process)_[a-z0-9_]+/g;
/** Words of the pages that look like metrics. */
const metricsIn = (text: string): string[] => [...new Set(text.match(METRIC) ?? [])];
/** They are reported only where there are replicas: test/reads/replicas.test.ts reads them. */
const OF_REPLICAS = ['journey_replica_used', 'journey_replica_behind_bytes'];

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

async function stop({ child }: Serving): Promise<void> {
  child.kill('SIGTERM');
  await once(child, 'exit');
}

const scrape = async (port: string): Promise<string> =>
  (await fetch(`http://127.0.0.1:${port}/metrics`)).text();

async function runOnce(url: string): Promise<void> {
  const { id: componentId } = await insertComponent(db.pool);
  const query = `mutation ($componentId: ID!) { enqueueRun(input: { componentId: $componentId }) { run { id } } }`;
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { componentId } }),
  });
  const { data } = (await response.json()) as { data: { enqueueRun: { run: { id: string } } } };
  await untilEvent(db, data.enqueueRun.run.id, 'COMPLETED');
}

test('API and worker report each metric that the alerts, the dashboard and the page name', async () => {
  const host = createServer((_, res) => res.end('{}')).listen(0, '127.0.0.1');
  await once(host, 'listening');
  const [api, worker] = [String(await freePort()), String(await freePort())];
  const serving = await startServe({
    DATABASE_URL: db.url,
    JOURNEY_RUNTIME_METRICS_PORT: api,
    JOURNEY_RUNTIME_WORKER_PORT: worker,
    JOURNEY_RUNTIME_RUNNER_URL: `http://127.0.0.1:${(host.address() as AddressInfo).port}`,
  });
  await runOnce(serving.url);
  expect(
    (await fetch(`${serving.url}/graphql`, { headers: { origin: 'https://foreign.example' } })).status,
  ).toBe(403);
  // A queue that has runs, for the gauges by queue.
  await db.pool.query(
    `insert into journey_run_queue (run_id, queue, priority, rank, rank_at, run_at, max_attempts, event_xid)
     values (gen_random_uuid(), 'night', 'NORMAL', 'NORMAL', now(), now() - interval '2 minutes', 1, '1')`,
  );
  // A request is counted after its response, and an attempt after its record.
  const counted = /^http_server_request_duration_seconds_count\{.*status="403"\} 1$/m;
  await expect.poll(() => scrape(api)).toMatch(counted);
  await expect.poll(() => scrape(worker)).toMatch(/^journey_run_attempts_total/m);
  const [ofApi, ofWorker] = [await scrape(api), await scrape(worker)];
  expect(ofApi).toMatch(/^journey_runs_enqueued_total\{deduplicated="false"\} 1$/m);
  expect(ofApi).toMatch(/^journey_queue_oldest_due_seconds\{queue="night"\} 1[2-9]\d(\.\d+)?$/m);
  expect(ofApi).toMatch(/^journey_rejections_total\{reason="origin"\} 1$/m);
  expect(ofApi).toMatch(/^journey_ready\{check="writes"\} 1$/m);
  expect(ofApi).toMatch(/^journey_workers_alive 1$/m);
  expect(ofApi).toMatch(
    /^http_server_request_duration_seconds_count\{method="POST",route="\/graphql",status="200"\} 1$/m,
  );
  expect(ofWorker).toMatch(/^journey_run_attempts_total\{outcome="completed"\} 1$/m);
  expect(ofWorker).toMatch(/^http_client_request_duration_seconds_count\{.*outcome="result"\} 1$/m);
  expect(ofWorker).toMatch(/^journey_worker_slots 10$/m);

  const reported = new Set([...metricsIn(`${ofApi}\n${ofWorker}`), ...OF_REPLICAS]);
  for (const [text, name] of [
    [ALERTS, 'alerts'],
    [DASHBOARD, 'dashboard'],
    [PAGE, 'page'],
  ] as const)
    expect(
      metricsIn(text).filter((metric) => !reported.has(metric)),
      name,
    ).toEqual([]);
  const described = metricsIn(PAGE);
  const undescribed = [...reported].map((metric) => metric.replace(/_(bucket|sum|count)$/, ''));
  expect(undescribed.filter((metric) => !described.some((known) => known.startsWith(metric)))).toEqual([]);
  await stop(serving);
  host.close();
});

test('metrics are sent by OTLP where the standard variables say so, at the latest at the end', async () => {
  const received: { path: string; type: string; bytes: number }[] = [];
  const collector = createServer(async (req, res) => {
    let bytes = 0;
    for await (const chunk of req) bytes += chunk.length;
    received.push({ path: req.url!, type: String(req.headers['content-type']), bytes });
    res.end();
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const serving = await startServe({
    DATABASE_URL: db.url,
    JOURNEY_RUNTIME_WORKER_ENABLED: 'false',
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
  });
  await stop(serving);
  expect(received.at(-1)).toEqual({
    path: '/v1/metrics',
    type: 'application/x-protobuf',
    bytes: expect.any(Number),
  });
  expect(received.at(-1)!.bytes).toBeGreaterThan(1_000);
  collector.close();
});

test('each alert has a section that says what to do', () => {
  const alerts = [...ALERTS.matchAll(/alert: (\w+)/g)].map(([, name]) => name);
  expect([...ALERTS_PAGE.matchAll(/^## (\w+)$/gm)].map(([, name]) => name)).toEqual(alerts);
  for (const name of alerts) expect(ALERTS).toContain(`alerts.md#${name!.toLowerCase()}`);
});

const hasPromtool = spawnSync('promtool', ['--version']).status === 0;

test.skipIf(!hasPromtool)('the alerts fire when they should (needs apt-get install prometheus)', () => {
  const run = (...args: string[]) => spawnSync('promtool', args, { encoding: 'utf8' });
  const tested = run('test', 'rules', 'deploy/prometheus/alerts.test.yaml');
  expect(tested.stdout + tested.stderr).toContain('SUCCESS');
  expect(tested.status).toBe(0);
  for (const file of ['prometheus.yaml', 'prometheus-compose.yaml'])
    expect(run('check', 'config', `deploy/prometheus/${file}`).status, file).toBe(0);
});
