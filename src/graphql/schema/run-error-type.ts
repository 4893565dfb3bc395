import type { RunError, RunErrorCode } from '../../runs/model/run-error.ts';
import { builder } from './builder.ts';

export const RunErrorCodeType = builder.enumType('RunErrorCode', {
  description: 'The kind of error that ended an attempt.',
  values: {
    BINDING_UNRESOLVED: {
      value: 'BINDING_UNRESOLVED',
      description: 'A required binding found no value. The script runner was not called.',
    },
    INPUT_INVALID: {
      value: 'INPUT_INVALID',
      description:
        'The inputs do not match the inputSchema of the component. The script runner was not called.',
    },
    INPUT_UNCHECKED: {
      value: 'INPUT_UNCHECKED',
      description:
        'The inputs could not be checked, because the check would have taken too much work or the inputSchema cannot be used. The inputs may still be valid. The script runner was not called.',
    },
    SECRET_UNAVAILABLE: {
      value: 'SECRET_UNAVAILABLE',
      description:
        'A stored secret that the call sends cannot be decrypted, or was deleted since an earlier call of unknown outcome sent it. The script runner was not called.',
    },
    RUNNER_UNREACHABLE: {
      value: 'RUNNER_UNREACHABLE',
      description: 'The connection to the script runner failed.',
    },
    RUNNER_TIMEOUT: {
      value: 'RUNNER_TIMEOUT',
      description: 'The script runner did not respond within timeoutSeconds.',
    },
    RUNNER_REJECTED: {
      value: 'RUNNER_REJECTED',
      description:
        'The script runner rejected the request with a 4xx status other than 408, 409, 425 and 429. It is not retried.',
    },
    RUNNER_FAILED: {
      value: 'RUNNER_FAILED',
      description: 'The script runner responded with another error status.',
    },
    RUNNER_INVALID_RESPONSE: {
      value: 'RUNNER_INVALID_RESPONSE',
      description: 'The response of the script runner is not JSON that can be stored. It is not retried.',
    },
    RESULT_TOO_LARGE: {
      value: 'RESULT_TOO_LARGE',
      description: 'The result is larger than 1 MiB. It is not retried.',
    },
    WORKER_LOST: {
      value: 'WORKER_LOST',
      description: 'Three workers died or lost their lease while they executed the run.',
    },
    CANCELED: { value: 'CANCELED', description: 'The run was canceled on request.' },
    INTERNAL: { value: 'INTERNAL', description: 'The service itself failed. Its log has the details.' },
  } as const satisfies Record<RunErrorCode, object>,
});

export const RunErrorType = builder.objectRef<RunError>('RunError').implement({
  description: 'The error that ended an attempt.',
  fields: (t) => ({
    code: t.expose('code', { description: 'The kind of the error.', type: RunErrorCodeType }),
    message: t.exposeString('message', {
      description: 'A text about the error, for people. It contains no secrets.',
    }),
    detail: t.expose('detail', {
      type: 'JSONObject',
      nullable: true,
      description:
        'Details that depend on the code. BINDING_UNRESOLVED: {missing: [inputKey]}. INPUT_INVALID: {errors: [{path, message}]}. RUNNER_…: {httpStatus}. null for other codes.',
    }),
    retryable: t.exposeBoolean('retryable', {
      description: 'Whether this error may be retried while attempts remain.',
    }),
  }),
});
