import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonObject } from '../json/json.ts';
import type { Logger } from '../logger.ts';
import { decide } from '../model/retry-policy.ts';
import { type RunError, runError } from '../model/run-error.ts';
import { buildScriptRequest, type JourneyScriptRequest } from '../model/script-request.ts';
import { maskSecrets, secretValues } from '../model/secrets.ts';
import { keptRequest } from '../model/shared-payload.ts';
import type { RunTelemetry } from '../model/telemetry.ts';
import type { RunJob } from '../queue/tasks.ts';
import type { RunnerAnswer, ScriptRunner } from '../runner/script-runner.ts';
import { telemetryOf } from '../runner/telemetry-of.ts';
import type { Claim, ClaimedRun } from '../runs/claim.ts';
import type { Freeze } from '../runs/freeze.ts';
import type { AttemptOutcome, RecordOutcome } from '../runs/record.ts';
import type { ExecutableVersion, VersionCache } from '../runs/version-cache.ts';
import type { AbortReason, InHand, RunInHand } from './in-hand.ts';
import type { Lease } from './lease.ts';

export type ExecuteOptions = {
  claim: Claim;
  freeze: Freeze;
  record: RecordOutcome;
  versions: VersionCache;
  runner: ScriptRunner;
  lease: Pick<Lease, 'workerId' | 'isHeld'>;
  inHand: InHand;
  logger: Logger;
  /** Of an attempt whose component says nothing else. */
  runnerTimeoutSeconds: number;
  /** Called after each write of events. */
  onChange: () => void;
};

/** One attempt at the run that a job wakes for: claim, resolve, run, decide, record. Says what became of it. */
export type Execute = (job: RunJob) => Promise<'not-claimed' | 'taken-away' | AttemptOutcome['kind']>;

export function createExecute(options: ExecuteOptions): Execute {
  const { claim, record, versions, lease, inHand, logger, onChange } = options;

  return async function execute(job) {
    const workerId = lease.workerId();
    const run = await claim(job, workerId);
    if (!run) return 'not-claimed';
    const held = inHand.add({ runId: run.id, fence: run.fence, workerId });
    onChange();
    try {
      const outcome = await attempt(options, run, await versions.get(run.componentVersionId), held);
      if (outcome === 'taken-away' || !(await recordSurely(outcome))) {
        logger.warn(
          { runId: run.id, attempt: run.attempt },
          'the run was taken away; its outcome is dropped',
        );
        return 'taken-away';
      }
      onChange();
      return outcome.kind;
    } finally {
      inHand.remove(held);
    }

    /** While the database is away the outcome waits: the lease's own guard refuses it once the run is someone else's. */
    async function recordSurely(outcome: AttemptOutcome): Promise<boolean> {
      for (;;) {
        try {
          return await record(held.hold, outcome);
        } catch (error) {
          logger.warn(
            { err: error, runId: job.runId },
            'an outcome could not be recorded yet; it is repeated',
          );
          if (held.signal.reason === 'taken') return false;
          await sleep(RECORD_AGAIN_MS);
        }
      }
    }
  };
}

const RECORD_AGAIN_MS = 500;

/** What is sent, and how that is kept: frozen by an earlier call of unknown outcome, or made now. */
type Prepared = { body: string; kept: string; bindings: JsonObject; error: RunError | null };

async function attempt(
  options: ExecuteOptions,
  run: ClaimedRun,
  version: ExecutableVersion,
  held: RunInHand,
): Promise<AttemptOutcome | 'taken-away'> {
  const { freeze, runner, lease } = options;
  const prepared = frozen(run) ?? prepare(run, version);
  const base = { definite: false, request: prepared.kept, resolvedBindings: prepared.bindings };
  if (prepared.error) return afterFailure({ run, version, base, error: prepared.error, telemetry: null });

  if (runner.external && run.requestCallKey !== run.callKey && !(await freeze(held.hold, prepared.kept))) {
    return 'taken-away';
  }
  if (!lease.isHeld()) return held.signal.reason === 'taken' ? 'taken-away' : { ...base, kind: 'given-back' };

  const answer = await runner.run({
    runId: run.id,
    attempt: run.attempt,
    idempotencyKey: `${run.id}:${run.callKey}`,
    body: prepared.body,
    timeoutSeconds: version.timeoutSeconds ?? options.runnerTimeoutSeconds,
    signal: held.signal,
  });
  return settle(run, version, runner.name, base, answer, held.signal.reason as AbortReason | undefined);
}

function settle(
  run: ClaimedRun,
  version: ExecutableVersion,
  runner: string,
  base: Pick<AttemptOutcome, 'definite' | 'request' | 'resolvedBindings'>,
  answer: RunnerAnswer,
  aborted: AbortReason | undefined,
): AttemptOutcome | 'taken-away' {
  const secrets = secretValues(run.bindingSnapshot);
  const bindingsCount = Object.keys(base.resolvedBindings ?? {}).length;
  const telemetry = telemetryOf({ runner, bindingsCount, secrets }, answer);
  switch (answer.kind) {
    case 'result':
      return {
        ...base,
        kind: 'completed',
        definite: true,
        result: maskSecrets(answer.result, secrets),
        telemetry,
      };
    case 'failure': {
      const { error, definite, retryAfterSeconds } = answer;
      return afterFailure({ run, version, base: { ...base, definite }, error, telemetry, retryAfterSeconds });
    }
    case 'aborted':
      if (aborted === 'taken') return 'taken-away';
      if (aborted === 'stop') return { ...base, kind: 'given-back' };
      return { ...base, kind: 'canceled', error: runError('CANCELED', 'Canceled on request.'), telemetry };
  }
}

function afterFailure(failed: {
  run: ClaimedRun;
  version: ExecutableVersion;
  base: Pick<AttemptOutcome, 'definite' | 'request' | 'resolvedBindings'>;
  error: RunError;
  telemetry: RunTelemetry | null;
  retryAfterSeconds?: number;
}): AttemptOutcome {
  const { run, version, base, error, telemetry, retryAfterSeconds } = failed;
  const { maxAttempts, attempt, lostAttempts } = run;
  const policy = version.retryPolicy;
  const random = Math.random();
  const decision = decide({ policy, maxAttempts, attempt, lostAttempts, error, retryAfterSeconds, random });
  if (decision.kind === 'fail') return { ...base, kind: 'failed', error, telemetry };
  return { ...base, kind: 'retry', delaySeconds: decision.delaySeconds, error, telemetry };
}

/** A call whose outcome is unknown is repeated with the same bytes, whatever product or payload would make of it now. */
function frozen(run: ClaimedRun): Prepared | null {
  if (run.request === null || run.requestCallKey !== run.callKey) return null;
  const { bindings } = JSON.parse(run.request) as JourneyScriptRequest;
  return { body: run.request, kept: keptRequest(run.request, run.shared), bindings, error: null };
}

function prepare(run: ClaimedRun, version: ExecutableVersion): Prepared {
  const { product, attachment } = run;
  const built = buildScriptRequest({ run, componentVersion: version, product, attachment });
  const body = JSON.stringify(built.request);
  return {
    body,
    kept: keptRequest(body, run.shared),
    bindings: built.request.bindings,
    error: inputsError(built),
  };
}

function inputsError({ missing, inputErrors }: ReturnType<typeof buildScriptRequest>): RunError | null {
  if (missing.length > 0) {
    const message = `Required bindings found nothing: ${missing.join(', ')}.`;
    return runError('BINDING_UNRESOLVED', message, { missing });
  }
  if (inputErrors.length > 0) {
    const message = "The inputs break the component's inputSchema.";
    return runError('INPUT_INVALID', message, { errors: inputErrors });
  }
  return null;
}
