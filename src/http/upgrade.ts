import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/**
 * Whether a request is a WebSocket upgrade. Any other upgrade is only an offer, such as HTTP/2 from Java's HttpClient
 * or from `curl --http2`: the server ignores it and responds over HTTP/1.1 (RFC 9110, 7.8).
 */
export function isWebSocketUpgrade({ method, headers, httpVersion }: IncomingMessage): boolean {
  return method === 'GET' && httpVersion === '1.1' && headers.upgrade?.toLowerCase() === 'websocket';
}

/** Responds to an upgrade request with an error and closes its socket. */
export function rejectUpgrade(socket: Duplex, status: number, message: string): void {
  const body = `${JSON.stringify({ error: message })}\n`;
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
  ];
  // Without `destroy`, the socket would stay open until the client closes it.
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
