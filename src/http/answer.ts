import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Headers of every answer: nothing of it is guessed, framed, or kept by a cache, unless its route says otherwise. */
const HEADERS = Object.entries({
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  vary: 'Accept-Encoding',
});

export function setDefaultHeaders(res: ServerResponse): void {
  for (const [name, value] of HEADERS) res.setHeader(name, value);
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

/** A body that changes with a release alone. A browser asks each time whether it has changed. */
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

/** Compared weakly, as RFC 9110 (13.1.2) wants it for If-None-Match. */
function isKnown(known: string | undefined, etag: string): boolean {
  if (known === undefined) return false;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  return known.trim() === '*' || known.split(',').some((tag) => opaque(tag) === opaque(etag));
}

/** Lets a route answer HEAD as it answers GET. Node sends no body then, so an answer without an end ends at once. */
export function asGet(req: IncomingMessage, res: ServerResponse): void {
  req.method = 'GET';
  res.write = () => {
    res.end();
    return true;
  };
}
