import type { RunErrorCode } from '../model/run-error.ts';
import { builder } from './builder.ts';

export const RunErrorCodeType = builder.enumType('RunErrorCode', {
  description: 'Why an attempt failed, in one word.',
  values: {
    BINDING_UNRESOLVED: { value: 'BINDING_UNRESOLVED', description: 'A required binding found nothing.' },
    INPUT_INVALID: { value: 'INPUT_INVALID', description: "The inputs break the component's inputSchema." },
    INPUT_UNCHECKED: {
      value: 'INPUT_UNCHECKED',
      description:
        'The inputs could not be checked by the inputSchema, which says nothing about them: the check took too much work, or the schema cannot be used. The runner was not called.',
    },
    RUNNER_UNREACHABLE: {
      value: 'RUNNER_UNREACHABLE',
      description: 'The script runner could not be reached.',
    },
    RUNNER_TIMEOUT: { value: 'RUNNER_TIMEOUT', description: 'The script runner did not answer in time.' },
    RUNNER_REJECTED: {
      value: 'RUNNER_REJECTED',
      description: 'The script runner refused the request (a 4xx other than 408, 409, 425 and 429).',
    },
    RUNNER_FAILED: { value: 'RUNNER_FAILED', description: 'The script runner answered with another error.' },
    RUNNER_INVALID_RESPONSE: {
      value: 'RUNNER_INVALID_RESPONSE',
      description: 'The answer of the script runner is not JSON that can be stored.',
    },
    RESULT_TOO_LARGE: { value: 'RESULT_TOO_LARGE', description: 'The result is larger than 1 MiB.' },
    WORKER_LOST: { value: 'WORKER_LOST', description: 'The run lost three workers.' },
    CANCELED: { value: 'CANCELED', description: 'The run was canceled on request.' },
    INTERNAL: { value: 'INTERNAL', description: 'An error of the service itself; its log says more.' },
  } as const satisfies Record<RunErrorCode, object>,
});
