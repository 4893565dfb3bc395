import type pg from 'pg';
import { rowsOf, statement } from '../../postgres/statement.ts';
import type { RunPriority } from '../../runs/model/run-row.ts';
import { STATE_TABLES } from '../../runs/model/state-tables.ts';
import type { FeedEvent } from './feed-event.ts';
import { Remembered } from './remembered.ts';

/** Reads the priority of each event's run, in their order; undefined for a run that was deleted. */
export type Priorities = (events: readonly FeedEvent[]) => Promise<(RunPriority | undefined)[]>;

/**
 * Reads the priorities of the runs whose events are being delivered. A retry can change the priority, so it is read once
 * for each event, for all subscribers together.
 */
export function createPriorities(pool: pg.Pool): Priorities {
  const read = async (keys: readonly string[]) => {
    const ids = [...new Set(keys.map(runIdOf))];
    const rows = await rowsOf(pool, PRIORITIES, [ids]);
    const ofRuns = new Map(rows.map(({ id, priority }) => [id, priority]));
    return new Map(
      keys.flatMap((key) => {
        const value = ofRuns.get(runIdOf(key));
        return value ? [[key, { value, bytes: 0 }] as const] : [];
      }),
    );
  };
  const remembered = new Remembered<RunPriority>(read, LIMITS);
  return (events) => remembered.get(events.map(({ runId, sequence }) => `${runId} ${sequence}`));
}

const runIdOf = (key: string) => key.split(' ', 1)[0]!;
const LIMITS = { bytes: 0, entries: 5_000, ttlMs: 10_000 };

const TABLES = [...new Set(Object.values(STATE_TABLES))];

const PRIORITIES = statement({
  name: 'priorities-of-runs',
  text: TABLES.map(
    (table) => `select s.run_id as id, s.priority from ${table} s where s.run_id = any($1::uuid[])`,
  ).join(' union all '),
  columns: { id: 'uuid', priority: 'journey_run_priority' },
});

/** The priority of the run of an event `e`. */
export const PRIORITY_OF_EVENT = `(select o.priority from (${TABLES.map(
  (table) => `select s.priority from ${table} s where s.run_id = e.run_id`,
).join(' union all ')}) o)`;
