import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type RawData, WebSocket } from 'ws';
import { type Server, startServer } from '../../src/app/http-server.ts';
import { startServices } from '../../src/app/services.ts';
import { loadConfig } from '../../src/config/config.ts';
import { StartupError } from '../../src/errors.ts';
import { createLogger } from '../../src/logger.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const config = loadConfig({ PORT: '0', JOURNEY_RUNTIME_WORKER_ENABLED: 'false' });
const logger = createLogger('silent');
const STOP_LIMIT_MS = 5_000;

let database: TestDatabase;
let services: Awaited<ReturnType<typeof startServices>>;
let server: Server;
beforeAll(async () => {
  database = await createTestDatabase();
  services = await startServices(config, database, logger);
});
afterAll(async () => {
  await services.stop();
  await database.drop();
});
beforeEach(async () => {
  server = await startServer(config, services, logger);
});
afterEach(() => server.stop());

test('what has no route is told the ones that there are', async () => {
  const response = await fetch(`${server.url}/constructor`);
  expect(response.status).toBe(404);
  expect(await response.json()).toEqual({
    error: 'Not found.',
    paths: [
      '/graphql',
      '/export/runs.ndjson',
      '/export/runs.csv',
      '/schema.graphql',
      '/livez',
      '/readyz',
      '/auth/session',
      '/auth/sign-out',
      '/auth/sign-in',
      '/auth/callback',
    ],
  });
});

test("a request's id is in its answer, also of a failure, unless a log could not show it", async () => {
  const idOf = async (path: string, id: string) =>
    (await fetch(`${server.url}${path}`, { headers: { 'x-request-id': id } })).headers.get('x-request-id');
  expect(await idOf('/livez', 'checkout-1/a')).toBe('checkout-1/a');
  expect(await idOf('/nowhere', 'checkout-2')).toBe('checkout-2');
  expect(await idOf('/livez', 'x'.repeat(129))).toBeNull();
  expect(await idOf('/livez', 'two words')).toBeNull();
  expect((await fetch(`${server.url}/livez`)).headers.get('x-request-id')).toBeNull();
});

test('a Host that is none is refused, and nothing of the inside told', async () => {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.end('GET /graphql HTTP/1.1\r\nHost: [::bad\r\nConnection: close\r\n\r\n');
  const answer = await text(socket);
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(answer).toMatch(/\{"error":"The Host header is not a valid host\."\}/);
});

test('a WebSocket elsewhere than at /graphql is refused', async () => {
  const socket = new WebSocket(`${server.url}/elsewhere`);
  const [error] = await once(socket, 'error');
  expect(error.message).toContain('404');
});

test('a second server on the same port is a startup error that names the fix', async () => {
  const port = Number(new URL(server.url).port);
  const second = startServer({ ...config, port }, services, logger);
  await expect(second).rejects.toThrow(StartupError);
  await expect(second).rejects.toThrow(/EADDRINUSE.*set PORT to another port/);
});

test('a stop ends subscriptions, idle connections and requests that never end, in time', async () => {
  const stream = await fetch(`${server.url}/graphql?query=${encodeURIComponent(SUBSCRIPTION)}`, {
    headers: { accept: 'text/event-stream', 'graphql-preflight': '1' },
  });
  expect(stream.status).toBe(200);
  const socket = await subscribeByWebSocket();
  const closed = once(socket, 'close');
  const halfRequest = connect(Number(new URL(server.url).port), '127.0.0.1');
  halfRequest.on('error', () => {});
  halfRequest.write('POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{');
  await fetch(`${server.url}/livez`);

  const begun = performance.now();
  await server.stop();
  expect(performance.now() - begun).toBeLessThan(STOP_LIMIT_MS);
  await closed;
  await stream.text().catch(() => {});
  await expect(fetch(`${server.url}/livez`)).rejects.toThrow();
  server = await startServer(config, services, logger);
});

const SUBSCRIPTION = 'subscription { runEvents { cursor } }';

async function subscribeByWebSocket(): Promise<WebSocket> {
  const socket = new WebSocket(`${server.url}/graphql`, 'graphql-transport-ws');
  await once(socket, 'open');
  socket.send('{"type":"connection_init"}');
  const [message]: RawData[] = await once(socket, 'message');
  expect(JSON.parse(String(message))).toMatchObject({ type: 'connection_ack' });
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: SUBSCRIPTION } }));
  return socket;
}
