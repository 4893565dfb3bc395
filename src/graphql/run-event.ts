import { type Cursor, decodeCursor, encodeCursor } from '../feed/cursor.ts';
import { type EventSlice, listEvents, listEventsOfRuns } from '../feed/event-history.ts';
import type { FeedEvent } from '../feed/feed-event.ts';
import type { RunEventType as EventType } from '../model/status.ts';
import { builder } from './builder.ts';
import { connectionType, forwardArgs } from './connection.ts';
import type { CursorCodec } from './cursor.ts';
import { readPage } from './page.ts';
import { loadRun, RunErrorType, RunStatusType, RunTelemetryType, RunType } from './run.ts';
import { checkedFilter, RunFilterInput } from './run-filter.ts';

const EventTypeType = builder.enumType('RunEventType', {
  values: {
    ENQUEUED: { value: 'ENQUEUED', description: 'By the caller; the run is new.' },
    STARTED: { value: 'STARTED', description: 'By the worker that claimed it.' },
    COMPLETED: { value: 'COMPLETED', description: "With the script runner's answer." },
    FAILED: { value: 'FAILED', description: 'No attempt is left, or none would help.' },
    RETRY_SCHEDULED: { value: 'RETRY_SCHEDULED', description: 'An attempt failed; the next is at runAt.' },
    REQUEUED: { value: 'REQUEUED', description: 'Given back by a worker that stops.' },
    WORKER_LOST: { value: 'WORKER_LOST', description: 'Taken from a worker that died.' },
    CANCEL_REQUESTED: { value: 'CANCEL_REQUESTED', description: 'By an operator, while it was running.' },
    CANCELED: { value: 'CANCELED', description: 'As an operator asked.' },
    RETRIED: { value: 'RETRIED', description: 'By an operator: one attempt more.' },
  } as const satisfies Record<EventType, object>,
});

export const RunEventType = builder.objectRef<FeedEvent>('RunEvent').implement({
  description: "One line of a run's history.",
  fields: (t) => ({
    cursor: t.string({
      description: 'The place after this event: the same in history, over WebSocket and over SSE.',
      resolve: ({ cursor }) => encodeCursor(cursor),
    }),
    runId: t.exposeID('runId'),
    run: t.field({
      description: 'As it is now.',
      type: RunType,
      resolve: async ({ runId }, _, ctx, info) => (await loadRun(ctx, info, runId))!,
    }),
    sequence: t.exposeInt('sequence', { description: '1, 2, 3 … within the run, without a gap.' }),
    type: t.expose('type', { type: EventTypeType }),
    status: t.expose('status', { type: RunStatusType, description: "The run's status after this event." }),
    attempt: t.exposeInt('attempt'),
    at: t.expose('at', { type: 'DateTime' }),
    error: t.expose('error', { type: RunErrorType, nullable: true }),
    telemetry: t.expose('telemetry', { type: RunTelemetryType, nullable: true }),
    runAt: t.expose('runAt', { type: 'DateTime', nullable: true, description: 'Of RETRY_SCHEDULED.' }),
    actor: t.exposeString('actor', {
      nullable: true,
      description: "Who asked: an API key's name, `worker` or `system`.",
    }),
    reason: t.exposeString('reason', { nullable: true, description: 'What they gave as reason.' }),
  }),
});

const RunEventConnection = connectionType('RunEvent', RunEventType, { counted: false });

builder.queryFields((t) => ({
  runEvents: t.field({
    description:
      "The subscription's history, oldest first: the same order and cursors, and only what the subscription would have sent by now.",
    type: RunEventConnection,
    weighs: { where: 500 },
    args: { ...forwardArgs(), where: t.arg({ type: RunFilterInput }) },
    resolve: (_, { where, ...page }, { db }) => {
      const filter = checkedFilter(where);
      return readPage(page, { ...EVENTS, fetch: (slice) => listEvents(db.pool, filter, slice) });
    },
  }),
  feedCursor: t.string({
    description:
      'A place in the feed taken before this operation reads anything else: read a list beside it, then subscribe after it, and nothing is missed.',
    resolve: (_, __, { feedCursor }) => encodeCursor(feedCursor),
  }),
}));

builder.objectField(RunType, 'events', (t) =>
  t.field({
    description:
      "The run's history, oldest first, also of events that a long transaction holds back from the feed: a cursor of those is good for this run's events alone.",
    type: RunEventConnection,
    args: forwardArgs(),
    resolve: ({ id }, page, { db, loaders }) =>
      readPage(page, {
        ...EVENTS,
        fetch: async (slice) => {
          const slices = loaders.of(`events of runs ${nameOf(slice)}`, (ids) =>
            listEventsOfRuns(db.pool, ids, slice),
          );
          return (await slices.load(id)) ?? [];
        },
      }),
  }),
);

const EVENTS: { cursor: CursorCodec<Cursor>; keyOf(event: FeedEvent): Cursor } = {
  cursor: { encode: encodeCursor, decode: decodeCursor },
  keyOf: ({ cursor }) => cursor,
};

const nameOf = ({ after, before, limit, reverse }: EventSlice) =>
  [after && encodeCursor(after), before && encodeCursor(before), limit, reverse].join();
