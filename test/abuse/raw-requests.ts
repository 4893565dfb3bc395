import { FROM } from './greedy-client.ts';

export const HEAD = `POST /graphql HTTP/1.1\r\nHost: localhost\r\n${FROM}Content-Type: application/json\r\n`;
export const request = (body: string) => `${HEAD}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
export const upgrade = (path: string, more = '') =>
  `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${FROM}${more}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n`;
export const repeat = (count: number, part: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => part(n)).join(' ');
export const SMALL = '{"query":"{ __typename }"}';
