import { databaseNow } from '../../postgres/clock.ts';
import { type QueueDepth, queueDepths } from '../../reads/queue-depths.ts';
import { type LiveWorker, liveWorkers } from '../../reads/workers.ts';
import { VERSION } from '../../version.ts';
import { COUNT_AT_MOST } from '../selection/page.ts';
import { BoundedCountType } from './bounded-count.ts';
import { builder } from './builder.ts';

const ScriptRunnerKindType = builder.enumType('ScriptRunnerKind', {
  description: 'How scripts are executed.',
  values: {
    ECHO: {
      value: 'ECHO',
      description:
        'No script is executed: each call returns its own request. For trying the service out, without a script host.',
    },
    HTTP: { value: 'HTTP', description: 'A script host executes the scripts, over HTTP.' },
  },
});

const ScriptRunnerType = builder.objectRef<{ url: string | null }>('ScriptRunner').implement({
  description: 'The script runner that this process of the API is configured with.',
  fields: (t) => ({
    kind: t.field({
      description: 'How scripts are executed.',
      type: ScriptRunnerKindType,
      resolve: ({ url }) => (url === null ? 'ECHO' : 'HTTP'),
    }),
    host: t.string({
      description: 'The host name and port of the script host. null for the echo runner.',
      nullable: true,
      resolve: ({ url }) => (url === null ? null : new URL(url).host),
    }),
  }),
});

const WorkerType = builder.objectRef<LiveWorker>('Worker').implement({
  description: 'A live worker process.',
  fields: (t) => ({
    workerId: t.exposeID('workerId', {
      description: 'The UUID of the worker. A worker that lost its lease continues under a new one.',
    }),
    host: t.exposeString('host', { description: 'The name of the host that the worker runs on.' }),
    queue: t.exposeString('queue', {
      description:
        'The task queue whose runs the worker executes. null when it executes those of every queue.',
      nullable: true,
    }),
    startedAt: t.expose('startedAt', {
      description: 'The time at which the worker started.',
      type: 'DateTime',
    }),
    heartbeatAt: t.expose('heartbeatAt', {
      description: 'The time of the latest heartbeat of the worker, which it sends every second.',
      type: 'DateTime',
    }),
    activeRuns: t.exposeInt('activeRuns', {
      description: 'The number of runs that the worker is executing.',
    }),
  }),
});

const TaskQueueType = builder.objectRef<QueueDepth>('TaskQueue').implement({
  description: 'A task queue that has QUEUED runs.',
  fields: (t) => ({
    name: t.exposeString('name', {
      description:
        'The name of the queue. null for runs that were enqueued before queues were stored; any worker executes those.',
      nullable: true,
    }),
    queued: t.field({
      description: 'The number of QUEUED runs in the queue.',
      type: BoundedCountType,
      resolve: ({ queued }) => queued,
    }),
    oldestDueSeconds: t.exposeFloat('oldestDueSeconds', {
      description: 'The time for which the oldest due run has been due, in seconds. null when no run is due.',
      nullable: true,
    }),
    isServed: t.exposeBoolean('isServed', {
      description: 'True if a live worker executes the runs of the queue.',
    }),
  }),
});

const SystemType = builder.objectRef<object>('System').implement({
  description: 'The installation: its processes, its configuration and its queues.',
  fields: (t) => ({
    version: t.string({ description: 'The version of this process of the API.', resolve: () => VERSION }),
    now: t.field({
      description:
        "The time by the database's clock, which all times of the API are of. A client whose clock differs can correct its own by it.",
      type: 'DateTime',
      resolve: () => new Date(databaseNow()),
    }),
    runner: t.field({
      description: 'The script runner that this process of the API is configured with.',
      type: ScriptRunnerType,
      resolve: (_, __, { config }) => ({ url: config.runnerUrl }),
    }),
    retentionDays: t.float({
      description:
        'The days after which ended runs are deleted, or a sixth of that time later. null when they are never deleted.',
      nullable: true,
      resolve: (_, __, { config }) => config.retentionDays,
    }),
    feedLagMs: t.float({
      description:
        'The time for which a transaction in progress has held back the oldest run event that is not sent yet, in milliseconds. 0 when no event is held back.',
      resolve: (_, __, { feed }) => feed.figures().held?.ms ?? 0,
    }),
    workers: t.field({
      description: 'The live workers, oldest first, at most 1,000.',
      type: [WorkerType],
      resolve: (_, __, { db }) => liveWorkers(db.pool),
    }),
    queues: t.field({
      description: 'The task queues that have QUEUED runs, by name.',
      type: [TaskQueueType],
      weighs: { always: 500 },
      resolve: (_, __, { db }) => queueDepths(db.pool, COUNT_AT_MOST + 1),
    }),
  }),
});

builder.queryField('system', (t) =>
  t.field({
    description: 'The installation: its processes, its configuration and its queues.',
    type: SystemType,
    resolve: () => ({}),
  }),
);
