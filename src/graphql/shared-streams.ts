import {
  type DocumentNode,
  type ExecutionResult,
  executeSubscriptionEvent,
  type ValidatedSubscriptionArgs,
} from 'graphql';
import { isOutage } from '../db/outage.ts';
import type { FeedEvent } from '../feed/feed-event.ts';
import { type RenderedEvent, SharedSubscriptions } from '../feed/shared-subscription.ts';
import type { Caller, Context, Services } from './context.ts';
import type { RunEventSource } from './run-event-source.ts';

/** Events that follow each other, each with its result as JSON. */
export class RenderedEvents {
  readonly events: readonly RenderedEvent[];
  /** Each event's result has its own. */
  readonly errors?: undefined;

  constructor(events: readonly RenderedEvent[]) {
    this.events = events;
  }
}

export type RenderedStream = AsyncGenerator<RenderedEvents, void, void>;

export type SharedStreamsOptions = {
  services: Services;
  createContext(caller: Caller): Context;
  /** The result as clients may see it. */
  presented(result: ExecutionResult): object;
};

/**
 * Streams for Subscription.runEvents. Operations with the same document, variables (but for the cursor) and caller are
 * executed and written as JSON once an event, however many sockets they come from.
 */
export function createSharedStreams({ services, createContext, presented }: SharedStreamsOptions) {
  const { feed, db } = services;
  const subscriptions = new SharedSubscriptions(feed, db.pool);
  const documentIds = new WeakMap<DocumentNode, number>();
  let documents = 0;

  function keyOf(args: ValidatedSubscriptionArgs, caller: Caller, source: RunEventSource): string {
    const id = documentIds.get(args.document) ?? ++documents;
    documentIds.set(args.document, id);
    const variables = { ...args.rawVariableValues };
    if (source.cursorVariable) delete variables[source.cursorVariable];
    return JSON.stringify([id, args.operation.name?.value, caller.name, variables]);
  }

  async function render(
    args: ValidatedSubscriptionArgs,
    caller: Caller,
    events: readonly FeedEvent[],
  ): Promise<string[]> {
    const contextValue = createContext(caller);
    const results = await Promise.all(
      events.map((rootValue) => executeSubscriptionEvent({ ...args, rootValue, contextValue })),
    );
    // An event that cannot be shown just now waits: sent as an error it would be lost to its receivers.
    const outage = results.flatMap(({ errors = [] }) => errors).find(isOutage);
    if (outage) throw outage;
    return results.map((result) => JSON.stringify(presented(result)));
  }

  /** `args` must not carry one subscriber's abort signal. The stream ends with CURSOR_EXPIRED where its place is gone. */
  return async function open(
    args: ValidatedSubscriptionArgs,
    source: RunEventSource,
  ): Promise<RenderedStream> {
    const { caller } = args.contextValue as Context;
    const start = source.after ?? (await feed.latest());
    const subscriber = subscriptions.join(keyOf(args, caller, source), start, () => ({
      filter: source.filter,
      render: (events) => render(args, caller, events),
    }));
    const over = { done: true, value: undefined } as const;
    const stream: RenderedStream = {
      async next() {
        try {
          const events = await subscriber.next();
          return events ? { done: false, value: new RenderedEvents(events) } : over;
        } catch (error) {
          subscriber.leave();
          throw error;
        }
      },
      async return() {
        subscriber.leave();
        return over;
      },
      async throw(error) {
        subscriber.leave();
        throw error;
      },
      [Symbol.asyncIterator]: () => stream,
      [Symbol.asyncDispose]: async () => subscriber.leave(),
    };
    return stream;
  };
}
