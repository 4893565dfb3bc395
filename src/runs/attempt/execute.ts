import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../../logger.ts';
import { isRejectedValue } from '../../postgres/outage.ts';
import type { WakeUp } from '../../queue/tasks.ts';
import { runError } from '../model/run-error.ts';
import type { ActiveRuns } from './active-runs.ts';
import { type AttemptOptions, attempt } from './attempt.ts';
import type { Claim } from './claim.ts';
import type { Lease } from './lease.ts';
import type { AttemptOutcome, RecordOutcome } from './record.ts';
import type { VersionCache } from './version-cache.ts';

export type ExecuteOptions = AttemptOptions & {
  claim: Claim;
  record: RecordOutcome;
  versions: VersionCache;
  lease: Pick<Lease, 'workerId'>;
  activeRuns: ActiveRuns;
  logger: Logger;
};

/**
 * Claims the run that a job wakes, makes one attempt at it and records the outcome. Returns what happened to the
 * run.
 */
export type Execute = (wakeUp: WakeUp) => Promise<'not-claimed' | 'taken-away' | AttemptOutcome['kind']>;

export function createExecute(options: ExecuteOptions): Execute {
  const { claim, record, versions, lease, activeRuns, logger } = options;

  return async function execute(wakeUp) {
    const workerId = lease.workerId();
    const run = await claim(wakeUp, workerId);
    if (!run) return 'not-claimed';
    const active = activeRuns.add({ runId: run.id, fence: run.fence, workerId });
    try {
      const outcome = await attempt(options, run, await versions.get(run.componentVersionId), active);
      const recorded = outcome === 'taken-away' ? null : await recordUntilStored(outcome);
      if (!recorded) {
        logger.warn(
          { runId: run.id, attempt: run.attempt },
          'the run was reassigned; the outcome of this attempt is discarded',
        );
        return 'taken-away';
      }
      return recorded.kind;
    } finally {
      activeRuns.remove(active);
    }

    /**
     * Returns the recorded outcome, or null when the run belongs to another worker. During a database outage the
     * outcome waits; the guard on the lease rejects it if the run was taken meanwhile. An outcome that the database
     * can never store is replaced by one that fails the run.
     */
    async function recordUntilStored(outcome: AttemptOutcome): Promise<AttemptOutcome | null> {
      for (let recorded = outcome; ; ) {
        try {
          return (await record(active.token, recorded)) ? recorded : null;
        } catch (error) {
          logger.warn(
            { err: error, runId: active.token.runId },
            'recording the outcome of an attempt failed; retrying',
          );
          if (active.signal.reason === 'taken') return null;
          if (isRejectedValue(error)) recorded = unstorable(outcome);
          await sleep(RECORD_AGAIN_MS);
        }
      }
    }
  };
}

const RECORD_AGAIN_MS = 500;

const unstorable = ({ definite }: AttemptOutcome): AttemptOutcome => ({
  kind: 'failed',
  definite,
  request: null,
  resolvedBindings: null,
  error: runError('INTERNAL', 'The outcome of the attempt could not be stored.'),
  telemetry: null,
});
