import type { JsonObject } from '../../json/json.ts';
import { parseStoredJson } from '../../json/parse.ts';
import type { RunnerAnswer, ScriptRunner } from '../../runner/script-runner.ts';
import { telemetryOf } from '../../runner/telemetry-of.ts';
import {
  type BuiltScriptRequest,
  buildScriptRequest,
  type JourneyScriptRequest,
} from '../../script-request/build.ts';
import { type AnswerMask, createAnswerMask } from '../../script-request/masking/answer-mask.ts';
import { maskResult } from '../../script-request/masking/mask-run.ts';
import { secretsOf } from '../../script-request/masking/secrets.ts';
import { decide } from '../model/retry-policy.ts';
import { canceled, type RunError, runError } from '../model/run-error.ts';
import { storedRequest } from '../model/stored-request.ts';
import type { RunTelemetry } from '../model/telemetry.ts';
import type { AbortReason, ActiveRun } from './active-runs.ts';
import type { ClaimedRun } from './claim.ts';
import type { Freeze } from './freeze.ts';
import type { Lease } from './lease.ts';
import type { AttemptOutcome } from './record.ts';
import type { ExecutableVersion } from './version-cache.ts';

export type AttemptOptions = {
  freeze: Freeze;
  runner: ScriptRunner;
  lease: Pick<Lease, 'isHeld'>;
  /** The timeout of an attempt whose component defines none. */
  runnerTimeoutSeconds: number;
  /** The service's own secrets (service-secrets.ts). */
  serviceSecrets: readonly string[];
};

/**
 * Makes one attempt at a claimed run: resolves its inputs, stores the request, calls the runner and decides what
 * follows. Returns the outcome to record, or nothing if the run was taken away.
 */
export async function attempt(
  options: AttemptOptions,
  run: ClaimedRun,
  version: ExecutableVersion,
  active: ActiveRun,
): Promise<AttemptOutcome | 'taken-away'> {
  const { freeze, runner, lease, runnerTimeoutSeconds, serviceSecrets } = options;
  const prepared = frozen(run) ?? prepare(run, version);
  const base = { definite: false, request: prepared.stored, resolvedBindings: prepared.bindings };
  const made: Made = { run, version, base };
  if (prepared.error) return afterFailure(made, prepared.error, null);

  if (runner.external && run.frozenRequest === null && !(await freeze(active.token, prepared.stored))) {
    return 'taken-away';
  }
  if (!lease.isHeld())
    return active.signal.reason === 'taken' ? 'taken-away' : { ...base, kind: 'given-back' };

  const mask = createAnswerMask(secretsOf(run.bindingSnapshot, serviceSecrets));
  const answer = await runner.run({
    runId: run.id,
    attempt: run.attempt,
    idempotencyKey: `${run.id}:${run.callKey}`,
    body: prepared.body,
    timeoutSeconds: version.timeoutSeconds ?? runnerTimeoutSeconds,
    signal: active.signal,
    mask: mask.text,
  });
  return settle({ ...made, mask }, runner.name, answer, active.signal.reason as AbortReason | undefined);
}

/** An attempt, and what is recorded of it with any outcome. */
type Made = {
  run: ClaimedRun;
  version: ExecutableVersion;
  base: Pick<AttemptOutcome, 'definite' | 'request' | 'resolvedBindings'>;
};

/** The request to send and the form in which it is stored: from an earlier call of unknown outcome, or built now. */
type Prepared = { body: string; stored: string; bindings: JsonObject; error: RunError | null };

/**
 * Returns the stored request of an earlier call whose outcome is unknown. The call is repeated with the same bytes,
 * even if the product or the payload has changed since.
 */
function frozen({ frozenRequest: body, sources }: ClaimedRun): Prepared | null {
  if (body === null) return null;
  const { bindings } = parseStoredJson(body) as JourneyScriptRequest;
  return { body, stored: storedRequest(body, sources), bindings, error: null };
}

function prepare(run: ClaimedRun, version: ExecutableVersion): Prepared {
  const { product, attachment } = run;
  const built = buildScriptRequest({ run, componentVersion: version, product, attachment });
  const body = JSON.stringify(built.request);
  return {
    body,
    stored: storedRequest(body, run.sources),
    bindings: built.request.bindings,
    error: inputsError(built),
  };
}

function inputsError({ missing, inputErrors, unchecked }: BuiltScriptRequest): RunError | null {
  if (missing.length > 0) {
    const message = `Required bindings found no value: ${missing.join(', ')}.`;
    return runError('BINDING_UNRESOLVED', message, { missing });
  }
  if (unchecked !== null) return runError('INPUT_UNCHECKED', unchecked);
  if (inputErrors.length > 0) {
    const message = "The inputs do not match the component's inputSchema.";
    return runError('INPUT_INVALID', message, { errors: inputErrors });
  }
  return null;
}

function settle(
  made: Made & { mask: AnswerMask },
  runner: string,
  answer: RunnerAnswer,
  aborted: AbortReason | undefined,
): AttemptOutcome | 'taken-away' {
  const { run, base, mask } = made;
  const bindingsCount = Object.keys(base.resolvedBindings ?? {}).length;
  const shown =
    answer.kind === 'result'
      ? { ...answer, result: maskResult(answer.result, runner, run.bindingSnapshot, mask) }
      : answer;
  const telemetry = telemetryOf({ runner, bindingsCount, mask }, shown);
  switch (shown.kind) {
    case 'result':
      return { ...base, kind: 'completed', definite: true, result: shown.result, telemetry };
    case 'failure': {
      const { error, definite, retryAfterSeconds } = shown;
      return afterFailure({ ...made, base: { ...base, definite } }, error, telemetry, retryAfterSeconds);
    }
    case 'aborted':
      if (aborted === 'taken') return 'taken-away';
      if (aborted === 'stop') return { ...base, kind: 'given-back' };
      return { ...base, kind: 'canceled', error: canceled(), telemetry };
  }
}

function afterFailure(
  { run, version, base }: Made,
  error: RunError,
  telemetry: RunTelemetry | null,
  retryAfterSeconds?: number,
): AttemptOutcome {
  const { maxAttempts, attempt, lostAttempts } = run;
  const policy = version.retryPolicy;
  const random = Math.random();
  const decision = decide({ policy, maxAttempts, attempt, lostAttempts, error, retryAfterSeconds, random });
  if (decision.kind === 'fail') return { ...base, kind: 'failed', error, telemetry };
  return { ...base, kind: 'retry', delaySeconds: decision.delaySeconds, error, telemetry };
}
