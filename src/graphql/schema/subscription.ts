import { abortable } from '../../async/abortable.ts';
import { ServiceError } from '../../errors.ts';
import { checkCursor, decodeCursor } from '../../feed/log/feed-cursor.ts';
import type { FeedEvent } from '../../feed/log/feed-event.ts';
import { isUuid } from '../../postgres/uuid.ts';
import type { RunCounts } from '../../reads/run-counts.ts';
import type { RunStats } from '../../reads/run-stats.ts';
import { watchRun } from '../../reads/watch-run.ts';
import type { ListedRun } from '../../runs/model/run-row.ts';
import { cursorVariableOf } from '../run-event-request.ts';
import { builder } from './builder.ts';
import { RunType } from './run.ts';
import { RunCountsType } from './run-counts-type.ts';
import { RunEventType } from './run-event.ts';
import { checkedFilter, RunFilterInput } from './run-filter-input.ts';
import { RunStatsType } from './stats.ts';

builder.subscriptionType({
  description:
    'Live updates, over WebSocket (the graphql-transport-ws protocol) and over SSE (the graphql-sse protocol, distinct connections).',
});

builder.subscriptionFields((t) => ({
  runEvents: t.field({
    description:
      'Sends run events in one order, without gaps or duplicates: first the history after the cursor, then live events. Without a cursor, it sends live events only. The subscription ends with CURSOR_EXPIRED when the history after the cursor is gone.',
    type: RunEventType,
    args: {
      where: t.arg({ description: 'Sends only the events that match the filter.', type: RunFilterInput }),
      after: t.arg.string({
        description:
          'The cursor after which to start, from an earlier event or from feedCursor. Over SSE, the header Last-Event-ID takes precedence over it.',
      }),
    },
    subscribe: (_, { where, after }, ctx, info) => {
      const filter = checkedFilter(ctx, where);
      const place = ctx.lastEventId ?? after;
      const start = place == null ? null : decodeCursor(place);
      checkCursor(start, filter.runId);
      ctx.runEventRequest = { filter, after: start, cursorVariable: cursorVariableOf(info) };
      return noEvents();
    },
    resolve: (event) => event as FeedEvent,
  }),
  runUpdated: t.field({
    description:
      'Sends the run as it is now, and again after changes. Several changes may be sent as one, but the last one is always sent. The subscription completes after a terminal status.',
    type: RunType,
    args: {
      id: t.arg.id({
        description: 'The id of the run. An unknown id ends the subscription with NOT_FOUND.',
        required: true,
      }),
    },
    subscribe: async (_, { id }, { watchDb, feed, runScope }) => {
      if (!isUuid(id)) throw new ServiceError('NOT_FOUND', `There is no run ${id}.`);
      return watchRun(watchDb.pool, feed, runScope, id.toLowerCase());
    },
    resolve: (run) => run as ListedRun,
  }),
  runStats: t.field({
    description:
      'Sends the figures of runStats now, and again when they change, at most once a second. Runs that become due and minutes that end are changes too.',
    type: RunStatsType,
    args: {
      where: t.arg({
        description: 'Counts only the runs that match the filter. null counts all runs.',
        type: RunFilterInput,
      }),
    },
    subscribe: (_, { where }, ctx) => {
      const filter = checkedFilter(ctx, where);
      return abortable((left) => ctx.watchStats(filter, left));
    },
    resolve: (stats) => stats as RunStats,
  }),
  runCounts: t.field({
    description: 'Sends the numbers of runCounts now, and again when they change, at most once a second.',
    type: RunCountsType,
    args: {
      where: t.arg({
        description: 'Counts only the runs that match the filter. null counts all runs.',
        type: RunFilterInput,
      }),
    },
    subscribe: (_, { where }, ctx) => {
      const filter = checkedFilter(ctx, where);
      return abortable((left) => ctx.watchCounts(filter, left));
    },
    resolve: (counts) => counts as RunCounts,
  }),
}));

/** graphql-js requires an async iterable; the events themselves come from the shared subscription. */
async function* noEvents(): AsyncGenerator<FeedEvent, void, void> {}
