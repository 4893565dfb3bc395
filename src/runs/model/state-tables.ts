import type { RunStatus } from './status.ts';

/**
 * The table in which the state of a run stands: the status of a run is the table of its state. Only outcomes have a
 * column `status`, because three statuses share their table.
 */
export const STATE_TABLES = {
  QUEUED: 'journey_run_queue',
  RUNNING: 'journey_running',
  COMPLETED: 'journey_run_outcomes',
  FAILED: 'journey_run_outcomes',
  CANCELED: 'journey_run_outcomes',
} as const satisfies Record<RunStatus, string>;

export type StateTable = (typeof STATE_TABLES)[RunStatus];

/** The columns that every state of a run has, and takes along to the next table. */
export const STATE_COLUMNS = [
  'shop',
  'queue',
  'priority',
  'run_at',
  'fence',
  'attempt',
  'lost_attempts',
  'max_attempts',
  'call_key',
  'event_sequence',
  'event_xid',
  'started_at',
  'request_call_key',
  'request',
  'resolved_bindings',
  'error',
  'telemetry',
] as const;

/** The further columns of each table. A transition into the table sets them; otherwise they have these values of `r`. */
export const OWN_COLUMNS: Record<StateTable, Record<string, string>> = {
  journey_run_queue: { rank: 'r.priority', rank_at: 'r.run_at' },
  journey_running: { worker_id: 'null', cancel_requested_at: 'null' },
  journey_run_outcomes: {
    status: 'r.status',
    completed_at: 'now()',
    cancel_requested_at: 'null',
    result_payload: 'null',
  },
};
