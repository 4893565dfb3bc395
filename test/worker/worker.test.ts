import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import { enqueueAll, enqueueItem } from '../../src/runs/enqueue/enqueue-batch.ts';
import type { Worker } from '../../src/worker/worker.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { insertComponent } from '../support/runs.ts';
import { type HostAnswer, startScriptedHost } from '../support/script-host.ts';
import { eventsOf, openEnqueue, startTestWorker, untilEvent } from '../support/worker.ts';

let db: TestDatabase;
let door: ReturnType<typeof openEnqueue>;
let worker: Worker | undefined;

beforeAll(async () => {
  db = await createTestDatabase();
  door = openEnqueue(db);
});

afterEach(async () => {
  await worker?.stop();
  worker = undefined;
});

afterAll(async () => {
  await door.close();
  await db.drop();
});

async function work(given: Partial<Config> = {}) {
  worker = await startTestWorker(db, given);
}

async function componentWith(policy: { maxAttempts?: number; inputSchema?: object } = {}): Promise<string> {
  const { id, versionId } = await insertComponent(db.pool);
  await db.pool.query(
    `update journey_component_versions
     set max_attempts = $2, initial_delay_seconds = 0, max_delay_seconds = 0, input_schema = $3 where id = $1`,
    [versionId, policy.maxAttempts ?? 1, JSON.stringify(policy.inputSchema ?? {})],
  );
  return id;
}

async function enqueued(given: Parameters<typeof door.enqueue>[0]): Promise<string> {
  return (await door.enqueue(given)).runId;
}

/** So long that only a notification can be why a worker looks. */
const NEVER_POLLS = 3_600;

const stored = async (runId: string) =>
  (await db.pool.query('select * from journey_component_runs where id = $1', [runId])).rows[0];

describe('the echo runner', () => {
  test('a run goes from queued to running to completed, with its inputs as result', async () => {
    await work();
    const runId = await enqueued({
      componentId: await componentWith(),
      inputPayload: { orderId: 'ord_123' },
      bindings: [{ kind: 'static', inputKey: 'greeting', value: 'hello', required: true, secret: false }],
    });
    const events = await untilEvent(db, runId, 'COMPLETED', 'FAILED');
    expect(events.map((event) => event.type)).toEqual(['ENQUEUED', 'STARTED', 'COMPLETED']);
    expect(await stored(runId)).toMatchObject({
      status: 'COMPLETED',
      attempt: 1,
      result_payload: { orderId: 'ord_123', greeting: 'hello' },
      resolved_bindings: { greeting: 'hello' },
      telemetry: { runner: 'echo', bindingsCount: 1 },
      worker_id: null,
    });
  });

  test('a required binding that finds nothing uses up the attempts and names what is missing', async () => {
    await work();
    const runId = await enqueued({
      componentId: await componentWith({ maxAttempts: 2 }),
      bindings: [{ kind: 'runtime', inputKey: 'email', path: 'input.order.email', required: true }],
    });
    const events = await untilEvent(db, runId, 'COMPLETED', 'FAILED');
    expect(events.map((event) => [event.type, event.errorCode])).toEqual([
      ['ENQUEUED', null],
      ['STARTED', null],
      ['RETRY_SCHEDULED', 'BINDING_UNRESOLVED'],
      ['STARTED', null],
      ['FAILED', 'BINDING_UNRESOLVED'],
    ]);
    expect((await stored(runId)).error.detail).toEqual({ missing: ['email'] });
  });

  test('inputs that break the schema fail before the runner is called', async () => {
    await work();
    const inputSchema = { type: 'object', properties: { n: { type: 'integer' } } };
    const runId = await enqueued({
      componentId: await componentWith({ inputSchema }),
      inputPayload: { n: 'one' },
    });
    await untilEvent(db, runId, 'COMPLETED', 'FAILED');
    const run = await stored(runId);
    expect(run.error).toMatchObject({ code: 'INPUT_INVALID', detail: { errors: [{ path: '/n' }] } });
    expect(run.telemetry).toBeNull();
  });

  test('inputs that cannot be checked are no mistake of the caller, and the attempt may be repeated', async () => {
    await work();
    const allOf = Array.from({ length: 1_000 }, () => ({ type: 'string' }));
    const schemas = [
      [{ properties: { l: { items: { allOf } } } }, /too much work/],
      // Stored before such patterns were refused.
      [{ properties: { l: { items: { pattern: '(?=a)' } } } }, /lookahead.*Register a new version/],
    ] as const;
    for (const [inputSchema, message] of schemas) {
      const runId = await enqueued({
        componentId: await componentWith({ inputSchema, maxAttempts: 2 }),
        inputPayload: { l: Array(20_000).fill('x') },
      });
      const events = await untilEvent(db, runId, 'COMPLETED', 'FAILED');
      expect(events.filter(({ type }) => type === 'STARTED')).toHaveLength(2);
      const { error } = await stored(runId);
      expect(error).toMatchObject({ code: 'INPUT_UNCHECKED', message: expect.stringMatching(message) });
      expect(error.retryable).toBe(true);
    }
  });

  test('an outcome that the database refuses fails the run instead of leaving it RUNNING', async () => {
    await db.pool.query(`alter table journey_run_outcomes
      add constraint refused check (result_payload is distinct from '{"refused": true}')`);
    await work();
    const runId = await enqueued({ componentId: await componentWith(), inputPayload: { refused: true } });
    const events = await untilEvent(db, runId, 'COMPLETED', 'FAILED');
    expect(events.at(-1)).toMatchObject({ type: 'FAILED', errorCode: 'INTERNAL' });
    expect(await stored(runId)).toMatchObject({ status: 'FAILED', attempt: 1, result_payload: null });
  });

  test('a secret does not come back in the result', async () => {
    await work();
    const runId = await enqueued({
      componentId: await componentWith(),
      bindings: [{ kind: 'static', inputKey: 'token', value: 'sesame-1234', required: true, secret: true }],
    });
    await untilEvent(db, runId, 'COMPLETED', 'FAILED');
    const { result_payload, telemetry } = await stored(runId);
    expect(JSON.stringify({ result_payload, telemetry })).not.toContain('sesame');
  });
});

describe('the HTTP runner', () => {
  test('a retry after a definite answer is a new call; one after an unknown outcome repeats key and bytes', async () => {
    const answers: HostAnswer[] = ['cut', { status: 503 }, { status: 200, body: '{"ok":true}' }];
    await using host = await startScriptedHost(answers);
    await work({ runnerUrl: host.url });
    const runId = await enqueued({
      componentId: await componentWith({ maxAttempts: 3 }),
      inputPayload: { a: 1 },
    });
    await untilEvent(db, runId, 'COMPLETED', 'FAILED');
    const [first, repeated, next] = host.calls;
    expect(host.calls.map((call) => call.request.headers['idempotency-key'])).toEqual([
      `${runId}:1`,
      `${runId}:1`,
      `${runId}:2`,
    ]);
    expect(repeated!.body).toBe(first!.body);
    expect(JSON.parse(next!.body).attempt).toBe(3);
    expect((await stored(runId)).result_payload).toEqual({ ok: true });
  });

  test('what a busy worker took and could not begin in time is begun by an idle one', async () => {
    const componentId = await componentWith();
    const inputs = ['first', 'second', 'third'].map((name) => ({ componentId, inputPayload: { name } }));
    await Promise.all(inputs.map(enqueued));
    await using hanging = await startScriptedHost(['hang']);
    await work({ runnerUrl: hanging.url, batchSize: 1, pollIntervalSeconds: NEVER_POLLS });
    await hanging.called(1);
    await using host = await startScriptedHost([{ status: 200, body: '1' }]);
    const idle = await startTestWorker(db, {
      runnerUrl: host.url,
      batchSize: 1,
      pollIntervalSeconds: NEVER_POLLS,
    });
    await host.called(2);
    await idle.stop();
    const begun = [...hanging.calls, ...host.calls].map(({ body }) => JSON.parse(body).input.name);
    expect(begun.sort()).toEqual(['first', 'second', 'third']);
  });

  test('a run takes the place of one whose outcome waits to be recorded', async () => {
    const componentId = await componentWith();
    const runIds = await Promise.all([componentId, componentId].map((id) => enqueued({ componentId: id })));
    await using host = await startScriptedHost([{ status: 200, body: '1' }]);
    const client = await db.pool.connect();
    await client.query('begin; set local idle_in_transaction_session_timeout = 0');
    await client.query('lock table journey_run_outcomes in share mode');
    await work({ runnerUrl: host.url, batchSize: 1 });
    await host.called(2);
    expect((await eventsOf(db, runIds[0]!)).at(-1)!.type).toBe('STARTED');
    await client.query('commit');
    client.release();
    for (const runId of runIds) await untilEvent(db, runId, 'COMPLETED');
  });

  test('a worker claims no more runs than it can execute, and gives these back when it stops', async () => {
    const componentId = await componentWith();
    const runIds = await Promise.all([componentId, componentId].map((id) => enqueued({ componentId: id })));
    await using host = await startScriptedHost(['hang', { status: 200, body: '1' }]);
    await work({ runnerUrl: host.url, batchSize: 1 });
    await host.called(1);
    await worker!.stop();
    const histories = await Promise.all(
      runIds.map(async (id) => (await eventsOf(db, id)).map(({ type }) => type)),
    );
    expect(histories.sort()).toEqual([['ENQUEUED'], ['ENQUEUED', 'STARTED', 'REQUEUED']]);
    await work({ runnerUrl: host.url });
    await host.called(3);
  });

  test('idle workers share runs that were enqueued at once, without waiting for their polls', async () => {
    await using host = await startScriptedHost(['hang']);
    const given = { runnerUrl: host.url, batchSize: 1, pollIntervalSeconds: NEVER_POLLS };
    const others = [await startTestWorker(db, given), await startTestWorker(db, given)];
    await work(given);
    const componentId = await componentWith();
    const items = [1, 2, 3].map(() => enqueueItem({ componentId, caller: '', requestHash: null }));
    await enqueueAll(db.pool, 'journey-runtime', items);
    await host.called(3);
    await Promise.all([worker!, ...others].map((one) => one.stop()));
    worker = undefined;
    await db.pool.query('delete from journey_run_queue');
  });

  test('a stopping worker gives its run back at once, and the attempt does not count', async () => {
    await using host = await startScriptedHost(['hang', { status: 200, body: '1' }]);
    await work({ runnerUrl: host.url });
    const runId = await enqueued({ componentId: await componentWith() });
    await host.called(1);
    await worker!.stop();
    expect((await eventsOf(db, runId)).at(-1)).toMatchObject({ type: 'REQUEUED', status: 'QUEUED' });
    expect(await stored(runId)).toMatchObject({ attempt: 0, lost_attempts: 0 });
    await work({ runnerUrl: host.url });
    await untilEvent(db, runId, 'COMPLETED', 'FAILED');
    expect(host.calls[1]!.body).toBe(host.calls[0]!.body);
  });
});
