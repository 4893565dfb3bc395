import type pg from 'pg';
import { invalid } from '../errors.ts';
import { AGAIN } from '../postgres/batch.ts';
import type { BulkItemStatus } from '../postgres/generated/prisma/enums.ts';
import { findRuns } from '../reads/run-lookup.ts';
import { enqueueAll, enqueueItem } from '../runs/enqueue/enqueue-batch.ts';
import { cancelRuns } from '../runs/operate/cancel.ts';
import { type TransitionResults, unknownRun } from '../runs/operate/explain-refusal.ts';
import { type ReplayInput, replayRequest } from '../runs/operate/replay.ts';
import { retryRuns } from '../runs/operate/retry.ts';
import type { BulkOperationKind } from './bulk-operations.ts';

/** An operation being worked on; `worked` is the number of its items that have an outcome. */
export type TakenOperation = {
  id: string;
  kind: BulkOperationKind;
  input: ReplayInput & { reason?: string | null };
  caller: string;
  worked: number;
};
export type BulkItem = { position: number; runId: string };
/** SKIPPED: the operation does not apply to the run. FAILED: it applies, and an error occurred. */
export type BulkOutcome = {
  position: number;
  status: Exclude<BulkItemStatus, 'PENDING'>;
  reason: string | null;
};

/**
 * Applies the operation to each item's run, within the client's transaction. A run stays in its queue; a run
 * without a queue gets `queue`. A run whose data the database rejects fails alone.
 */
export async function applyBulk(
  client: pg.PoolClient,
  queue: string,
  operation: TakenOperation,
  items: BulkItem[],
): Promise<BulkOutcome[]> {
  const outcomes = await withinSavepoint(client, () =>
    APPLY[operation.kind](client, queue, operation, items),
  );
  if (outcomes) return outcomes;
  if (items.length === 1) return [outcome(items[0]!, 'FAILED', 'The database rejected the change.')];
  const each: BulkOutcome[] = [];
  for (const item of items) each.push(...(await applyBulk(client, queue, operation, [item])));
  return each;
}

/** Returns null, with everything rolled back, if the database rejected the data. */
async function withinSavepoint<T>(client: pg.PoolClient, work: () => Promise<T>): Promise<T | null> {
  await client.query('savepoint batch');
  try {
    return await work();
  } catch (error) {
    if (!/^(22|23)...$/.test((error as { code?: string }).code ?? '')) throw error;
    await client.query('rollback to savepoint batch');
    return null;
  }
}

type Apply = (
  client: pg.PoolClient,
  queue: string,
  operation: TakenOperation,
  items: BulkItem[],
) => Promise<BulkOutcome[]>;

const APPLY: Record<BulkOperationKind, Apply> = {
  async CANCEL(client, _, { caller, input }, items) {
    const results = await cancelRuns(client, runIds(items), { caller, reason: input.reason ?? null });
    return items.map((item) => doneOrSkipped(item, results));
  },
  /** Sets the priority to LOW, so that a checkout does not wait for many runs that failed together. */
  async RETRY(client, _, { caller }, items) {
    const results = await retryRuns(client, runIds(items), { caller, priority: 'LOW' });
    return items.map((item) => doneOrSkipped(item, results));
  },
  /** Uses no idempotency keys: the transaction already ensures that a replay is made once. */
  async REPLAY(client, queue, { caller, input }, items) {
    const runs = await findRuns(client, runIds(items));
    const requests = items.map(({ runId }) => {
      const run = runs.get(runId);
      return run ? replayRequest(run, input, { caller, priority: 'LOW' }) : invalid(unknownRun(runId));
    });
    const enqueued = requests.flatMap((request) => (request.ok ? [enqueueItem(request.value)] : []));
    const answers = (await enqueueAll(client, queue, enqueued)).values();
    return items.map((item, index) => {
      const request = requests[index]!;
      if (!request.ok) return outcome(item, 'SKIPPED', request.userErrors[0]!.message);
      const answer = answers.next().value!;
      if (answer === AGAIN)
        throw new Error(`the replay of run ${item.runId} was neither stored nor rejected`);
      if (answer instanceof Error) return outcome(item, 'FAILED', answer.message);
      return answer.ok ? outcome(item, 'DONE') : outcome(item, 'FAILED', answer.userErrors[0]!.message);
    });
  },
};

const runIds = (items: BulkItem[]) => items.map((item) => item.runId);

function doneOrSkipped(item: BulkItem, results: TransitionResults): BulkOutcome {
  const mistake = results.get(item.runId);
  return mistake ? outcome(item, 'SKIPPED', mistake.message) : outcome(item, 'DONE');
}

const outcome = (
  { position }: BulkItem,
  status: BulkOutcome['status'],
  reason: string | null = null,
): BulkOutcome => ({ position, status, reason });
