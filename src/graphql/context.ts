import type { Config } from '../config.ts';
import type { Database } from '../db/database.ts';
import type { EventFeed } from '../feed/event-feed.ts';
import type { Enqueue } from '../runs/enqueue.ts';
import type { Loaders } from './loaders.ts';

/** What every resolver is given: the process's services, and what belongs to this operation alone. */
export type Context = Services & {
  caller: Caller;
  loaders: Loaders;
};

export type Services = {
  config: Config;
  db: Database;
  enqueue: Enqueue;
  feed: EventFeed;
  /** Tells the feed's readers, in every process, to look: called after events were committed. */
  ring: () => void;
};

/** Who asks. `name` is the owner of idempotency keys and the actor of events; '' while no API key is known. */
export type Caller = { name: string };
