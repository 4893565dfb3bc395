import { Webhook } from 'standardwebhooks';
import { Agent, type Dispatcher, errors, request } from 'undici';
import { type RunErrorCode, runError } from '../model/run-error.ts';
import { attemptLimit } from './attempt-limit.ts';
import { ERROR_BODY_BYTES, type HttpAnswer, judgeAnswer, MAX_RESULT_BYTES } from './http-answer.ts';
import type { RunnerCall, RunnerOutcome, ScriptRunner } from './script-runner.ts';

export type HttpRunnerOptions = {
  url: string;
  /** Sent as a bearer token. */
  apiKey?: string;
  /** Signs calls after Standard Webhooks; base64, with or without `whsec_`. */
  signingSecret?: string;
};

/** Calls the script host at `url` by POST. Throws where the options cannot work, without telling them. */
export function createHttpRunner({ url, apiKey, signingSecret }: HttpRunnerOptions): ScriptRunner {
  const target = httpUrl(url);
  if (apiKey !== undefined && !/^[\x21-\x7e]+$/.test(apiKey)) {
    throw new Error('the runner API key has characters that no header carries');
  }
  const webhook = signingSecret === undefined ? undefined : new Webhook(signingSecret);
  // The attempt's own limit covers all of it; undici's would end a slow answer early.
  const agent = new Agent({ headersTimeout: 0, bodyTimeout: 0, pipelining: 1, allowH2: false });

  async function post(call: RunnerCall, limit: ReturnType<typeof attemptLimit>): Promise<RunnerOutcome> {
    let answer: HttpAnswer;
    try {
      const response = await request(target, {
        dispatcher: agent,
        method: 'POST',
        headers: {
          ...headersOf(call),
          ...(apiKey && { authorization: `Bearer ${apiKey}` }),
          ...signature(call),
        },
        body: call.body,
        signal: limit.signal,
      });
      answer = await read(response);
    } catch (error) {
      if (limit.endedBy() === 'abort') return { kind: 'aborted' };
      if (limit.endedBy() === 'timeout') {
        return unknown('RUNNER_TIMEOUT', `The script runner did not answer within ${call.timeoutSeconds} s.`);
      }
      return brokenCall(error);
    }
    return judgeAnswer(answer, new Date(), call.mask);
  }

  function signature({ idempotencyKey, body }: RunnerCall): Record<string, string> {
    if (!webhook) return {};
    const now = new Date();
    return {
      'webhook-id': idempotencyKey,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
      'webhook-signature': webhook.sign(idempotencyKey, now, body),
    };
  }

  return {
    name: 'http',
    external: true,
    async run(call) {
      const startedAt = performance.now();
      const limit = attemptLimit(call.signal, call.timeoutSeconds);
      const outcome = limit.endedBy() ? ({ kind: 'aborted' } as const) : await post(call, limit);
      limit.clear();
      return { ...outcome, latencyMs: Math.round((performance.now() - startedAt) * 100) / 100 };
    },
    close: () => agent.destroy(),
  };
}

function httpUrl(text: string): URL {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol))
    throw new Error('the runner URL must begin with http:// or https://');
  return url;
}

const headersOf = ({ runId, attempt, idempotencyKey }: RunnerCall): Record<string, string> => ({
  'content-type': 'application/json',
  accept: 'application/json',
  'accept-encoding': 'identity',
  'user-agent': 'journey-runtime',
  'idempotency-key': idempotencyKey,
  'journey-run-id': runId,
  'journey-attempt': String(attempt),
});

/** Reads a result to its limit; of anything else only the start, and what came of it is enough if it breaks off. */
async function read({ statusCode, headers, body }: Dispatcher.ResponseData): Promise<HttpAnswer> {
  const isResult = statusCode >= 200 && statusCode < 300;
  const limit = isResult ? MAX_RESULT_BYTES : ERROR_BODY_BYTES;
  const chunks: Buffer[] = [];
  let bytes = 0;
  let isBroken = false;
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > limit) break;
    }
  } catch (error) {
    if (isResult) throw error;
    isBroken = true;
  }
  return {
    status: statusCode,
    headers: {
      contentEncoding: String(headers['content-encoding'] ?? ''),
      retryAfter: String(headers['retry-after'] ?? ''),
    },
    body: Buffer.concat(chunks),
    cut: isBroken || bytes > limit,
  };
}

function brokenCall(error: unknown): RunnerOutcome {
  const code = codeOf(error);
  if (code.startsWith('UND_ERR_INVALID')) return unknown('INTERNAL', `The call could not be made (${code}).`);
  if (error instanceof errors.HTTPParserError || /^UND_ERR_(HEADERS|RES)/.test(code)) {
    return unknown('RUNNER_INVALID_RESPONSE', "The script runner's answer is not HTTP.");
  }
  if (/^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/.test(code)) {
    return unknown(
      'RUNNER_UNREACHABLE',
      `The connection to the script runner broke before its answer was whole (${code}).`,
    );
  }
  return unknown('RUNNER_UNREACHABLE', `The script runner could not be reached (${code}).`);
}

const unknown = (code: RunErrorCode, message: string): RunnerOutcome => ({
  kind: 'failure',
  error: runError(code, message),
  definite: false,
});

/** A code alone is told: an error's message may hold the URL, and with it what should stay here. */
function codeOf(error: unknown): string {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
  const found = code ?? cause?.code;
  return typeof found === 'string' && /^[A-Z0-9_]+$/.test(found) ? found : 'unknown error';
}
