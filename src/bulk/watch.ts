import type pg from 'pg';
import { pause } from '../async/pause.ts';
import { retryOnOutage } from '../async/retry-on-outage.ts';
import { Signal } from '../async/signal.ts';
import { ServiceError } from '../errors.ts';
import { type BulkOperation, findBulkOperation, type OfCaller } from './bulk-operations.ts';

/**
 * Yields the operation's current state, then its state after changes, at most twice a second. Ends when the
 * operation has ended or the signal is aborted. Rejects with NOT_FOUND on an unknown id.
 */
export type WatchBulkOperation = (
  id: string,
  of: OfCaller,
  signal: AbortSignal,
) => AsyncGenerator<BulkOperation, void, void>;

const LOOK_MS = 500;

type Watched = {
  latest: BulkOperation;
  changed: Signal;
  watchers: number;
  stopping: AbortController;
  /** The error that ended the poll, other than an outage. */
  failure?: unknown;
};

/** One poll per process reads each operation, for any number of watchers. */
export function createBulkWatch(pool: pg.Pool): WatchBulkOperation {
  const watched = new Map<string, Watched>();

  async function* watch(
    id: string,
    of: OfCaller,
    signal: AbortSignal,
  ): AsyncGenerator<BulkOperation, void, void> {
    let shown = await retryOnOutage(() => findBulkOperation(pool, id, of), signal);
    if (signal.aborted) return;
    if (!shown) throw new ServiceError('NOT_FOUND', 'There is no bulk operation with this id.');
    const entry = join(shown);
    try {
      yield shown;
      while (shown.status === 'RUNNING' && !signal.aborted) {
        if (entry.failure) throw entry.failure;
        if (progress(entry.latest) > progress(shown)) {
          shown = entry.latest;
          yield shown;
        } else await entry.changed.next(signal);
      }
    } finally {
      leave(entry);
    }
  }

  function join(first: BulkOperation): Watched {
    let entry = watched.get(first.id);
    if (entry) advance(entry, first);
    else {
      entry = { latest: first, changed: new Signal(), watchers: 0, stopping: new AbortController() };
      watched.set(first.id, entry);
      void poll(entry);
    }
    entry.watchers += 1;
    return entry;
  }

  function leave(entry: Watched): void {
    entry.watchers -= 1;
    if (entry.watchers > 0) return;
    watched.delete(entry.latest.id);
    entry.stopping.abort();
  }

  async function poll(entry: Watched): Promise<void> {
    const { signal } = entry.stopping;
    try {
      while (!signal.aborted && entry.latest.status === 'RUNNING') {
        await pause(LOOK_MS, signal);
        const read = await retryOnOutage(() => findBulkOperation(pool, entry.latest.id), signal);
        if (read) advance(entry, read);
      }
    } catch (error) {
      entry.failure = error;
      entry.changed.happened();
    }
  }

  return watch;
}

function advance(entry: Watched, read: BulkOperation): void {
  if (progress(read) <= progress(entry.latest)) return;
  entry.latest = read;
  entry.changed.happened();
}

/** Increases with every change, to identify the later one of two reads. */
const progress = ({ done, failed, skipped, status }: BulkOperation): number =>
  done + failed + skipped + (status === 'RUNNING' ? 0 : 1);
