import type { Interruption, JourneyClientError } from './errors.ts';
import type { Settings } from './options.ts';
import type { RefusalPolicy } from './refusal.ts';

/**
 * The reason why a WebSocket did not open. `isCertain` is true if the handshake itself reported the reason, and false
 * if it was inferred from an ordinary request to the same URL.
 */
export type HandshakeFailure = { error: JourneyClientError | Interruption; isCertain: boolean };

const EXPECTED = 'opening a WebSocket';
const PROBE_AT_MOST_MS = 10_000;

/**
 * Finds out why a handshake failed. The package ws reports the reason; browsers and Node do not. For those the client
 * sends an ordinary request to the same URL: no response means an outage, and a response identifies the server at
 * that URL.
 */
export async function explainHandshake(
  event: unknown,
  settings: Settings,
  refusals: RefusalPolicy,
): Promise<HandshakeFailure> {
  const { error } = event as { error?: Error & { code?: string } };
  const status = /Unexpected server response: (\d{3})/.exec(error?.message ?? '')?.[1];
  if (status) {
    const answer = { status: Number(status), contentType: null, redirectedTo: null };
    return { error: refusals.ofAnswer(answer, EXPECTED), isCertain: true };
  }
  if (error?.code) return { error: refusals.ofConnection(error), isCertain: true };
  try {
    const response = await settings.fetch(settings.httpUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: '{"query":"{ __typename }"}',
      signal: AbortSignal.timeout(PROBE_AT_MOST_MS),
    });
    await response.body?.cancel();
    const { ok, headers, redirected, url } = response;
    if (ok && !redirected && headers.get('content-type')?.includes('json'))
      return { error: refusals.withoutWebSocket(), isCertain: false };
    const redirectedTo = redirected ? url : null;
    const answer = { status: response.status, contentType: headers.get('content-type'), redirectedTo };
    return { error: refusals.ofAnswer(answer, EXPECTED), isCertain: false };
  } catch (cause) {
    return { error: refusals.ofConnection(cause), isCertain: true };
  }
}
