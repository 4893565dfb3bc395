import { listEventsOfRuns } from '../../feed/log/event-history.ts';
import { attemptsOf, type RunAttempt, type RunAttemptOutcome } from '../../reads/run-attempts.ts';
import { builder } from './builder.ts';
import { RunType } from './run.ts';
import { RunErrorType } from './run-error-type.ts';
import { RunTelemetryType } from './run-telemetry-type.ts';

const RunAttemptOutcomeType = builder.enumType('RunAttemptOutcome', {
  description: 'The way in which an attempt ended.',
  values: {
    COMPLETED: { value: 'COMPLETED', description: 'The script runner returned a result.' },
    FAILED: {
      value: 'FAILED',
      description: 'The attempt failed, or its worker was lost, and no retry followed.',
    },
    RETRY_SCHEDULED: { value: 'RETRY_SCHEDULED', description: 'The attempt failed, and a retry followed.' },
    REQUEUED: {
      value: 'REQUEUED',
      description: 'The worker shut down and returned the run to its queue. The attempt does not count.',
    },
    WORKER_LOST: {
      value: 'WORKER_LOST',
      description: 'The worker died or lost its lease, and the run was returned to its queue.',
    },
    CANCELED: { value: 'CANCELED', description: 'The run was canceled.' },
  } as const satisfies Record<RunAttemptOutcome, object>,
});

const RunAttemptType = builder.objectRef<RunAttempt>('RunAttempt').implement({
  description: 'One attempt at a run, from its STARTED event to the event that ended it.',
  fields: (t) => ({
    number: t.exposeInt('number', {
      description:
        'The number of the attempt. An attempt after one that was REQUEUED has the number of that one.',
    }),
    dueAt: t.expose('dueAt', {
      description:
        'The time at which the attempt was due; it waited for a worker from then until startedAt. null for the first attempt: a run that was not retried has this time in runAt.',
      type: 'DateTime',
      nullable: true,
    }),
    startedAt: t.expose('startedAt', {
      description: 'The time at which a worker started the attempt.',
      type: 'DateTime',
    }),
    endedAt: t.expose('endedAt', {
      description: 'The time at which the attempt ended. null while it is in progress.',
      type: 'DateTime',
      nullable: true,
    }),
    outcome: t.expose('outcome', {
      description: 'The way in which the attempt ended. null while it is in progress.',
      type: RunAttemptOutcomeType,
      nullable: true,
    }),
    workerId: t.exposeID('workerId', {
      description:
        'The worker of the attempt, as in System.workers. null for attempts stored before this field.',
      nullable: true,
    }),
    idempotencyKey: t.string({
      description:
        'The Idempotency-Key that the attempt sends to the script host. Attempts with the same key are repeats of one call, whose outcome was unknown. null for attempts stored before this field.',
      nullable: true,
      resolve: ({ runId, callKey }) => (callKey === null ? null : `${runId}:${callKey}`),
    }),
    error: t.expose('error', {
      description: 'The error of the attempt. null when it had none.',
      type: RunErrorType,
      nullable: true,
    }),
    telemetry: t.expose('telemetry', {
      description: 'The telemetry of the attempt. null when the script runner was not called.',
      type: RunTelemetryType,
      nullable: true,
    }),
    nextAt: t.expose('nextAt', {
      description: 'The time at which the retry was due. null for all outcomes but RETRY_SCHEDULED.',
      type: 'DateTime',
      nullable: true,
    }),
  }),
});

builder.objectField(RunType, 'attempts', (t) =>
  t.field({
    description: 'The attempts at the run, oldest first: those within its latest 500 events.',
    type: [RunAttemptType],
    resolve: async ({ id }, _, { db, loaders }) => {
      const events = loaders.of('latest events of runs', (ids) => listEventsOfRuns(db.pool, ids, LATEST));
      return attemptsOf(((await events.load(id)) ?? []).toReversed());
    },
  }),
);

const LATEST = { after: null, before: null, limit: 500, reverse: true };
