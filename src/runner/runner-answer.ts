import { STATUS_CODES } from 'node:http';
import { jsonMistakes } from '../json/json-limits.ts';
import { parseJson, RefusedJson } from '../json/parse.ts';
import { type RunErrorCode, runError } from '../runs/model/run-error.ts';
import { retryAfterSeconds } from './retry-after.ts';
import type { RunnerOutcome } from './script-runner.ts';

/** In bytes; reading stops there. */
export const MAX_RESULT_BYTES = 1024 * 1024;

/** What the script host answered, its body read as far as it is wanted. */
export type HttpAnswer = {
  status: number;
  headers: { contentEncoding?: string; retryAfter?: string };
  body: Buffer;
  /** Whether the body goes on beyond what was read. */
  cut: boolean;
};

/**
 * Judges an answer. Its status decides first, its body only where it is the result. `mask` hides the secrets in what a
 * message quotes of it.
 */
export function judgeAnswer(
  { status, headers, body, cut }: HttpAnswer,
  now: Date,
  mask: (text: string) => string,
): RunnerOutcome {
  const failure = (code: RunErrorCode, message: string): RunnerOutcome => ({
    kind: 'failure',
    error: runError(code, message, { httpStatus: status }),
    definite: !OUTCOME_UNKNOWN.has(status),
    retryAfterSeconds: retryAfterSeconds(headers.retryAfter, now),
    errorBody: {
      text: body.subarray(0, ERROR_BODY_BYTES).toString(),
      isCut: cut || body.length > ERROR_BODY_BYTES,
    },
  });
  const answered = `The script runner answered ${status} ${STATUS_CODES[status] ?? ''}`.trimEnd();
  const invalid = (why: string) => failure('RUNNER_INVALID_RESPONSE', `${answered}, but ${why}.`);

  if (status >= 300 && status < 400) return invalid('redirects are not followed; set the final URL');
  if (status >= 500 || TRY_AGAIN.has(status)) return failure('RUNNER_FAILED', `${answered}.`);
  if (status >= 400) return failure('RUNNER_REJECTED', `${answered}.`);
  const tooLarge = () =>
    failure('RESULT_TOO_LARGE', `The script runner's result is over ${MAX_RESULT_BYTES} bytes of JSON.`);
  if (cut) return tooLarge();
  if (status === 204) return { kind: 'result', result: null };
  const encoding = headers.contentEncoding?.trim().toLowerCase();
  if (encoding && encoding !== 'identity') {
    return invalid(`its body is compressed (${mask(encoding).slice(0, 40)}), which was not requested`);
  }
  return readResult(body, { invalid, tooLarge, mask });
}

/** What is kept of a failure's body: enough for previews, redacted before they are cut. */
export const ERROR_BODY_BYTES = 16 * 1024;

const TRY_AGAIN = new Set([408, 409, 425, 429]);
// 409: the first call of this key still runs. 502 and 504 are a gateway's words about a script that may have run.
const OUTCOME_UNKNOWN = new Set([409, 502, 504]);

type Reading = {
  invalid: (why: string) => RunnerOutcome;
  tooLarge: () => RunnerOutcome;
  mask: (text: string) => string;
};

function readResult(body: Buffer, { invalid, tooLarge, mask }: Reading): RunnerOutcome {
  /** Keys may hold secrets and what PostgreSQL cannot store, and so may the cut through a character. */
  const place = (path: string[]) =>
    path.length === 0
      ? ''
      : `at ${path.map(mask).join('.').slice(0, 200).replaceAll('\0', '\uFFFD').toWellFormed()} `;
  try {
    const result = parseJson(new TextDecoder('utf-8', { fatal: true }).decode(body));
    const [mistake] = jsonMistakes(result, MAX_RESULT_BYTES);
    if (mistake?.tooLarge) return tooLarge();
    if (mistake) return invalid(`its result ${place(mistake.path)}${mistake.message}`);
    return { kind: 'result', result };
  } catch (error) {
    if (error instanceof RefusedJson) return invalid(`its result ${place(error.path)}${error.problem}`);
    return invalid('its body is not JSON; respond with JSON, or with 204 and no body');
  }
}
