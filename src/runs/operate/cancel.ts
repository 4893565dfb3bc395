import { z } from 'zod';
import { invalid, ok, type Result } from '../../errors.ts';
import { anyText, inputErrors } from '../../input-errors.ts';
import { isOpenShop } from '../../postgres/closed-shop.ts';
import { rowsOf, statement } from '../../postgres/statement.ts';
import type { Queryable } from '../../postgres/transaction.ts';
import { unnestValues } from '../../postgres/unnest.ts';
import { isUuid } from '../../postgres/uuid.ts';
import { canceled } from '../model/run-error.ts';
import { mayHappen } from '../model/status.ts';
import { errorSql, markSql, transitionSql } from '../transition.ts';
import { changeRuns, type ExplainRefusal, type TransitionResults, unknownRun } from './explain-refusal.ts';

/** The actor of a cancel ('' when unknown) and the reason. Both are stored with the event. */
export type CancelRequest = { caller: string; reason: string | null };

/** The reason of a cancel, exactly as sent. */
export const cancelReason = anyText(500);

/**
 * Cancels a run. A QUEUED run is canceled at once; the worker of a RUNNING one aborts its call within two seconds.
 * Returns the run's id, also when the run is already canceled or a cancel was already requested.
 */
export async function cancelRun(
  client: Queryable,
  id: string,
  request: CancelRequest,
): Promise<Result<string>> {
  const mistakes = inputErrors(INPUT, request);
  if (mistakes.length > 0) return invalid(...mistakes);
  if (!isUuid(id)) return invalid(unknownRun(id));
  const runId = id.toLowerCase();
  const mistake = (await cancelRuns(client, [runId], request)).get(runId);
  return mistake ? invalid(mistake) : ok(runId);
}

/** Like cancelRun, for any number of runs; on a transaction's client it is part of that transaction. */
export function cancelRuns(
  client: Queryable,
  ids: readonly string[],
  { caller, reason }: CancelRequest,
): Promise<TransitionResults> {
  return changeRuns(
    client,
    ids,
    async (open) => {
      const rows = open.map((id) => ({ run_id: id, actor: caller || null, reason }));
      const values = unnestValues(COLUMNS, rows);
      const canceled = await rowsOf(client, CANCEL_QUEUED, values);
      const requested = canceled.length < open.length ? await rowsOf(client, REQUEST_CANCEL, values) : [];
      return [...canceled, ...requested].map(({ id }) => id);
    },
    explainRefusal,
  );
}

const explainRefusal: ExplainRefusal = ({ status, cancelRequested }) => {
  if (status === 'CANCELED' || (mayHappen('CANCEL_REQUESTED', status) && cancelRequested)) return null;
  if (mayHappen('CANCELED', status)) return undefined;
  const message = `The run is ${status}; only a QUEUED or RUNNING run can be canceled.`;
  return { code: 'NOT_CANCELABLE', message, path: ['id'] };
};

const INPUT = z.object({ reason: cancelReason.nullish() });
const COLUMNS = { run_id: 'uuid', actor: 'text', reason: 'text' } as const;

/** QUEUED → CANCELED. Uses the queue's primary key. */
const CANCEL_QUEUED = statement({
  text: transitionSql({
    requested: COLUMNS,
    events: { CANCELED: { from: ['QUEUED'] } },
    guard: isOpenShop('r.shop'),
    set: { cancel_requested_at: 'now()', error: errorSql(canceled()) },
    event: { error: 'r.error', actor: 'i.actor', reason: 'i.reason' },
    answer: 'select r.id from after r',
  }),
  columns: { id: 'uuid' },
});

/** RUNNING → RUNNING, so the state stays in its table. Uses the primary key of running runs. */
const REQUEST_CANCEL = statement({
  text: markSql({
    requested: COLUMNS,
    event: 'CANCEL_REQUESTED',
    guard: `r.cancel_requested_at is null and ${isOpenShop('r.shop')}`,
    set: { cancel_requested_at: 'now()' },
    details: { actor: 'i.actor', reason: 'i.reason' },
    answer: 'select r.id from after r',
  }),
  columns: { id: 'uuid' },
});
