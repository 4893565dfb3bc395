import type { IncomingMessage } from 'node:http';
import type { Proxies } from './proxies.ts';

/** An error response to a request that is rejected before routing. */
export type Rejection = { status: number; message: string };

/**
 * Rewrites the request's target to the origin form that routes expect, because a server must also accept the absolute
 * form (RFC 9112, 3.2.2), and applies what trusted proxies forward. Returns the error response when the request is rejected, else null.
 */
export function prepareRequest(
  req: IncomingMessage,
  proxies: Proxies,
  isHostAllowed: (host: string | undefined) => boolean,
): Rejection | null {
  if (countOf('host', req.rawHeaders) > 1)
    return { status: 400, message: 'The request has several Host headers; send one.' };
  const coding = req.headers['transfer-encoding'];
  if (coding !== undefined && coding.toLowerCase() !== 'chunked')
    return { status: 501, message: 'The only transfer coding that is supported is chunked.' };
  const absolute = ABSOLUTE_FORM.exec(req.url ?? '');
  if (absolute) {
    const [, authority = '', rest = ''] = absolute;
    req.headers.host = authority;
    req.url = rest.startsWith('/') ? rest : `/${rest}`;
  }
  proxies.apply(req);
  // Libraries behind the routes build a URL from the Host header, and respond with a stack trace when that fails.
  if (!isHost(req.headers.host)) return { status: 400, message: 'The Host header is not a valid host.' };
  if (!isHostAllowed(req.headers.host))
    return {
      status: 421,
      message: 'This service is not known by the name in the Host header; list it in JOURNEY_RUNTIME_HOSTS.',
    };
  return null;
}

/** The target's path, without its query. */
export const pathOf = (req: IncomingMessage): string => req.url?.split('?', 1)[0] ?? '';

const ABSOLUTE_FORM = /^https?:\/\/([^/?#]*)(.*)$/i;

/** An HTTP/1.0 request may omit the Host header. */
function isHost(host: string | undefined): boolean {
  return host === undefined || (!/[@/?#\\]/.test(host) && URL.canParse(`http://${host}`));
}

function countOf(name: string, rawHeaders: readonly string[]): number {
  let count = 0;
  for (let at = 0; at < rawHeaders.length; at += 2)
    if (rawHeaders[at]!.length === name.length && rawHeaders[at]!.toLowerCase() === name) count += 1;
  return count;
}

/** An X-Request-Id, which the client or a proxy gave; null without one, and for one that a log cannot show. */
export const requestIdOf = (value: unknown): string | null =>
  typeof value === 'string' && /^[\x21-\x7e]{1,128}$/.test(value) ? value : null;
