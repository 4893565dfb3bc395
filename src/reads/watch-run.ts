import type pg from 'pg';
import { abortable } from '../async/abortable.ts';
import { retryOnOutage } from '../async/retry-on-outage.ts';
import { ServiceError } from '../errors.ts';
import type { EventFeed } from '../feed/live/event-feed.ts';
import type { ListedRun } from '../runs/model/run-row.ts';
import { narrowed, type RunScope } from '../runs/model/run-scope.ts';
import { isTerminal } from '../runs/model/status.ts';
import { findListedRuns } from './run-lookup.ts';

/**
 * Yields the run as it is now, then again after changes, until it ends. Changes that come faster than the consumer
 * reads them are combined; the last change is always yielded.
 * @throws ServiceError NOT_FOUND at once if the scope has no such run; CURSOR_EXPIRED later, when the database lost events that were already
 * delivered, or the shop moved to another cell.
 */
export async function watchRun(
  pool: pg.Pool,
  feed: EventFeed,
  scope: RunScope,
  id: string,
): Promise<AsyncGenerator<ListedRun, void, void>> {
  // The position is taken before the row is read, so that changes between the two come as events after it.
  const after = feed.now();
  const read = async () => (await findListedRuns(pool, scope, [id])).get(id);
  const first = await read();
  if (!first) throw new ServiceError('NOT_FOUND', `There is no run ${id}.`);
  // The subscription ends when the shop moves to another cell.
  const { shop } = first;
  const filter = narrowed(scope, { runId: [id], ...(shop === null ? {} : { shop: [shop] }) });
  return abortable(changes);

  async function* changes(signal: AbortSignal): AsyncGenerator<ListedRun, void, void> {
    let run = first!;
    yield run;
    if (isTerminal(run.status)) return;
    for await (const events of feed.subscribe({ filter, after, signal })) {
      if (events.at(-1)!.sequence <= run.sequence) continue;
      const changed = await retryOnOutage(read, signal);
      if (!changed) return;
      run = changed;
      yield run;
      if (isTerminal(run.status)) return;
    }
  }
}
