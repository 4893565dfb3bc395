import { isUuid } from '../db/uuid.ts';
import { ServiceError } from '../errors.ts';
import { checkCursor, decodeCursor } from '../feed/cursor.ts';
import type { FeedEvent } from '../feed/feed-event.ts';
import { leavable } from '../feed/leavable.ts';
import type { RunStats } from '../history/run-stats.ts';
import { watchRun } from '../history/watch-run.ts';
import type { ListedRun } from '../model/run.ts';
import { builder } from './builder.ts';
import { RunType } from './run.ts';
import { RunEventType } from './run-event.ts';
import { RunEventSource } from './run-event-source.ts';
import { checkedFilter, RunFilterInput } from './run-filter.ts';
import { RunStatsType } from './run-stats.ts';

builder.subscriptionType({});

builder.subscriptionFields((t) => ({
  runEvents: t.field({
    description:
      'History after the cursor, then live, in one order, without gap or duplicate; without a cursor: live from now. Ends with CURSOR_EXPIRED when the history after the cursor is gone. Over SSE, Last-Event-ID stands in for `after`.',
    type: RunEventType,
    args: { where: t.arg({ type: RunFilterInput }), after: t.arg.string() },
    subscribe: (_, { where, after }, { lastEventId }, info) => {
      const filter = checkedFilter(where);
      const place = lastEventId ?? after;
      const start = place == null ? null : decodeCursor(place);
      checkCursor(start, filter.runId);
      return new RunEventSource(filter, start, info);
    },
    resolve: (event) => event as FeedEvent,
  }),
  runUpdated: t.field({
    description:
      'The run as it is, then again after changes (several may come as one, the last always comes); completes after the terminal status.',
    type: RunType,
    args: { id: t.arg.id({ required: true }) },
    subscribe: async (_, { id }, { watchDb, feed }) => {
      if (!isUuid(id)) throw new ServiceError('NOT_FOUND', `There is no run ${id}.`);
      return watchRun(watchDb.pool, feed, id.toLowerCase());
    },
    resolve: (run) => run as ListedRun,
  }),
  runStats: t.field({
    description:
      'Counts for a dashboard: at once, then after changes of runs and when the clock changes them (a run becomes due, a due run grows older, the minute turns), at most once a second.',
    type: RunStatsType,
    args: { where: t.arg({ type: RunFilterInput }) },
    subscribe: (_, { where }, { statsWatch }) => {
      const filter = checkedFilter(where);
      return leavable((left) => statsWatch.watch(filter, left));
    },
    resolve: (stats) => stats as RunStats,
  }),
}));
