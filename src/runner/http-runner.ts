import { type Span, SpanKind } from '@opentelemetry/api';
import { databaseNow } from '../postgres/clock.ts';
import { type RunErrorCode, runError } from '../runs/model/run-error.ts';
import { instruments } from '../telemetry/instruments.ts';
import { activeTraceparent, failSpan, inSpan } from '../telemetry/spans.ts';
import { createHttpCaller, type ProxyEnv } from './http-call.ts';
import { type HttpAnswer, validateAnswer } from './runner-answer.ts';
import type { RunnerCall, RunnerOutcome, ScriptRunner } from './script-runner.ts';
import { createSigner } from './signature.ts';

export type HttpRunnerOptions = {
  /** The script host's URL. Credentials in it are sent as Basic authorization. */
  url: string;
  /** Sent as a bearer token. */
  apiKey?: string;
  /** Each signs calls as Standard Webhooks specifies. */
  signingSecrets?: readonly string[];
  proxyEnv?: ProxyEnv;
};

/**
 * Creates a runner that calls the script host at `url` by POST.
 * @throws Error when the options cannot work; the message does not quote them.
 */
export function createHttpRunner({
  url,
  apiKey,
  signingSecrets = [],
  proxyEnv,
}: HttpRunnerOptions): ScriptRunner {
  const target = httpUrl(url);
  if (apiKey !== undefined && (target.username || target.password)) {
    throw new Error('the runner URL has credentials beside an API key; set one of them');
  }
  if (apiKey !== undefined && !/^[\x21-\x7e]+$/.test(apiKey)) {
    throw new Error('the runner API key has characters that a header cannot carry');
  }
  const sign = signingSecrets.length > 0 ? createSigner(signingSecrets) : null;
  const caller = createHttpCaller(target, proxyEnv);
  const attributes = { 'http.request.method': 'POST', 'server.address': target.host };

  async function post(call: RunnerCall, span: Span | null): Promise<RunnerOutcome> {
    const traceparent = activeTraceparent();
    // AbortSignal.timeout would keep its timer and signals until the timeout, long after most calls have ended.
    const timeout = new AbortController();
    const timeoutMs = Math.min(Math.ceil(call.timeoutSeconds * 1_000), LONGEST_TIMER_MS);
    const timer = setTimeout(() => timeout.abort(), timeoutMs);
    const signal = AbortSignal.any([call.signal, timeout.signal]);
    let answer: HttpAnswer;
    try {
      answer = await caller.post({
        headers: {
          ...headersOf(call),
          ...(traceparent !== null && { traceparent }),
          ...(apiKey && { authorization: `Bearer ${apiKey}` }),
          ...signature(call),
        },
        body: call.body,
        signal,
      });
    } catch (error) {
      if (!signal.aborted) return brokenCall(error);
      // `signal.reason` is the reason of the signal that was aborted first.
      if (signal.reason !== timeout.signal.reason) return { kind: 'aborted' };
      return unknown('RUNNER_TIMEOUT', `The script host did not respond within ${call.timeoutSeconds} s.`);
    } finally {
      clearTimeout(timer);
    }
    span?.setAttribute('http.response.status_code', answer.status);
    return validateAnswer(answer, new Date(databaseNow()), call.mask);
  }

  function signature({ idempotencyKey, body }: RunnerCall): Record<string, string> {
    if (!sign) return {};
    const timestamp = Math.floor(databaseNow() / 1_000);
    return {
      'webhook-id': idempotencyKey,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': sign(idempotencyKey, timestamp, body),
    };
  }

  return {
    name: 'http',
    external: true,
    run: (call) =>
      inSpan('POST', { kind: SpanKind.CLIENT, attributes }, async (span) => {
        const startedAt = performance.now();
        const outcome = call.signal.aborted ? ({ kind: 'aborted' } as const) : await post(call, span);
        const ms = performance.now() - startedAt;
        if (outcome.kind === 'failure') failSpan(span, outcome.error.code);
        instruments()?.runnerCalls.record(ms / 1_000, {
          server_address: target.host,
          outcome: outcome.kind === 'failure' ? outcome.error.code : outcome.kind,
        });
        return { ...outcome, latencyMs: Math.round(ms * 100) / 100 };
      }),
    async close() {
      caller.close();
    },
  };
}

// A longer timer would fire at once.
const LONGEST_TIMER_MS = 2 ** 31 - 1;

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

function brokenCall(error: unknown): RunnerOutcome {
  const code = codeOf(error);
  if (code.startsWith('ERR_INVALID')) return unknown('INTERNAL', `The call could not be made (${code}).`);
  if (code.startsWith('HPE_')) {
    return unknown('RUNNER_INVALID_RESPONSE', 'The response of the script host is not valid HTTP.');
  }
  if (/^(ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE)$/.test(code)) {
    return unknown(
      'RUNNER_UNREACHABLE',
      `The connection to the script host was lost before the response was complete (${code}).`,
    );
  }
  return unknown('RUNNER_UNREACHABLE', `The script host could not be reached (${code}).`);
}

const unknown = (code: RunErrorCode, message: string): RunnerOutcome => ({
  kind: 'failure',
  error: runError(code, message),
  definite: false,
});

/** Only the error's code is reported: its message may contain the URL, and with it secrets. */
function codeOf(error: unknown): string {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
  const found = code ?? cause?.code;
  return typeof found === 'string' && /^[A-Z0-9_]+$/.test(found) ? found : 'unknown error';
}
