import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { WebSocket } from 'ws';
import type { ApiProcess } from './api-process.ts';

/** The address of the attackers. */
const ADDRESS = '203.0.113.66';
export const FROM = `X-Forwarded-For: ${ADDRESS}\r\n`;

/** The codes with which the service may reject what an attack sends. */
const REJECTIONS = new Set(['BAD_REQUEST', 'RATE_LIMITED', 'NOT_FOUND']);

/** POSTs an operation; throws when the answer is an error of the service. */
export const post = (
  api: Pick<ApiProcess, 'url'>,
  query: string,
  variables: object = {},
  address = ADDRESS,
): Promise<string> => postBody(api, JSON.stringify({ query, variables }), address);

/** Likewise with a whole body. */
export async function postBody(
  api: Pick<ApiProcess, 'url'>,
  body: string,
  address = ADDRESS,
): Promise<string> {
  const response = await fetch(api.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    body,
  });
  const text = await response.text();
  if (response.status >= 500) throw new Error(`status ${response.status}: ${text.slice(0, 200)}`);
  for (const [, code] of text.matchAll(/"code":"([A-Z_]+)"/g))
    if (!REJECTIONS.has(code!)) throw new Error(`unexpected ${code}: ${text.slice(0, 200)}`);
  return text;
}

/** A connection whose errors are expected. */
export async function open(api: ApiProcess): Promise<Socket> {
  const socket = connect(api.port, '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

/** A WebSocket that has been acknowledged. */
export async function openSocket(api: ApiProcess): Promise<WebSocket> {
  const socket = new WebSocket(api.url.replace('http', 'ws'), 'graphql-transport-ws', {
    headers: { 'x-forwarded-for': ADDRESS },
  });
  socket.on('error', () => {});
  await once(socket, 'open');
  socket.send('{"type":"connection_init"}');
  await once(socket, 'message');
  return socket;
}

export const subscribe = (id: string, query: string, variables: object = {}): string =>
  JSON.stringify({ id, type: 'subscribe', payload: { query, variables } });
