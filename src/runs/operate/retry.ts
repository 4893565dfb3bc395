import { invalid, ok, type Result } from '../../errors.ts';
import { isOpenShop } from '../../postgres/closed-shop.ts';
import { rowsOf, statement } from '../../postgres/statement.ts';
import type { Queryable } from '../../postgres/transaction.ts';
import { unnestValues } from '../../postgres/unnest.ts';
import { isUuid } from '../../postgres/uuid.ts';
import type { RunPriority } from '../model/run-row.ts';
import { mayHappen } from '../model/status.ts';
import { transitionSql } from '../transition.ts';
import { changeRuns, type ExplainRefusal, type TransitionResults, unknownRun } from './explain-refusal.ts';

/** The actor of a retry ('' when unknown). `priority` becomes the run's; null leaves it unchanged. */
export type RetryRequest = { caller: string; priority: RunPriority | null };

/** Queues a FAILED or CANCELED run again in its own queue, due at once, for one more attempt. Returns the run's id. */
export async function retryRun(client: Queryable, id: string, caller: string): Promise<Result<string>> {
  if (!isUuid(id)) return invalid(unknownRun(id));
  const runId = id.toLowerCase();
  const mistake = (await retryRuns(client, [runId], { caller, priority: null })).get(runId);
  return mistake ? invalid(mistake) : ok(runId);
}

/** Like retryRun, for any number of runs; on a transaction's client it is part of that transaction. */
export function retryRuns(
  client: Queryable,
  ids: readonly string[],
  { caller, priority }: RetryRequest,
): Promise<TransitionResults> {
  return changeRuns(
    client,
    ids,
    async (open) => {
      const rows = open.map((id) => ({ run_id: id, actor: caller || null, priority }));
      return (await rowsOf(client, RETRY, unnestValues(COLUMNS, rows))).map(({ id }) => id);
    },
    explainRefusal,
  );
}

const explainRefusal: ExplainRefusal = ({ status, isForgotten }) => {
  if (isForgotten) return { code: 'NOT_RETRYABLE', message: ORDER_FORGOTTEN, path: ['id'] };
  if (mayHappen('RETRIED', status)) return undefined;
  const fix = status === 'COMPLETED' ? 'replay it instead' : 'wait until it has ended';
  const message = `The run is ${status}; only a FAILED or CANCELED run can be retried: ${fix}.`;
  return { code: 'NOT_RETRYABLE', message, path: ['id'] };
};

const ORDER_FORGOTTEN =
  "The run's order was forgotten: its payloads are erased, so that it cannot be retried. Enqueue a new run instead.";

const COLUMNS = { run_id: 'uuid', actor: 'text', priority: 'journey_run_priority' } as const;

/**
 * Preserves the call key: a call of unknown outcome is repeated under it. Uses the primary keys of outcomes, runs and
 * orders.
 */
const RETRY = statement({
  text: transitionSql({
    requested: COLUMNS,
    events: { RETRIED: {} },
    guard: `exists (
      select from journey_runs q left join orders o on o.id = q.order_id
      where q.id = r.run_id and q.forgotten_at is null and o.forgotten_at is null) and ${isOpenShop('r.shop')}`,
    set: {
      fence: 'r.fence + 1',
      max_attempts: 'r.attempt + 1',
      lost_attempts: '0',
      priority: 'coalesce(i.priority, r.priority)',
      run_at: 'now()',
      error: `case when r.error ->> 'code' <> 'CANCELED' then r.error end`,
    },
    event: { actor: 'i.actor' },
    answer: 'select r.id from after r',
  }),
  columns: { id: 'uuid' },
});
