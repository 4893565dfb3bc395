import { createHash } from 'node:crypto';
import {
  type IncomingMessage,
  type OutgoingHttpHeader,
  type OutgoingHttpHeaders,
  ServerResponse,
} from 'node:http';

/** Default headers of every response: no MIME sniffing, framing or caching. */
const HEADERS = {
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  vary: 'Accept-Encoding',
};

/**
 * A response with the default headers, which a route may override. They are added to the head when it is written,
 * because setting them one by one costs more than executing a small operation. Routes pass headers as an object.
 */
export class DefaultedResponse extends ServerResponse {
  override writeHead(status: number, ...rest: [(string | Head)?, Head?]): this {
    const given = typeof rest[0] === 'string' ? rest[1] : rest[0];
    const set = this.getHeaderNames().length > 0 ? this.getHeaders() : undefined;
    return super.writeHead(status, { ...HEADERS, ...set, ...given });
  }
}

type Head = OutgoingHttpHeaders | OutgoingHttpHeader[];

/** Adds a request header to those that the response depends on. */
export function addVary(res: ServerResponse, name: string): void {
  res.setHeader('vary', `${res.getHeader('vary') ?? HEADERS.vary}, ${name}`);
}

export function sendJson(
  res: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const text = `${JSON.stringify(body)}\n`;
  res.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  res.end(text);
}

/** A body that changes only with a release. Browsers revalidate it at each request. */
export type Page = { body: string | Buffer; etag: string; headers: Record<string, string> };

export function pageOf(body: string, headers: Record<string, string>): Page {
  const etag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  return { body, etag, headers };
}

export function sendPage(req: IncomingMessage, res: ServerResponse, { body, etag, headers }: Page): void {
  res.setHeader('cache-control', 'no-cache');
  res.setHeader('etag', etag);
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  if (isKnown(req.headers['if-none-match'], etag)) {
    res.writeHead(304).end();
    return;
  }
  res.writeHead(200, { 'content-length': Buffer.byteLength(body) }).end(body);
}

/**
 * Whether the client has this version already. The comparison is weak, as RFC 9110 (13.1.2) requires for
 * If-None-Match.
 */
function isKnown(known: string | undefined, etag: string): boolean {
  if (known === undefined) return false;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  return known.trim() === '*' || known.split(',').some((tag) => opaque(tag) === opaque(etag));
}

/**
 * Lets a route respond to HEAD as it does to GET. Node sends no body then, so an endless response ends at its first
 * write.
 */
export function asGet(req: IncomingMessage, res: ServerResponse): void {
  req.method = 'GET';
  res.write = () => {
    res.end();
    return true;
  };
}
