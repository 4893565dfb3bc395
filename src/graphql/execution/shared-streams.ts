import type { DocumentNode, ExecutionResult, ValidatedSubscriptionArgs } from 'graphql';
import { ownTurn } from '../../async/own-turn.ts';
import {
  type SharedSource,
  type SharedSubscriber,
  SharedSubscriptions,
} from '../../feed/live/shared-subscription.ts';
import type { FeedEvent } from '../../feed/log/feed-event.ts';
import { isOutage } from '../../postgres/outage.ts';
import type { Context, Services } from '../context.ts';
import { badRequest } from '../graphql-errors.ts';
import { JsonBudget } from '../json-budget.ts';
import type { RunEventRequest } from '../run-event-request.ts';
import type { Answer, Inputs } from './execute-operation.ts';
import type { Turns } from './turns.ts';

export type SharedStreamsOptions = {
  services: Services;
  turns: Turns;
  /** The context for a result of a subscription that was opened in the given one. */
  createContext(opened: Context): Context;
  /** The result as clients may see it. */
  masked(result: ExecutionResult): object;
  /** The error as clients may see it. */
  maskedError(error: unknown): Error;
};

/**
 * Opens shared subscriptions for Subscription.runEvents. Operations with the same document, variables (except the
 * cursor) and rights share one execution and serialization per event, over any number of sockets and principals. They
 * outlive the principal that came first: its rights are theirs.
 */
export function createSharedStreams(options: SharedStreamsOptions) {
  const { services, turns, createContext, masked, maskedError } = options;
  const { feed } = services;
  const subscriptions = new SharedSubscriptions(feed);
  const documentIds = new WeakMap<DocumentNode, number>();
  let documents = 0;

  function keyOf(args: ValidatedSubscriptionArgs, request: RunEventRequest): string {
    const { principal, runScope } = args.contextValue as Context;
    const id = documentIds.get(args.document) ?? ++documents;
    documentIds.set(args.document, id);
    // The order is that of the definitions. Variables that the document does not define are ignored, as in execution.
    const names = (args.operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value);
    const values = names.map((name) =>
      name === request.cursorVariable ? null : args.rawVariableValues?.[name],
    );
    if (isDeeperThan(DEPTH_AT_MOST, values))
      throw badRequest(`The variables are nested deeper than ${DEPTH_AT_MOST} levels. Flatten them.`);
    const given = values.map((value) => (value === undefined ? [] : [value]));
    return JSON.stringify([
      id,
      args.operation.name?.value,
      runScope,
      [...principal.permissions].sort(),
      given,
    ]);
  }

  async function render(
    answer: Answer,
    contextValue: Context,
    variableValues: Inputs['variableValues'],
    events: readonly FeedEvent[],
  ): Promise<string[]> {
    const results = await Promise.all(
      events.map((rootValue) =>
        answer({
          rootValue,
          contextValue: { ...contextValue, jsonBudget: new JsonBudget() },
          variableValues,
        }),
      ),
    );
    // During an outage the events are rendered again later: an event that was sent as an error would be lost to its
    // receivers.
    const outage = results.flatMap(({ errors = [] }) => errors).find(isOutage);
    if (outage) throw outage;
    const texts: string[] = [];
    let length = 0;
    for (const result of results) {
      const text = JSON.stringify(masked(result));
      texts.push(text);
      length += text.length;
      if (length < LARGE) continue;
      length = 0;
      await ownTurn();
    }
    return texts;
  }

  /** `args` must not carry one subscriber's abort signal. The subscription ends with CURSOR_EXPIRED when the events after its cursor are gone. */
  return async function open(
    answer: Answer,
    args: ValidatedSubscriptionArgs,
    request: RunEventRequest,
  ): Promise<SharedSubscriber> {
    const context = args.contextValue as Context;
    const key = keyOf(args, request);
    const start = request.after ?? (await feed.latest());
    const close = context.client.openSubscription(key);
    const source = (): SharedSource => ({
      filter: request.filter,
      render: (events) =>
        turns.render(context.client, () =>
          render(answer, createContext(context), args.rawVariableValues, events),
        ),
      masked: maskedError,
    });
    return subscriptions.join(key, start, source, close);
  };
}

/** The characters that are written before other clients are served. */
const LARGE = 1024 * 1024;

/** Deeper than any stored JSON, and shallow enough for recursive functions. */
const DEPTH_AT_MOST = 64;

function isDeeperThan(levels: number, value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > levels) return true;
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  return false;
}
