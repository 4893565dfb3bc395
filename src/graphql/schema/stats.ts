import {
  ENDED_AT_MOST,
  type RunStats,
  type RunStatsBucket,
  readRunStats,
  type UnservedQueue,
} from '../../reads/run-stats.ts';
import {
  BUCKETS_AT_MOST,
  BUCKETS_DEFAULT,
  DAYS_AT_MOST,
  type StatsRange,
  statsRange,
} from '../../reads/stats-range.ts';
import { builder } from './builder.ts';
import { checkedFilter, RunFilterInput } from './run-filter-input.ts';

const RunStatsBucketType = builder.objectRef<RunStatsBucket>('RunStatsBucket').implement({
  description: 'Figures about the runs that ended within one minute, or within one part of a range.',
  fields: (t) => ({
    from: t.expose('from', { description: 'The start of the minute, or of the part.', type: 'DateTime' }),
    completed: t.exposeInt('completed', { description: 'The number of runs that completed.' }),
    failed: t.exposeInt('failed', { description: 'The number of runs that failed.' }),
    canceled: t.exposeInt('canceled', { description: 'The number of runs that were canceled.' }),
    latencyP50Ms: t.exposeFloat('latencyP50Ms', {
      description:
        'The median latency of the completed and failed runs, in milliseconds. null when there are none.',
      nullable: true,
    }),
    latencyP95Ms: t.exposeFloat('latencyP95Ms', {
      description:
        'The 95th percentile of the latency of the completed and failed runs, in milliseconds. null when there are none.',
      nullable: true,
    }),
  }),
});

const UnservedQueueType = builder.objectRef<UnservedQueue>('UnservedQueue').implement({
  description:
    'A task queue that has due runs and no live worker. To execute them, start a worker with JOURNEY_RUNTIME_TASK_QUEUE set to the name of the queue.',
  fields: (t) => ({
    queue: t.exposeString('queue', {
      nullable: true,
      description:
        'The name of the queue. null for runs that were enqueued before queues were stored; any worker executes those.',
    }),
    dueRuns: t.exposeInt('dueRuns', { description: 'The number of due runs in the queue.' }),
  }),
});

export const RunStatsType = builder.objectRef<RunStats>('RunStats').implement({
  description:
    'Figures about runs. queued, running, oldestQueuedSeconds and unservedQueues describe this moment; the other figures cover the range, or without one the last 60 minutes, including the current one.',
  fields: (t) => ({
    since: t.expose('since', {
      description: `The time from which on the figures are complete. It is the start of the range, or later if more than ${ENDED_AT_MOST} runs ended within the range: then only the newest of them count.`,
      type: 'DateTime',
    }),
    queued: t.exposeInt('queued', { description: 'The number of runs that are QUEUED now.' }),
    running: t.exposeInt('running', { description: 'The number of runs that are RUNNING now.' }),
    completed: t.exposeInt('completed', { description: 'The number of runs that completed.' }),
    failed: t.exposeInt('failed', { description: 'The number of runs that failed.' }),
    canceled: t.exposeInt('canceled', { description: 'The number of runs that were canceled.' }),
    oldestQueuedSeconds: t.exposeFloat('oldestQueuedSeconds', {
      nullable: true,
      description: 'The time for which the oldest due run has been due, in seconds. null when no run is due.',
    }),
    unservedQueues: t.field({
      description: 'The task queues that have due runs and no live worker.',
      type: [UnservedQueueType],
      resolve: ({ unservedQueues }) => unservedQueues,
    }),
    throughputPerMinute: t.exposeFloat('throughputPerMinute', {
      description: 'The number of completed and failed runs per minute, on average.',
    }),
    latencyP50Ms: t.exposeFloat('latencyP50Ms', {
      nullable: true,
      description:
        'The median latency of the completed and failed runs, in milliseconds. The latency of a run is the time from runAt to completedAt. null when there are none.',
    }),
    latencyP95Ms: t.exposeFloat('latencyP95Ms', {
      description:
        'The 95th percentile of the latency of the completed and failed runs, in milliseconds. null when there are none.',
      nullable: true,
    }),
    series: t.field({
      description:
        'The figures of each minute or part of the range, oldest first. The last minute is still in progress.',
      type: [RunStatsBucketType],
      resolve: ({ series }) => series,
    }),
  }),
});

const RunStatsRangeInput = builder.inputType('RunStatsRange', {
  description: `A range of time, at most ${DAYS_AT_MOST} days, divided into parts of the same length.`,
  fields: (t) => ({
    from: t.field({ type: 'DateTime', required: true, description: 'The start of the range.' }),
    to: t.field({ type: 'DateTime', description: 'The end of the range, exclusive. null is now.' }),
    buckets: t.int({
      description: `The most parts, from 1 to ${BUCKETS_AT_MOST}. Defaults to ${BUCKETS_DEFAULT}.`,
    }),
  }),
});

function rangeOf(range: typeof RunStatsRangeInput.$inferInput | null | undefined): StatsRange | null {
  if (!range) return null;
  return statsRange(range.from, range.to ?? new Date(), range.buckets ?? BUCKETS_DEFAULT);
}

builder.queryField('runStats', (t) =>
  t.field({
    description: 'Figures about the runs that match the filter.',
    type: RunStatsType,
    weighs: { always: 1_000, where: 500, range: 4_000 },
    args: {
      where: t.arg({
        description: 'Counts only the runs that match the filter. null counts all runs.',
        type: RunFilterInput,
      }),
      range: t.arg({
        description: 'The time that the figures of ended runs cover. null is the last hour.',
        type: RunStatsRangeInput,
      }),
    },
    resolve: (_, { where, range }, ctx) =>
      readRunStats(ctx.db.pool, checkedFilter(ctx, where), rangeOf(range)),
  }),
);
