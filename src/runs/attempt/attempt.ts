import type { RunnerAnswer, ScriptRunner } from '../../runner/script-runner.ts';
import { telemetryOf } from '../../runner/telemetry-of.ts';
import type { Binding } from '../../script-request/bindings/binding-model.ts';
import type { AnswerMask, AnswerMaskOf } from '../../script-request/masking/answer-mask.ts';
import { maskResult } from '../../script-request/masking/mask-run.ts';
import { withSecretValues } from '../../script-request/masking/secrets.ts';
import { bodyWithValues } from '../../script-request/secret-marks.ts';
import type { EncryptedSecret } from '../../secrets/encryption.ts';
import type { SecretStore } from '../../secrets/secret-store.ts';
import { inSpan } from '../../telemetry/spans.ts';
import { decide } from '../model/retry-policy.ts';
import { canceled, type RunError } from '../model/run-error.ts';
import type { RunTelemetry } from '../model/telemetry.ts';
import type { AbortReason, ActiveRun } from './active-runs.ts';
import { callSecrets } from './call-secrets.ts';
import type { ClaimedRun } from './claim.ts';
import type { Freeze } from './freeze.ts';
import type { Lease } from './lease.ts';
import { prepareRequest } from './prepare-request.ts';
import type { AttemptOutcome } from './record.ts';
import type { ExecutableVersion } from './version-cache.ts';

export type AttemptOptions = {
  freeze: Freeze;
  runner: ScriptRunner;
  lease: Pick<Lease, 'isHeld'>;
  /** The timeout of an attempt whose component defines none. */
  runnerTimeoutSeconds: number;
  /** Masks the secrets of a run and of the service. */
  answerMaskOf: AnswerMaskOf;
  secretStore: SecretStore;
};

/**
 * Makes one attempt at a claimed run: resolves its inputs, stores the request, calls the runner and decides what
 * follows. Returns the outcome to record, or nothing if the run was taken away.
 */
export async function attempt(
  options: AttemptOptions,
  run: ClaimedRun,
  { version, secrets }: { version: ExecutableVersion; secrets: readonly EncryptedSecret[] },
  active: ActiveRun,
): Promise<AttemptOutcome | 'taken-away'> {
  const { freeze, runner, lease, runnerTimeoutSeconds, answerMaskOf, secretStore } = options;
  const prepared = await inSpan('resolve', {}, () => prepareRequest(run, version, secrets));
  const base = { definite: false, request: prepared.stored, resolvedBindings: prepared.bindings };
  const made: Made = { run, version, base };
  if (prepared.error) return afterFailure(made, prepared.error, null);
  const values = callSecrets(secretStore, secrets, run.frozenRequest);
  if ('code' in values) return afterFailure(made, values, null);

  if (runner.external && run.frozenRequest === null) {
    const isFrozen = await inSpan('freeze', {}, () => freeze(active.token, prepared.stored));
    if (!isFrozen) return 'taken-away';
  }
  if (!lease.isHeld())
    return active.signal.reason === 'taken' ? 'taken-away' : { ...base, kind: 'given-back' };

  const bindings = withSecretValues(run.bindingSnapshot, values.byName);
  const mask = answerMaskOf(bindings);
  const answer = await runner.run({
    runId: run.id,
    attempt: run.attempt,
    idempotencyKey: `${run.id}:${run.callKey}`,
    body: bodyWithValues(prepared.body, values.byId),
    timeoutSeconds: version.timeoutSeconds ?? runnerTimeoutSeconds,
    signal: active.signal,
    mask: mask.text,
  });
  return settle(
    { ...made, bindings, mask },
    runner.name,
    answer,
    active.signal.reason as AbortReason | undefined,
  );
}

/** An attempt, and what is recorded of it with any outcome. */
type Made = {
  run: ClaimedRun;
  version: ExecutableVersion;
  base: Pick<AttemptOutcome, 'definite' | 'request' | 'resolvedBindings'>;
};

function settle(
  made: Made & { bindings: readonly Binding[]; mask: AnswerMask },
  runner: string,
  answer: RunnerAnswer,
  aborted: AbortReason | undefined,
): AttemptOutcome | 'taken-away' {
  const { bindings, base, mask } = made;
  const bindingsCount = Object.keys(base.resolvedBindings ?? {}).length;
  const shown =
    answer.kind === 'result'
      ? { ...answer, result: maskResult(answer.result, runner, bindings, mask) }
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
