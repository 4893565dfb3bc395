import { once } from 'node:events';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type Serving, startServe } from '../support/command.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type ReceivedSpan, startOtlpReceiver } from '../support/otlp-receiver.ts';
import { insertComponent } from '../support/runs.ts';
import { startScriptedHost } from '../support/script-host.ts';
import { untilEvent } from '../support/worker.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CALLER = '00f067aa0ba902b7';
const TRACEPARENT = `00-${TRACE}-${CALLER}-01`;

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

/** A service that ends with the test. */
async function serve(env: Record<string, string>): Promise<Serving> {
  const serving = await startServe({ DATABASE_URL: db.url, ...env });
  onTestFinished(() => stop(serving));
  return serving;
}

async function stop({ child }: Serving): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

async function enqueue(url: string, headers: Record<string, string> = {}): Promise<string> {
  const { id: componentId, versionId } = await insertComponent(db.pool);
  const policy =
    'update journey_component_versions set max_attempts = 2, initial_delay_seconds = 0.1 where id = $1';
  await db.pool.query(policy, [versionId]);
  const query =
    'mutation Buy($componentId: ID!) { enqueueRun(input: { componentId: $componentId }) { run { id } } }';
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables: { componentId } }),
  });
  const { data } = (await response.json()) as { data: { enqueueRun: { run: { id: string } } } };
  return data.enqueueRun.run.id;
}

const traceparentOf = async (runId: string): Promise<string | null> =>
  (await db.pool.query('select traceparent from journey_runs where id = $1', [runId])).rows[0].traceparent;

test("a caller's trace leads through the enqueue and each attempt to the script host", async () => {
  const collector = await startOtlpReceiver();
  await using host = await startScriptedHost([{ status: 503 }, { status: 200, body: '{}' }]);
  const serving = await serve({
    JOURNEY_RUNTIME_RUNNER_URL: host.url,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  });
  const runId = await enqueue(serving.url, { traceparent: TRACEPARENT, tracestate: 'shop=1' });
  await untilEvent(db, runId, 'COMPLETED');
  await stop(serving);
  collector.stop();

  const spans = collector.spans.filter(({ traceId }) => traceId === TRACE);
  const childOf = (parent: Pick<ReceivedSpan, 'spanId'>, name: string) => {
    const found = spans.filter((span) => span.name === name && span.parentSpanId === parent.spanId);
    expect(found, name).toHaveLength(1);
    return found[0]!;
  };
  const server = childOf({ spanId: CALLER }, 'POST /graphql');
  expect(server).toMatchObject({
    service: 'journey-runtime-api',
    kind: 2,
    attributes: {
      'http.request.method': 'POST',
      'http.route': '/graphql',
      'http.response.status_code': expect.anything(),
    },
  });
  const mutation = childOf(server, 'mutation');
  expect(mutation.attributes).toEqual({
    'graphql.operation.type': 'mutation',
    'graphql.operation.name': 'Buy',
  });
  const producer = childOf(mutation, 'enqueue');
  const message = { 'messaging.system': 'journey_runtime', 'messaging.destination.name': 'journey-runtime' };
  expect(producer).toMatchObject({ kind: 4, attributes: { ...message, 'messaging.message.id': runId } });
  expect(await traceparentOf(runId)).toBe(`00-${TRACE}-${producer.spanId}-01`);

  const attempts = spans.filter(({ name }) => name === 'process');
  expect(attempts).toHaveLength(2);
  for (const [index, attempt] of attempts.entries()) {
    expect(attempt).toMatchObject({
      service: 'journey-runtime-worker',
      kind: 5,
      parentSpanId: producer.spanId,
      links: [{ traceId: TRACE, spanId: producer.spanId }],
      attributes: {
        ...message,
        'messaging.message.id': runId,
        'journey.outcome': index === 0 ? 'retry' : 'completed',
      },
      failed: index === 0,
    });
    for (const step of ['claim', 'resolve', 'record']) childOf(attempt, step);
    const call = childOf(attempt, 'POST');
    expect(call).toMatchObject({ kind: 3, failed: index === 0 });
    expect(host.calls[index]!.request.headers.traceparent).toBe(`00-${TRACE}-${call.spanId}-01`);
  }
  childOf(attempts[0]!, 'freeze');
  expect(host.calls[0]!.body).not.toContain(TRACE);
});

test('a caller that does not record its trace has that decision for its run, too', async () => {
  const collector = await startOtlpReceiver();
  await using host = await startScriptedHost([{ status: 200, body: '{}' }]);
  const serving = await serve({
    JOURNEY_RUNTIME_RUNNER_URL: host.url,
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/v1/traces`,
  });
  const runId = await enqueue(serving.url, { traceparent: TRACEPARENT.replace(/01$/, '00') });
  await untilEvent(db, runId, 'COMPLETED');
  const malformed = await enqueue(serving.url, { traceparent: `00-${'0'.repeat(32)}-${CALLER}-01` });
  await untilEvent(db, malformed, 'COMPLETED');
  await stop(serving);
  collector.stop();
  expect(host.calls[0]!.request.headers.traceparent).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-00$`));
  expect(collector.spans.filter(({ traceId }) => traceId === TRACE)).toEqual([]);
  const server = collector.spans.find(({ name }) => name === 'POST /graphql')!;
  expect(server.parentSpanId).toBe('');
  expect(await traceparentOf(malformed)).toContain(server.traceId);
});

test('a busy process records 10 new traces a second by default', async () => {
  const collector = await startOtlpReceiver();
  const serving = await serve({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
  const request = () =>
    fetch(`${serving.url}/graphql?query={__typename}`).then((response) => response.text());
  const startedAt = performance.now();
  for (let sent = 0; sent < 300; sent += 30) await Promise.all(Array.from({ length: 30 }, request));
  const seconds = (performance.now() - startedAt) / 1_000;
  await stop(serving);
  collector.stop();
  const recorded = collector.spans.filter(({ name }) => name === 'GET /graphql').length;
  expect(recorded).toBeGreaterThanOrEqual(10);
  expect(recorded).toBeLessThanOrEqual(10 + 10 * seconds);
});

test('without a collector nothing is stored with a run or sent with its call', async () => {
  await using host = await startScriptedHost([{ status: 200, body: '{}' }]);
  const settings: Record<string, string>[] = [
    {},
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9', OTEL_SDK_DISABLED: 'true' },
    {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
      OTEL_TRACES_EXPORTER: 'none',
      OTEL_METRICS_EXPORTER: 'none',
    },
  ];
  for (const off of settings) {
    const serving = await serve({
      JOURNEY_RUNTIME_RUNNER_URL: host.url,
      ...off,
    });
    const runId = await enqueue(serving.url, { traceparent: TRACEPARENT });
    await untilEvent(db, runId, 'COMPLETED');
    await stop(serving);
    expect(await traceparentOf(runId)).toBeNull();
    expect(host.calls.at(-1)!.request.headers).not.toHaveProperty('traceparent');
  }
});
