import { STATUS_CODES } from 'node:http';
import { jsonMistakes } from '../json/json-limits.ts';
import { parseJson, RejectedJson } from '../json/parse.ts';
import { type RunErrorCode, runError } from '../runs/model/run-error.ts';
import { retryAfterSeconds } from './retry-after.ts';
import type { RunnerOutcome } from './script-runner.ts';

/** The largest result, in bytes. Reading stops there. */
export const MAX_RESULT_BYTES = 1024 * 1024;
/** The most values and keys of a result: in 1 MiB, only numbers with exponents and very short keys with escapes reach this. */
const MAX_RESULT_WORK = 2_000_000;

/** The script host's HTTP response. Its body is read only up to a limit. */
export type HttpAnswer = {
  status: number;
  headers: { contentEncoding?: string; retryAfter?: string };
  body: Buffer;
  /** Whether the body continues beyond the part that was read. */
  cut: boolean;
};

/**
 * Determines the outcome of a call from its response. The status decides first; the body is parsed only when it is
 * the result. `mask` hides secrets in the parts of the response that a message quotes.
 */
export function validateAnswer(
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
  const answered = `The script host answered ${status} ${STATUS_CODES[status] ?? ''}`.trimEnd();
  const invalid = (why: string) => failure('RUNNER_INVALID_RESPONSE', `${answered}, but ${why}.`);

  if (status >= 300 && status < 400) return invalid('redirects are not followed; set the final URL');
  if (status >= 500 || TRY_AGAIN.has(status)) return failure('RUNNER_FAILED', `${answered}.`);
  if (status >= 400) return failure('RUNNER_REJECTED', `${answered}.`);
  const tooLarge = () =>
    failure('RESULT_TOO_LARGE', `The script host's result is over ${MAX_RESULT_BYTES} bytes of JSON.`);
  if (cut) return tooLarge();
  if (status === 204) return { kind: 'result', result: null };
  const encoding = headers.contentEncoding?.trim().toLowerCase();
  if (encoding && encoding !== 'identity') {
    return invalid(`its body is compressed (${mask(encoding).slice(0, 40)}), which was not requested`);
  }
  return readResult(body, { invalid, tooLarge, mask });
}

/**
 * The bytes of a failure's body that are stored for previews. A preview shows less, because it is redacted before it
 * is cut.
 */
export const ERROR_BODY_BYTES = 16 * 1024;

const TRY_AGAIN = new Set([408, 409, 425, 429]);
// 409: the first call with this key is still running. 502 and 504 come from a gateway, and the script may have run.
const OUTCOME_UNKNOWN = new Set([409, 502, 504]);

type Reading = {
  invalid: (why: string) => RunnerOutcome;
  tooLarge: () => RunnerOutcome;
  mask: (text: string) => string;
};

function readResult(body: Buffer, { invalid, tooLarge, mask }: Reading): RunnerOutcome {
  /** Keys may contain secrets and characters that PostgreSQL cannot store, and the cut may split a character. */
  const place = (path: string[]) =>
    path.length === 0
      ? ''
      : `at ${path.map(mask).join('.').slice(0, 200).replaceAll('\0', '\uFFFD').toWellFormed()} `;
  try {
    const result = parseJson(new TextDecoder('utf-8', { fatal: true }).decode(body), MAX_RESULT_WORK);
    const [mistake] = jsonMistakes(result, MAX_RESULT_BYTES);
    if (mistake?.tooLarge) return tooLarge();
    if (mistake) return invalid(`its result ${place(mistake.path)}${mistake.message}`);
    return { kind: 'result', result };
  } catch (error) {
    if (error instanceof RejectedJson) return invalid(`its result ${place(error.path)}${error.problem}`);
    return invalid('its body is not JSON; respond with JSON, or with 204 and no body');
  }
}
