import { setTimeout as sleep } from 'node:timers/promises';
import { retryOnOutage } from '../../async/retry-on-outage.ts';
import type { Logger } from '../../logger.ts';
import { isRejectedValue } from '../../postgres/outage.ts';
import { instruments } from '../../telemetry/instruments.ts';
import { runError } from '../model/run-error.ts';
import type { ActiveRuns } from './active-runs.ts';
import { type AttemptOptions, attempt } from './attempt.ts';
import { readCallSecrets } from './call-secrets.ts';
import type { ClaimedRun } from './claim.ts';
import type { AttemptOutcome, RecordOutcome } from './record.ts';
import type { VersionCache } from './version-cache.ts';

export type ExecuteOptions = AttemptOptions & {
  record: RecordOutcome;
  versions: VersionCache;
  activeRuns: ActiveRuns;
  logger: Logger;
};

/** Makes one attempt at a run that this worker claimed, and records the outcome. Returns what happened to the run. */
export type Execute = (run: ClaimedRun) => Promise<'taken-away' | AttemptOutcome['kind']>;

export function createExecute(options: ExecuteOptions): Execute {
  const { record, versions, secretStore, activeRuns, logger } = options;

  return async function execute(run) {
    const active = activeRuns.add({ runId: run.id, fence: run.fence, workerId: run.workerId });
    const startedAt = performance.now();
    try {
      const read = await retryOnOutage(async () => {
        const version = await versions.get(run.componentVersionId);
        return { version, secrets: await readCallSecrets(secretStore, run) };
      }, active.signal);
      const outcome = read ? await attempt(options, run, read, active) : GIVEN_BACK;
      const recorded = outcome === 'taken-away' ? null : await recordUntilStored(outcome);
      if (!recorded) {
        logger.warn(
          { runId: run.id, attempt: run.attempt },
          'the run was reassigned; the outcome of this attempt is discarded',
        );
        countAttempt('taken-away', undefined, startedAt);
        return 'taken-away';
      }
      countAttempt(recorded.kind, 'error' in recorded ? recorded.error.code : undefined, startedAt);
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

function countAttempt(outcome: string, code: string | undefined, startedAt: number): void {
  const { attempts, finished } = instruments();
  attempts.record((performance.now() - startedAt) / 1_000, { outcome });
  finished.add(1, code === undefined ? { outcome } : { outcome, error_code: code });
}

/** The outcome of an attempt that was not made. */
export const GIVEN_BACK = {
  kind: 'given-back',
  definite: false,
  request: null,
  resolvedBindings: null,
} as const satisfies AttemptOutcome;

const unstorable = ({ definite }: AttemptOutcome): AttemptOutcome => ({
  kind: 'failed',
  definite,
  request: null,
  resolvedBindings: null,
  error: runError('INTERNAL', 'The outcome of the attempt could not be stored.'),
  telemetry: null,
});
