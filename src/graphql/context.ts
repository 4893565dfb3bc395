import type { WatchBulkOperation } from '../bulk/watch.ts';
import type { Config } from '../config/config.ts';
import type { EventFeed } from '../feed/live/event-feed.ts';
import type { Cursor } from '../feed/log/feed-cursor.ts';
import type { SignInLimits } from '../identity/login/failed-sign-in.ts';
import type { Identity } from '../identity/login/identity.ts';
import type { Principal } from '../identity/principal.ts';
import type { Client } from '../limits/client.ts';
import type { Database } from '../postgres/database.ts';
import type { ReadRun } from '../reads/read-run.ts';
import type { ReadDatabases } from '../reads/replicas/read-databases.ts';
import type { RunCounts } from '../reads/run-counts.ts';
import type { RunStats } from '../reads/run-stats.ts';
import type { WatchFigures } from '../reads/watch-figures.ts';
import type { Enqueue } from '../runs/enqueue/enqueue-batch.ts';
import type { RunScope } from '../runs/model/run-scope.ts';
import type { CheckBudget } from '../script-request/check-budget.ts';
import type { JsonBudget } from './json-budget.ts';
import type { Loaders } from './loaders.ts';
import type { RunEventRequest } from './run-event-request.ts';
import type { Steps } from './steps.ts';

/** The context of every resolver: the process's services, and the values of this operation. */
export type Context = Services & {
  principal: Principal;
  /** The X-Request-Id of the client's HTTP request, or the id of its operation on a WebSocket; null without one. */
  requestId: string | null;
  /** The runs that the principal may see. */
  runScope: RunScope;
  /** The client whose limits the operation uses up. */
  client: Client;
  /** The steps into which the work of the operation is divided. */
  steps: Steps;
  loaders: Loaders;
  /** The cost limit for checking inputs in this operation, shared by previews and lint. */
  checkBudget: CheckBudget;
  jsonBudget: JsonBudget;
  /** The end of the feed as it was before the operation read anything. */
  feedCursor: Cursor;
  /** The last event id that a reconnecting client of server-sent events sent; null without one. */
  lastEventId: string | null;
  /** The size of the request. */
  requestBytes: number;
  /** Whether the client has disconnected. */
  hasLeft: () => boolean;
  /** Set by Subscription.runEvents: the executor opens these events as a shared subscription. */
  runEventRequest: RunEventRequest | null;
};

export type Services = SignInLimits & {
  config: Config;
  db: Database;
  /**
   * The same database through the subscriptions' own pool. While a subscription's results are resolved, `db` is this
   * one.
   */
  watchDb: Database;
  /** While a query is executed, `db` is one of these. */
  reads: ReadDatabases;
  identity: Identity;
  enqueue: Enqueue;
  readRun: ReadRun;
  watchBulkOperation: WatchBulkOperation;
  feed: EventFeed;
  watchStats: WatchFigures<RunStats>;
  watchCounts: WatchFigures<RunCounts>;
  /** Notifies the feed's readers in every process; called after events were committed. */
  ring: () => void;
};
