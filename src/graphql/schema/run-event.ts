import { type EventSlice, listEvents, listEventsOfRuns } from '../../feed/log/event-history.ts';
import { type Cursor, decodeCursor, encodeCursor } from '../../feed/log/feed-cursor.ts';
import type { FeedEvent } from '../../feed/log/feed-event.ts';
import type { RunEventType as EventType } from '../../runs/model/status.ts';
import { readPage } from '../selection/page.ts';
import type { CursorCodec } from '../selection/page-cursor.ts';
import { builder } from './builder.ts';
import { connectionType, forwardArgs } from './connection.ts';
import { loadRun, RunType } from './run.ts';
import { RunErrorType } from './run-error-type.ts';
import { checkedFilter, RunFilterInput } from './run-filter-input.ts';
import { RunStatusType } from './run-status.ts';
import { RunTelemetryType } from './run-telemetry-type.ts';

const EventTypeType = builder.enumType('RunEventType', {
  description: 'The kind of a run event.',
  values: {
    ENQUEUED: { value: 'ENQUEUED', description: 'The run was enqueued. Its status is QUEUED.' },
    STARTED: {
      value: 'STARTED',
      description: 'A worker claimed the run and started an attempt. Its status is RUNNING.',
    },
    COMPLETED: {
      value: 'COMPLETED',
      description: 'The script runner returned a result. The status of the run is COMPLETED.',
    },
    FAILED: {
      value: 'FAILED',
      description:
        'An attempt failed, and no retry follows: no attempt is left, or the error is not retryable. The status of the run is FAILED.',
    },
    RETRY_SCHEDULED: {
      value: 'RETRY_SCHEDULED',
      description: 'An attempt failed, and the next one is due at runAt. The status of the run is QUEUED.',
    },
    REQUEUED: {
      value: 'REQUEUED',
      description:
        'A worker shut down and returned the run to its queue. The interrupted attempt does not count. The status of the run is QUEUED.',
    },
    WORKER_LOST: {
      value: 'WORKER_LOST',
      description:
        'The worker of the run died or lost its lease, so the run was returned to its queue. Its status is QUEUED.',
    },
    CANCEL_REQUESTED: {
      value: 'CANCEL_REQUESTED',
      description: 'An operator requested a cancel while the run was RUNNING. Its status is still RUNNING.',
    },
    CANCELED: { value: 'CANCELED', description: 'The run was canceled. Its status is CANCELED.' },
    RETRIED: {
      value: 'RETRIED',
      description: 'An operator queued the ended run again, for one more attempt. Its status is QUEUED.',
    },
  } as const satisfies Record<EventType, object>,
});

export const RunEventType = builder.objectRef<FeedEvent>('RunEvent').implement({
  description: 'One event in the history of a run. Events never change.',
  fields: (t) => ({
    cursor: t.string({
      description:
        'The cursor of the event. Pass it as `after` to read on from here. It is the same in queries, over WebSocket and over SSE.',
      resolve: ({ cursor }) => encodeCursor(cursor),
    }),
    runId: t.exposeID('runId', { description: 'The id of the run.' }),
    run: t.field({
      description: 'The run as it is now.',
      type: RunType,
      resolve: async ({ runId }, _, ctx, info) => (await loadRun(ctx, info, runId))!,
    }),
    sequence: t.exposeInt('sequence', {
      description: 'The number of the event within its run: 1, 2, 3 and so on, without gaps.',
    }),
    type: t.expose('type', { description: 'The kind of the event.', type: EventTypeType }),
    status: t.expose('status', {
      type: RunStatusType,
      description: 'The status of the run after the event.',
    }),
    attempt: t.exposeInt('attempt', {
      description: 'The attempt of the run at the time of the event. 0 before the first attempt.',
    }),
    at: t.expose('at', { description: 'The time of the event.', type: 'DateTime' }),
    error: t.expose('error', {
      description: 'The error of the attempt. null for events without an error.',
      type: RunErrorType,
      nullable: true,
    }),
    telemetry: t.expose('telemetry', {
      description:
        'The telemetry of the attempt. null for events that do not end a call of the script runner.',
      type: RunTelemetryType,
      nullable: true,
    }),
    runAt: t.expose('runAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The time at which the next attempt is due. null for all types but RETRY_SCHEDULED.',
    }),
    actor: t.exposeString('actor', {
      nullable: true,
      description:
        'The initiator of the event: the name of an API key, `worker` or `system`. null when the request had no key.',
    }),
    reason: t.exposeString('reason', {
      nullable: true,
      description: 'The reason that the operator gave for a cancel. null for other events.',
    }),
    workerId: t.exposeID('workerId', {
      nullable: true,
      description:
        'The worker that started the attempt, as in System.workers. null for all types but STARTED, and for events stored before this field.',
    }),
  }),
});

const RunEventConnection = connectionType('RunEvent', RunEventType, { counted: false });

builder.queryFields((t) => ({
  runEvents: t.field({
    description:
      'The history that the subscription runEvents sends, oldest first, with the same order and cursors. It ends with the newest event that the subscription has sent by now. The error is CURSOR_EXPIRED when the history after the cursor is gone.',
    type: RunEventConnection,
    weighs: { where: 500 },
    args: {
      ...forwardArgs(),
      where: t.arg({ description: 'Lists only the events that match the filter.', type: RunFilterInput }),
    },
    resolve: (_, { where, ...page }, ctx) => {
      const filter = checkedFilter(ctx, where);
      return readPage(page, {
        ...EVENTS,
        fetch: (slice) => listEvents(ctx.db.pool, filter, slice, ctx.feed.foreignTransactions()),
      });
    },
  }),
  feedCursor: t.string({
    description:
      'The current position of the feed, taken before this operation reads anything else. To follow a list without a gap, select feedCursor with the list, and then subscribe to runEvents with it as `after`.',
    resolve: (_, __, { feedCursor }) => encodeCursor(feedCursor),
  }),
}));

builder.objectField(RunType, 'events', (t) =>
  t.field({
    description:
      'The events of the run, oldest first. It includes events that the feed cannot send yet because of a long transaction; the cursors of those events are valid for this run only.',
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
