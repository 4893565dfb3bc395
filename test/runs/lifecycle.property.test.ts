import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { telemetryOf } from '../../src/runner/telemetry-of.ts';
import { createClaims } from '../../src/runs/attempt/claim.ts';
import { type AttemptOutcome, createRecord } from '../../src/runs/attempt/record.ts';
import { runError } from '../../src/runs/model/run-error.ts';
import { isTerminal } from '../../src/runs/model/status.ts';
import { cancelRun } from '../../src/runs/operate/cancel.ts';
import { retryRun } from '../../src/runs/operate/retry.ts';
import { sweep as sweepRuns } from '../../src/runs/upkeep/sweep.ts';
import { createAnswerMask } from '../../src/script-request/masking/answer-mask.ts';
import { secretsOf } from '../../src/script-request/masking/secrets.ts';
import { attemptsAreBounded, fencesGrow, retriesWait } from '../chaos/invariants/attempts.ts';
import {
  canceledStaysCanceled,
  everyRunStandsOnce,
  oneTerminalEvent,
  sequencesAreWhole,
  transitionsAreAllowed,
} from '../chaos/invariants/history.ts';
import { oneHolder } from '../chaos/invariants/holding.ts';
import type { Records } from '../chaos/records.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { insertComponent } from '../support/runs.ts';
import { openEnqueue } from '../support/worker.ts';
import {
  beat,
  type ClaimToken,
  type Command,
  cancel,
  claim,
  LEASE_SECONDS,
  type Model,
  type ModelOutcome,
  newModel,
  outcomeOf,
  POLICY,
  record,
  retry,
  sweep,
  WORKERS,
} from './lifecycle-model.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const worker = fc.nat({ max: WORKERS - 1 });
const commands = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({ kind: fc.constant('claim' as const), worker, job: fc.nat({ max: 20 }) }),
    },
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('record' as const),
        token: fc.nat({ max: 10 }),
        result: fc.constantFrom('answer', 'failure', 'final failure', 'stop', 'cancel'),
        definite: fc.boolean(),
      }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('beat' as const), worker }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('sweep' as const, 'cancel', 'retry') }) },
    // Neither a lease nor a delay ends at a sum of these, or close to one: the database's clock is a little ahead.
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('pass' as const), seconds: fc.constantFrom(2.5, 9) }),
    },
  ),
  { maxLength: 40 },
);

/** The newest of what may have been asked for: an index beyond the end is one near it. */
const near = <T>(items: readonly T[], index: number): T | undefined =>
  items.at(-1 - (index % (items.length || 1)));

type Driver = {
  claim(worker: number, job: { fence: number }): Promise<boolean> | boolean;
  record(token: ClaimToken, outcome: ModelOutcome, definite: boolean): Promise<boolean> | boolean;
  beat(worker: number): Promise<void> | void;
  sweep(): Promise<void> | void;
  cancel(): Promise<void> | void;
  retry(): Promise<void> | void;
  pass(seconds: number): Promise<void> | void;
};

/** Applies a command to the model, and returns the call that a driver must make to do the same. */
function step(
  model: Model,
  command: Command,
  id: (worker: number, life: number) => string,
): (driver: Driver) => unknown {
  switch (command.kind) {
    case 'claim': {
      const job = near(model.jobs, command.job)!;
      // graphile-worker hands no job out before its time.
      if (job.runAt > model.now) return () => {};
      const isClaimed = claim(model, command.worker, job);
      return async (driver) => expect(await driver.claim(command.worker, job)).toBe(isClaimed);
    }
    case 'record': {
      const token = near(model.tokens, command.token);
      if (!token) return () => {};
      const outcome = outcomeOf(model, command.result);
      const definite = outcome.kind === 'completed' || (outcome.kind !== 'given-back' && command.definite);
      const isRecorded = record(model, token, outcome, definite);
      return async (driver) => expect(await driver.record(token, outcome, definite)).toBe(isRecorded);
    }
    case 'beat':
      beat(model, command.worker, id);
      return (driver) => driver.beat(command.worker);
    case 'pass':
      model.now += command.seconds;
      return (driver) => driver.pass(command.seconds);
    case 'sweep':
      sweep(model);
      return (driver) => driver.sweep();
    case 'cancel':
      cancel(model);
      return (driver) => driver.cancel();
    case 'retry':
      retry(model);
      return (driver) => driver.retry();
  }
}

/** What workers do anyway, as long as one of them is there: it brings every run to its end. */
const TO_THE_END: Command[] = [
  { kind: 'pass', seconds: 9 },
  { kind: 'sweep' },
  { kind: 'beat', worker: 0 },
  { kind: 'claim', worker: 0, job: 0 },
  { kind: 'record', token: 0, result: 'answer', definite: true },
];

const INVARIANTS = [
  everyRunStandsOnce,
  oneTerminalEvent,
  sequencesAreWhole,
  transitionsAreAllowed,
  fencesGrow,
  attemptsAreBounded,
  retriesWait,
  oneHolder,
  canceledStaysCanceled,
];

function recordsOf({ run, events, changes }: Model): Records {
  const runId = 'run';
  const ms = (seconds: number) => seconds * 1_000;
  return {
    runs: [{ ...run, id: runId, idempotencyKey: null, eventSequence: events.length, result: null }],
    events: events.map((event, index) => ({
      ...event,
      runId,
      sequence: index + 1,
      position: index + 1,
      at: ms(event.at),
      runAt: event.runAt === null ? null : ms(event.runAt),
    })),
    changes: changes.map(({ from, before, after, at }) => ({
      runId,
      at: ms(at),
      from,
      to: after.status,
      fenceBefore: before.fence,
      fence: after.fence,
      callKeyBefore: before.callKey,
      callKey: after.callKey,
      workerBefore: before.worker,
      worker: after.worker,
      runAt: ms(before.runAt),
      lostAttempts: after.lostAttempts,
    })),
    deaths: [],
    standing: [{ runId, isRequested: true, statuses: [run.status] }],
    calls: [],
    enqueues: [],
    subscribers: [],
    processes: [],
  };
}

test('three workers, doubled wake-ups and jumps of the clock break no invariant, in 10,000 sequences', () => {
  const id = (worker: number, life: number) => `worker-${worker}/${life}`;
  fc.assert(
    fc.property(commands, (sequence) => {
      const model = newModel(id);
      for (const command of [...sequence, ...TO_THE_END]) step(model, command, id);
      expect(isTerminal(model.run.status)).toBe(true);
      expect(INVARIANTS.flatMap(({ violations }) => violations(recordsOf(model)))).toEqual([]);
    }),
    { numRuns: 10_000 },
  );
});

test('the statements do what the model does, and states and events stay with their shop', async () => {
  const { enqueue, close } = openEnqueue(db);
  const queue = 'journey-runtime';
  const { id: componentId } = await insertComponent(db.pool);
  const shop = 'north';
  await db.pool.query('update journey_components set shop = $1', [shop]);
  await db.pool.query('update journey_component_versions set max_attempts = $1', [POLICY.maxAttempts]);
  try {
    await fc.assert(
      fc.asyncProperty(commands, async (sequence) => {
        await db.pool.query('delete from journey_workers');
        const ids = new Map<string, string>();
        const id = (worker: number, life: number) => {
          const name = `${worker}/${life}`;
          if (!ids.has(name)) ids.set(name, randomUUID());
          return ids.get(name)!;
        };
        const model = newModel(id);
        const { runId } = await enqueue({ shop, componentId });
        const driver = sqlDriver(model, runId!, queue);
        for (let n = 0; n < WORKERS; n += 1) await driver.beat(n);
        for (const command of [...sequence, ...TO_THE_END]) {
          await step(model, command, id)(driver);
          expect(await storedRun(runId!)).toEqual(visible(model));
        }
      }),
      { numRuns: 200 },
    );
    expect(await shopsOfStatesAndEvents()).toEqual([shop]);
  } finally {
    await close();
  }
});

async function shopsOfStatesAndEvents(): Promise<string[]> {
  const tables = ['journey_run_queue', 'journey_running', 'journey_run_outcomes', 'journey_run_events'];
  const { rows } = await db.pool.query<{ shop: string }>(
    tables.map((table) => `select shop from ${table}`).join(' union '),
  );
  return rows.map(({ shop }) => shop);
}

/** As long in PostgreSQL as a second in the model: a lease must not run out because statements take their time. */
const SECOND = `interval '1 minute'`;
const SECONDS = 60;

/** The real statements, on a run and workers in PostgreSQL. A clock that jumps is one for which all times are longer ago. */
function sqlDriver(model: Model, runId: string, queue: string): Driver {
  const claims = createClaims(db.pool, queue);
  const recordOutcome = createRecord(db.pool);
  return {
    claim: async (worker, { fence }) =>
      (await claims.one(model.workers[worker]!.id, { runId, fence })) !== null,
    record: ({ fence, workerId }, outcome, definite) =>
      recordOutcome({ runId, fence, workerId }, attemptOutcome(outcome, definite)),
    async beat(worker) {
      await db.pool.query(
        `insert into journey_workers (id, pool_id, host, pid, lease_until) values ($1, '', '', 1, now() + $2 * ${SECOND})
         on conflict (id) do update set lease_until = excluded.lease_until`,
        [model.workers[worker]!.id, LEASE_SECONDS],
      );
    },
    async sweep() {
      // As if others had swept all the time: after a gap, workers that seem dead get a grace period.
      await db.pool.query(`update journey_sweeps set swept_at = now(), steady_since = '-infinity'`);
      await sweepRuns(db.pool, 0);
    },
    async cancel() {
      await cancelRun(db.pool, runId, { caller: '', reason: null });
    },
    async retry() {
      await retryRun(db.pool, runId, '');
    },
    async pass(seconds) {
      const ago = [seconds];
      await db.pool.query(`update journey_workers set lease_until = lease_until - $1 * ${SECOND}`, ago);
      await db.pool.query(
        `update journey_component_runs set run_at = run_at - $1 * ${SECOND}
         where id = $2`,
        [seconds, runId],
      );
    },
  };
}

function attemptOutcome(outcome: ModelOutcome, definite: boolean): AttemptOutcome {
  const base = { definite, request: null, resolvedBindings: null };
  const failure = { error: runError('RUNNER_FAILED', 'It failed.'), telemetry: null };
  switch (outcome.kind) {
    case 'completed':
      return { ...base, kind: 'completed', result: null, telemetry: TELEMETRY };
    case 'given-back':
      return { ...base, kind: 'given-back' };
    case 'retry':
      return { ...base, ...failure, kind: 'retry', delaySeconds: outcome.delaySeconds * SECONDS };
    default:
      return { ...base, ...failure, kind: outcome.kind };
  }
}

const TELEMETRY = telemetryOf(
  { runner: 'http', bindingsCount: 0, mask: createAnswerMask(secretsOf([])) },
  { kind: 'result', result: null, latencyMs: 1 },
);

/** What of the model PostgreSQL shows, too. */
function visible({ run, events, now }: Model) {
  return {
    status: run.status,
    fence: run.fence,
    attempt: run.attempt,
    lostAttempts: run.lostAttempts,
    maxAttempts: run.maxAttempts,
    callKey: run.callKey,
    worker: run.worker,
    cancelRequested: run.cancelRequested,
    isDue: run.runAt <= now,
    events: events.map(({ type, status }) => `${type} ${status}`),
  };
}

async function storedRun(runId: string) {
  const { rows } = await db.pool.query(
    `select status, fence, attempt, lost_attempts as "lostAttempts", max_attempts as "maxAttempts", call_key as "callKey",
       worker_id as worker, cancel_requested_at is not null as "cancelRequested", run_at <= now() as "isDue",
       (select array_agg(type || ' ' || e.status order by sequence) from journey_run_events e where run_id = r.id) as events
     from journey_component_runs r where id = $1`,
    [runId],
  );
  return rows[0];
}
