import type { RunErrorCode } from '../api/generated/graphql.ts';

/** The problem, in words that continue a sentence. */
export const ERROR_TEXTS: Record<RunErrorCode, string> = {
  BINDING_UNRESOLVED: 'an input got no value',
  INPUT_INVALID: 'the inputs do not fit the component',
  INPUT_UNCHECKED: 'the inputs could not be checked',
  SECRET_UNAVAILABLE: 'a secret could not be read',
  RUNNER_FAILED: 'the script host failed',
  RUNNER_REJECTED: 'the script host rejected the request',
  RUNNER_TIMEOUT: 'the script took too long',
  RUNNER_UNREACHABLE: 'the script host could not be reached',
  RUNNER_INVALID_RESPONSE: 'the script host sent no valid response',
  RESULT_TOO_LARGE: 'the result is too large',
  WORKER_LOST: 'its workers ended',
  CANCELED: 'it was canceled',
  INTERNAL: 'the service failed',
};

/** The way on after each error of a run. The message of the error says what happened. */
export const ERROR_ADVICE: Record<RunErrorCode, string> = {
  BINDING_UNRESOLVED:
    'Correct the path of the binding or the product it reads, then replay the run with the current bindings. If the value comes with the run, replay it with an edited payload.',
  INPUT_INVALID:
    'Correct the binding or the payload that fills the named inputs, then replay. If the schema is too strict, change the component and replay with its latest version.',
  INPUT_UNCHECKED:
    'Simplify the input schema of the component, or send smaller inputs, then replay with the latest version.',
  SECRET_UNAVAILABLE:
    'Store the secret that the binding names, or give the service the key that it was encrypted with, then retry the run.',
  RUNNER_FAILED:
    'Look into the log of the script host at the time of the attempt. Once the cause is fixed there, retry the run.',
  RUNNER_REJECTED:
    'The script host would reject the same request again. Correct the script or the inputs, then replay the run.',
  RUNNER_TIMEOUT:
    'Make the script faster, or give the component a longer timeout. The script may have done its work all the same: a retry of an attempt of unknown outcome carries the same Idempotency-Key.',
  RUNNER_UNREACHABLE:
    'Check that the script host is running and that JOURNEY_RUNTIME_RUNNER_URL names it, then retry the run.',
  RUNNER_INVALID_RESPONSE:
    'Correct the script so that it responds with JSON (docs/script-runner.md has the format), then replay the run.',
  RESULT_TOO_LARGE: 'Correct the script so that its result is at most 1 MiB, then replay the run.',
  WORKER_LOST:
    'Check the memory and the log of the workers: three of them ended while they executed this run. Retry it once they are stable.',
  CANCELED: 'Retry the run if it should be executed after all.',
  INTERNAL:
    'The log of the service has the details. Retry the run; if it fails again, report it with its id.',
};
