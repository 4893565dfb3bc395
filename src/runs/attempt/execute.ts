import { setTimeout as sleep } from 'node:timers/promises';
import type { Span } from '@opentelemetry/api';
import { retryOnOutage } from '../../async/retry-on-outage.ts';
import { withLogFields } from '../../log-fields.ts';
import { createFailureLog, type Logger } from '../../logger.ts';
import { isRejectedValue } from '../../postgres/outage.ts';
import { instruments } from '../../telemetry/instruments.ts';
import { failSpan, inSpan } from '../../telemetry/spans.ts';
import { type RunError, runError } from '../model/run-error.ts';
import type { ActiveRun, ActiveRuns } from './active-runs.ts';
import { type AttemptOptions, attempt } from './attempt.ts';
import { inAttemptSpan } from './attempt-span.ts';
import { readCallSecrets } from './call-secrets.ts';
import type { ClaimedRun } from './claim.ts';
import type { AttemptOutcome, RecordOutcome } from './record.ts';
import type { VersionCache } from './version-cache.ts';

export type ExecuteOptions = AttemptOptions & {
  record: RecordOutcome;
  versions: VersionCache;
  activeRuns: ActiveRuns;
  /** The queue of this process. */
  queue: string;
  logger: Logger;
};

/** Makes one attempt at a claimed run, calls `ended`, and records the outcome. Returns what happened to the run. */
export type Execute = (run: ClaimedRun, ended?: () => void) => Promise<Finished['kind']>;

export function createExecute(options: ExecuteOptions): Execute {
  const { record, versions, secretStore, activeRuns, logger, queue } = options;

  return (run, ended) =>
    withLogFields({ runId: run.id, attempt: run.attempt, workerId: run.workerId }, () =>
      inAttemptSpan(run, queue, (span) => execute(run, span, ended)),
    );

  async function execute(run: ClaimedRun, span: Span | null, ended?: () => void): ReturnType<Execute> {
    const active = activeRuns.add({ runId: run.id, fence: run.fence, workerId: run.workerId });
    const startedAt = performance.now();
    try {
      const read = await retryOnOutage(async () => {
        const version = await versions.get(run.componentVersionId);
        return { version, secrets: await readCallSecrets(secretStore, run) };
      }, active.signal);
      const outcome = read ? await attempt(options, run, read, active) : GIVEN_BACK;
      ended?.();
      const recorded =
        outcome === 'taken-away'
          ? null
          : await inSpan('record', {}, () => recordUntilStored(active, outcome));
      if (!recorded) logger.warn('the run was reassigned; the outcome of this attempt is discarded');
      report(recorded ?? { kind: 'taken-away' }, performance.now() - startedAt, span);
      return recorded?.kind ?? 'taken-away';
    } finally {
      activeRuns.remove(active);
    }
  }

  /**
   * Returns the recorded outcome, or null when the run belongs to another worker. During a database outage the
   * outcome waits; the guard on the lease rejects it if the run was taken meanwhile. An outcome that the database
   * can never store is replaced by one that fails the run.
   */
  async function recordUntilStored(
    active: ActiveRun,
    outcome: AttemptOutcome,
  ): Promise<AttemptOutcome | null> {
    const failures = createFailureLog('recording the outcome of an attempt', logger);
    for (let recorded = outcome; ; ) {
      try {
        const isRecorded = await record(active.token, recorded);
        failures.worked();
        return isRecorded ? recorded : null;
      } catch (error) {
        failures.failed(error);
        if (active.signal.reason === 'taken') return null;
        if (isRejectedValue(error)) recorded = unstorable(outcome);
        await sleep(RECORD_AGAIN_MS);
      }
    }
  }

  /** Reports a finished attempt in the metrics, its span and the log. */
  function report(outcome: Finished, ms: number, span: Span | null): void {
    const { kind, error } = outcome;
    instruments()?.attempts.record(ms / 1_000, { outcome: kind });
    instruments()?.finished.add(1, error ? { outcome: kind, error_code: error.code } : { outcome: kind });
    span?.setAttribute('journey.outcome', kind);
    if (error) failSpan(span, error.code);
    logger.debug({ outcome: kind, errorCode: error?.code, ms: Math.round(ms) }, 'attempt finished');
  }
}

type Finished = { kind: 'taken-away' | AttemptOutcome['kind']; error?: RunError };

const RECORD_AGAIN_MS = 500;

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
