import type pg from 'pg';
import type { Json, JsonObject } from '../../json/json.ts';
import { createRowBatch } from '../../postgres/row-batch.ts';
import { statement } from '../../postgres/statement.ts';
import { canceled, type RunError } from '../model/run-error.ts';
import type { RunTelemetry } from '../model/telemetry.ts';
import { errorSql, transitionSql } from '../transition.ts';

/** A worker's claim on a run. The claim is lost once the run has another fence. */
export type ClaimToken = { runId: string; fence: number; workerId: string };

/** The outcome of an attempt. `given-back` is the outcome when a worker stops: the attempt does not count. */
export type AttemptOutcome = {
  definite: boolean;
  request: string | null;
  resolvedBindings: JsonObject | null;
} & (
  | { kind: 'completed'; result: Json; telemetry: RunTelemetry }
  | { kind: 'failed'; error: RunError; telemetry: RunTelemetry | null }
  | { kind: 'retry'; delaySeconds: number; error: RunError; telemetry: RunTelemetry | null }
  | { kind: 'canceled'; error: RunError; telemetry: RunTelemetry | null }
  | { kind: 'given-back' }
);

/** Records the outcome of an attempt. Returns false when the run was taken away meanwhile: the outcome is dropped. */
export type RecordOutcome = (token: ClaimToken, outcome: AttemptOutcome) => Promise<boolean>;

const INPUT = {
  run_id: 'uuid',
  fence: 'int',
  worker_id: 'uuid',
  kind: 'text',
  delay_seconds: 'float8',
  definite: 'bool',
  request: 'text',
  resolved_bindings: 'jsonb',
  result: 'jsonb',
  error: 'jsonb',
  telemetry: 'jsonb',
} as const;

const QUEUED_AGAIN = `r.event in ('RETRY_SCHEDULED', 'REQUEUED')`;

/**
 * Once a cancel was requested, an outcome that would queue the run again makes it CANCELED instead. Uses the
 * primary key of running runs.
 */
const RECORD = statement({
  name: 'record',
  text: transitionSql({
    requested: INPUT,
    events: {
      COMPLETED: { when: `i.kind = 'completed'` },
      FAILED: { when: `i.kind = 'failed'` },
      CANCELED: { from: ['RUNNING'], when: `i.kind = 'canceled' or r.cancel_requested_at is not null` },
      RETRY_SCHEDULED: { when: `i.kind = 'retry'` },
      REQUEUED: { when: `i.kind = 'given-back'` },
    },
    guard: `r.fence = i.fence and r.worker_id = i.worker_id`,
    set: {
      fence: `r.fence + (${QUEUED_AGAIN})::int`,
      attempt: `r.attempt - (i.kind = 'given-back')::int`,
      call_key: 'r.call_key + i.definite::int',
      run_at: `case when r.event = 'RETRY_SCHEDULED' then now() + i.delay_seconds * interval '1 second' else r.run_at end`,
      cancel_requested_at: 'r.cancel_requested_at',
      request: 'coalesce(i.request, r.request)',
      resolved_bindings: `case when i.kind = 'given-back' then r.resolved_bindings else i.resolved_bindings end`,
      result_payload: 'i.result',
      error: `case when r.event = 'REQUEUED' then r.error
      when r.event = 'CANCELED' and i.kind <> 'canceled' then ${errorSql(canceled())}
      else i.error end`,
      telemetry: `case when i.kind = 'given-back' then r.telemetry else i.telemetry end`,
    },
    event: {
      error: `case when r.event not in ('COMPLETED', 'REQUEUED') then r.error end`,
      telemetry: `case when i.kind <> 'given-back' then r.telemetry end`,
      run_at: `case when r.event = 'RETRY_SCHEDULED' then r.run_at end`,
      actor: `'worker'`,
    },
    answer: 'select r.n::int from after r',
  }),
  columns: { n: 'int4' },
});

export function createRecord(pool: pg.Pool): RecordOutcome {
  // One lane already records more runs than a process can execute, and larger statements cost less for each run.
  const submit = createRowBatch(pool, INPUT, RECORD, { lanes: 1 });
  return (token, outcome) => submit(rowOf(token, outcome));
}

function rowOf(token: ClaimToken, outcome: AttemptOutcome) {
  return {
    run_id: token.runId,
    fence: token.fence,
    worker_id: token.workerId,
    kind: outcome.kind,
    delay_seconds: outcome.kind === 'retry' ? outcome.delaySeconds : 0,
    definite: outcome.definite,
    request: outcome.request,
    resolved_bindings: outcome.resolvedBindings,
    result: outcome.kind === 'completed' ? outcome.result : null,
    error: 'error' in outcome ? outcome.error : null,
    telemetry: 'telemetry' in outcome ? outcome.telemetry : null,
  };
}
