import {
  type RunStats,
  type RunStatsBucket,
  readRunStats,
  type UnservedQueue,
} from '../history/run-stats.ts';
import { builder } from './builder.ts';
import { checkedFilter, RunFilterInput } from './run-filter.ts';

const RunStatsBucketType = builder.objectRef<RunStatsBucket>('RunStatsBucket').implement({
  description: 'One minute.',
  fields: (t) => ({
    from: t.expose('from', { type: 'DateTime' }),
    completed: t.exposeInt('completed'),
    failed: t.exposeInt('failed'),
    canceled: t.exposeInt('canceled'),
    latencyP50Ms: t.exposeFloat('latencyP50Ms', { nullable: true }),
    latencyP95Ms: t.exposeFloat('latencyP95Ms', { nullable: true }),
  }),
});

const UnservedQueueType = builder.objectRef<UnservedQueue>('UnservedQueue').implement({
  description:
    'A task queue with due runs and no live worker. Start a worker with its name in JOURNEY_RUNTIME_TASK_QUEUE.',
  fields: (t) => ({
    queue: t.exposeString('queue', {
      nullable: true,
      description:
        'The name of the queue. null for runs enqueued before queues were stored, which any worker takes.',
    }),
    dueRuns: t.exposeInt('dueRuns', { description: 'How many runs of the queue are due.' }),
  }),
});

export const RunStatsType = builder.objectRef<RunStats>('RunStats').implement({
  description: 'queued and running are now; the rest is of the last 60 minutes, this one included.',
  fields: (t) => ({
    queued: t.exposeInt('queued'),
    running: t.exposeInt('running'),
    completed: t.exposeInt('completed'),
    failed: t.exposeInt('failed'),
    canceled: t.exposeInt('canceled'),
    oldestQueuedSeconds: t.exposeFloat('oldestQueuedSeconds', {
      nullable: true,
      description: 'Since the oldest due run became due; null while none is due.',
    }),
    unservedQueues: t.field({
      description: 'The task queues of the due runs for which there is no live worker.',
      type: [UnservedQueueType],
      resolve: ({ unservedQueues }) => unservedQueues,
    }),
    throughputPerMinute: t.exposeFloat('throughputPerMinute', { description: 'Runs completed or failed.' }),
    latencyP50Ms: t.exposeFloat('latencyP50Ms', {
      nullable: true,
      description: 'From due to the end, of the runs completed or failed.',
    }),
    latencyP95Ms: t.exposeFloat('latencyP95Ms', { nullable: true }),
    series: t.field({
      description: 'By the minute, oldest first; the last one is still going on.',
      type: [RunStatsBucketType],
      resolve: ({ series }) => series,
    }),
  }),
});

builder.queryField('runStats', (t) =>
  t.field({
    type: RunStatsType,
    weighs: { always: 1_000, where: 500 },
    args: { where: t.arg({ type: RunFilterInput }) },
    resolve: (_, { where }, { db }) => readRunStats(db.pool, checkedFilter(where)),
  }),
);
