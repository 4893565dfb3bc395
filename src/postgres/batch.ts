import { ServiceError } from '../errors.ts';
import { isOutage, isRejectedValue } from './outage.ts';

/** An item's result that means: not executed yet, add it to the next statement. */
export const AGAIN = Symbol('again');

export type BatchOptions<Item, Result> = {
  /** Executes all items in one statement. Returns one result per item, in their order; an Error rejects its item. */
  run: (items: Item[]) => Promise<(Result | typeof AGAIN | Error)[]>;
  /** The size that an item adds to a statement, in bytes. */
  bytesOf: (item: Item) => number;
  /** The number of statements executed concurrently, at most. */
  lanes?: number;
  /**
   * The fewest items a lane should get when the queued items are divided among lanes: each statement has its own
   * start and commit.
   */
  worthAStatement?: number;
};

export type Batch<Item, Result> = {
  /**
   * Returns the item's result. Rejects with UNAVAILABLE when there is no result within the deadline (which includes
   * queueing), the queue is full, or the connection broke; it is then unknown whether the item was executed.
   */
  submit: (item: Item) => Promise<Result>;
};

const MAX_ITEMS = 200;
const MAX_BYTES = 4 * 1024 * 1024;
const MAX_QUEUED = 20_000;
const DEADLINE_MS = 5_000;
const CHECK_EVERY_MS = 250;
const HELD_UP_MS = 100;
const CONFLICTS_AT_MOST = 3;

type Entry<Item, Result> = {
  item: Item;
  expiresAt: number;
  settled: boolean;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
};

/**
 * Combines concurrent calls into one statement: a call made while all lanes are busy is queued for the next
 * statement, so an idle system has no delay and a busy one pays once for many calls. No call waits for a timer,
 * except for a few queued behind a stalled statement.
 */
export function createBatch<Item, Result>(options: BatchOptions<Item, Result>): Batch<Item, Result> {
  const { run, bytesOf, lanes = 2, worthAStatement = 25 } = options;
  type E = Entry<Item, Result>;
  let queue: E[] = [];
  const inFlight = new Set<E>();
  let busyLanes = 0;
  let startedAt = 0;
  let scheduled = false;
  let checks: NodeJS.Timeout | undefined;

  function submit(item: Item): Promise<Result> {
    if (queue.length >= MAX_QUEUED) return Promise.reject(unavailable('too many requests are waiting'));
    return new Promise((resolve, reject) => {
      queue.push({ item, expiresAt: performance.now() + DEADLINE_MS, settled: false, resolve, reject });
      checks ??= setInterval(check, CHECK_EVERY_MS).unref();
      schedule();
    });
  }

  /** Starts lanes after the current turn of the event loop, so that calls made in the same turn share a statement. */
  function schedule(): void {
    if (scheduled || !isWorthALane()) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      while (isWorthALane()) void drive(take());
    });
  }

  /**
   * Whether to start another lane: if at least as many items are queued as are in flight, since fewer would cost a
   * statement and a commit of their own; or for any number of items, if those in flight are stalled.
   */
  function isWorthALane(): boolean {
    if (queue.length === 0 || busyLanes >= lanes) return false;
    return queue.length >= inFlight.size || performance.now() - startedAt > HELD_UP_MS;
  }

  /**
   * Takes the items of the next statement. Queued items are divided among the free lanes if each share is worth a
   * statement.
   */
  function take(): E[] {
    const share = Math.floor(queue.length / (lanes - busyLanes));
    const most = Math.min(share >= worthAStatement ? share : queue.length, MAX_ITEMS);
    let bytes = 0;
    let count = 0;
    while (count < most) {
      bytes += bytesOf(queue[count]!.item);
      if (count > 0 && bytes > MAX_BYTES) break;
      count += 1;
    }
    return queue.splice(0, count);
  }

  async function drive(entries: E[]): Promise<void> {
    busyLanes += 1;
    startedAt = performance.now();
    for (const entry of entries) inFlight.add(entry);
    await attempt(entries);
    for (const entry of entries) inFlight.delete(entry);
    busyLanes -= 1;
    schedule();
  }

  async function attempt(entries: E[], conflicts = 0): Promise<void> {
    try {
      const results = await run(entries.map((entry) => entry.item));
      const again: E[] = [];
      for (const [index, entry] of entries.entries()) {
        const result = results[index]!;
        if (result === AGAIN) again.push(entry);
        else if (result instanceof Error) settle(entry, () => entry.reject(result));
        else settle(entry, () => entry.resolve(result as Result));
      }
      queue = [...again.filter((entry) => !entry.settled), ...queue];
    } catch (error) {
      if (isConflict(error) && conflicts < CONFLICTS_AT_MOST) {
        await attempt(entries, conflicts + 1);
      } else if (!rolledBack(error)) {
        const reason = isOutage(error) ? unavailable('the outcome is unknown', error) : error;
        for (const entry of entries) settle(entry, () => entry.reject(reason));
      } else if (entries.length === 1) {
        settle(entries[0]!, () => entries[0]!.reject(error));
      } else {
        for (const entry of entries) await attempt([entry]);
      }
    }
  }

  /** Rejects items whose deadline has passed, and starts the few that are queued behind a stalled statement. */
  function check(): void {
    const now = performance.now();
    for (const entry of [...inFlight, ...queue]) {
      if (entry.expiresAt <= now) settle(entry, () => entry.reject(unavailable('no response in time')));
    }
    queue = queue.filter((entry) => !entry.settled);
    if (queue.length + inFlight.size === 0) {
      clearInterval(checks);
      checks = undefined;
    }
    schedule();
  }

  function settle(entry: E, answer: () => void): void {
    if (entry.settled) return;
    entry.settled = true;
    answer();
  }

  return { submit };
}

/**
 * Whether the statement was certainly rolled back, so that its items may be retried one by one: data exceptions (22),
 * constraint violations (23), conflicts and lock timeouts. After any other error, such as a broken connection, it may
 * have committed.
 */
function rolledBack(error: unknown): boolean {
  return isRejectedValue(error) || isConflict(error) || stateOf(error) === '55P03';
}

/**
 * Whether PostgreSQL rolled the statement back because of another transaction, so that it may be retried unchanged.
 */
const isConflict = (error: unknown): boolean => ['40001', '40P01'].includes(stateOf(error));

const stateOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code);

function unavailable(reason: string, cause?: unknown): ServiceError {
  const message = `The database did not respond (${reason}). Repeat the call, with its idempotencyKey if it had one.`;
  return new ServiceError('UNAVAILABLE', message, { cause });
}
