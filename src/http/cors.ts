import type { IncomingMessage, ServerResponse } from 'node:http';
import { addVary, sendJson } from './answer.ts';

/** How long a browser caches a preflight, in seconds. */
const REMEMBERED = 7_200;

/**
 * Lets pages of the given origins read responses. Returns true when it has sent the response itself, as for
 * preflights, after it has called `onRejection` for one of another origin. Sessions are for the service's own pages, so credentials are not allowed.
 */
export function allowOrigins(origins: ReadonlySet<string>) {
  return (req: IncomingMessage, res: ServerResponse, onRejection: () => void): boolean => {
    const { origin } = req.headers;
    if (origins.size > 0) addVary(res, 'Origin');
    const isAllowed = origin !== undefined && origins.has(origin.toLowerCase());
    if (isAllowed) {
      res.setHeader('access-control-allow-origin', origin);
      res.setHeader('access-control-expose-headers', 'Retry-After');
    }
    const method = req.headers['access-control-request-method'];
    if (req.method !== 'OPTIONS' || method === undefined || origin === undefined) return false;
    if (!isAllowed) {
      onRejection();
      const error = 'Pages of this origin are not allowed; list it in JOURNEY_RUNTIME_CORS_ORIGINS.';
      sendJson(res, 403, { error });
      return true;
    }
    res.setHeader('access-control-allow-methods', 'GET, HEAD, POST');
    res.setHeader(
      'access-control-allow-headers',
      req.headers['access-control-request-headers'] ?? 'content-type',
    );
    res.setHeader('access-control-max-age', REMEMBERED);
    addVary(res, 'Access-Control-Request-Headers');
    res.writeHead(204).end();
    return true;
  };
}
