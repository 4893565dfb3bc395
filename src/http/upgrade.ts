import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/**
 * Whether a request is handed over as a WebSocket. Any other upgrade is a mere offer, such as that of HTTP/2 by Java's
 * HttpClient or by `curl --http2`: the server ignores it and answers over HTTP/1.1 (RFC 9110, 7.8).
 */
export function isWebSocketUpgrade({ method, headers, httpVersion }: IncomingMessage): boolean {
  return method === 'GET' && httpVersion === '1.1' && headers.upgrade?.toLowerCase() === 'websocket';
}

/** Answers an upgrade with an error and closes its socket. */
export function refuseUpgrade(socket: Duplex, status: number, message: string): void {
  const body = `${JSON.stringify({ error: message })}\n`;
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
  ];
  // Ended alone, the socket would stay for as long as its client does.
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
