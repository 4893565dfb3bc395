import type { IncomingMessage } from 'node:http';
import { forwardedProtocol } from './proxies.ts';

/** Whether the request comes from a page of another origin than the service's own and the listed ones. */
export function isForeign(req: Pick<IncomingMessage, 'headers'>, listed: ReadonlySet<string>): boolean {
  const { origin, host } = req.headers;
  if (origin === undefined || listed.has(origin.toLowerCase())) return false;
  const url = URL.parse(origin);
  if (!url || url.host !== host?.toLowerCase()) return true;
  const protocol = forwardedProtocol(req);
  return protocol !== null && url.protocol !== `${protocol}:`;
}

/** Whether a page of the service's own origin has sent the request, as its browser reports. */
export function isOwnPage({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  if (headers.origin !== undefined) return !isForeign({ headers }, new Set());
  return headers['sec-fetch-site'] === 'same-origin';
}

/**
 * Whether no page of a foreign origin can have sent the GET without a preflight, which fails for it. Such a page can
 * send plain GETs, for example as images. The request must have passed `isForeign`, because browsers add Origin.
 */
export function isIntended({ headers }: IncomingMessage): boolean {
  if (headers.origin !== undefined) return true;
  if (headers['sec-fetch-site'] === 'same-origin' || headers['sec-fetch-site'] === 'none') return true;
  if (PREFLIGHTED.some((name) => headers[name])) return true;
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  return type.trim() !== '' && !SIMPLE_TYPES.has(type.trim().toLowerCase());
}

/** Headers that a page can only send with a preflight, which clients of GraphQL set to pass such checks. */
const PREFLIGHTED = ['graphql-preflight', 'apollo-require-preflight', 'x-apollo-operation-name'];

const SIMPLE_TYPES = new Set(['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']);
