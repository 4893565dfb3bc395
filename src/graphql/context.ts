import type { WatchBulkOperation } from '../bulk/watch.ts';
import type { Config } from '../config.ts';
import type { EventFeed } from '../feed/live/event-feed.ts';
import type { Cursor } from '../feed/log/feed-cursor.ts';
import type { Database } from '../postgres/database.ts';
import type { ReadRun } from '../reads/read-run.ts';
import type { StatsWatch } from '../reads/watch-stats.ts';
import type { Enqueue } from '../runs/enqueue/enqueue-batch.ts';
import type { CheckBudget } from '../script-request/check-budget.ts';
import type { Loaders } from './loaders.ts';
import type { RunEventRequest } from './run-event-request.ts';

/** What every resolver is given: the process's services, and what belongs to this operation alone. */
export type Context = Services & {
  caller: Caller;
  loaders: Loaders;
  /** What checking inputs may cost in this operation: previews and lint share it. */
  checkBudget: CheckBudget;
  /** The end of the feed as it was before the operation read anything. */
  feedCursor: Cursor;
  /** Where a client of server-sent events says that it was cut off; null when it does not. */
  lastEventId: string | null;
  /** Whether whoever asked has left since. */
  hasLeft: () => boolean;
  /** Set by Subscription.runEvents: the executor opens these events as a shared subscription. */
  runEventRequest: RunEventRequest | null;
};

export type Services = {
  config: Config;
  db: Database;
  /** The same database through the subscriptions' own pool: in the context of a subscription's results it is `db`. */
  watchDb: Database;
  enqueue: Enqueue;
  readRun: ReadRun;
  watchBulkOperation: WatchBulkOperation;
  feed: EventFeed;
  statsWatch: StatsWatch;
  /** Tells the feed's readers, in every process, to look: called after events were committed. */
  ring: () => void;
};

/** Who asks. `name` is the owner of idempotency keys and the actor of events; '' while no API key is known. */
export type Caller = { name: string };
