import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../../src/app/http-server.ts';
import type { Config } from '../../src/config/config.ts';
import { createLogger } from '../../src/logger.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { sendRaw } from '../support/raw-http.ts';
import { testConfig } from '../support/worker.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const BODY = '{"query":"{ __typename }"}';
const post = (headers: string) =>
  `POST /graphql HTTP/1.1\r\n${headers}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`;
const upgrade = (headers: string) =>
  `GET /graphql HTTP/1.1\r\n${headers}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`;

/** The status of the answer to a request. */
async function statusOf(url: string, request: string): Promise<number> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(request);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return Number(answer.toString('latin1', 9, 12));
}

/** Another server over the same services. */
async function withServer(config: Partial<Config>, use: (url: string) => Promise<void>): Promise<void> {
  const settings = testConfig({ port: 0, workerEnabled: false, ...config });
  const server = await startServer(settings, app.services, createLogger('silent'));
  try {
    await use(server.url);
  } finally {
    await server.stop();
  }
}

describe('the Host header', () => {
  it.each([
    'localhost',
    'localhost.',
    'LOCALHOST:4000',
    'shop.localhost',
    '127.0.0.1',
    '10.1.2.3',
    '[::1]:80',
  ])('may be %s', async (host) => {
    expect(await statusOf(app.url, post(`Host: ${host}`))).toBe(200);
    expect(await statusOf(app.url, upgrade(`Host: ${host}`))).toBe(101);
  });

  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', 'evil.example:4000'])(
    'that a page could give itself by DNS is rejected: %s',
    async (host) => {
      expect(await statusOf(app.url, post(`Host: ${host}\r\nOrigin: http://${host}`))).toBe(421);
      expect(await statusOf(app.url, upgrade(`Host: ${host}\r\nOrigin: http://${host}`))).toBe(421);
      const answer = await sendRaw(app.url, post(`Host: ${host}`));
      expect(answer).toContain('list it in JOURNEY_RUNTIME_HOSTS');
    },
  );

  it('may be one of the configured names, and no other', async () => {
    await withServer({ hosts: ['journeys.example'] }, async (url) => {
      expect(await statusOf(url, post('Host: Journeys.example:8443'))).toBe(200);
      expect(await statusOf(url, post('Host: localhost'))).toBe(200);
      expect(await statusOf(url, post('Host: x.journeys.example'))).toBe(421);
    });
  });
});

describe('behind a proxy', () => {
  const forwarded =
    'Host: 127.0.0.1\r\nX-Forwarded-Host: journeys.example\r\nX-Forwarded-Proto: https\r\nOrigin: ';

  it('that is trusted, its page and its host are those that the client sees', async () => {
    const config = { hosts: ['journeys.example'], trustedProxies: ['127.0.0.0/8'] };
    await withServer(config, async (url) => {
      expect(await statusOf(url, post(`${forwarded}https://journeys.example`))).toBe(200);
      expect(await statusOf(url, upgrade(`${forwarded}https://journeys.example`))).toBe(101);
      expect(await statusOf(url, post(`${forwarded}http://journeys.example`))).toBe(403);
      expect(await statusOf(url, post('Host: 127.0.0.1\r\nX-Forwarded-Host: evil.example'))).toBe(421);
      expect(await statusOf(url, post('Host: 127.0.0.1\r\nX-Forwarded-Host: a@b'))).toBe(400);
    });
  });

  it('that is not trusted, its headers count for nothing', async () => {
    await withServer({ hosts: ['journeys.example'], trustedProxies: ['10.0.0.0/8'] }, async (url) => {
      expect(await statusOf(url, post(`${forwarded}https://journeys.example`))).toBe(403);
      expect(await statusOf(url, post(`${forwarded}http://127.0.0.1`))).toBe(200);
    });
  });
});

describe('a GET', () => {
  const get = (headers: Record<string, string>, query = '{__typename}') =>
    fetch(`${app.url}?query=${encodeURIComponent(query)}`, { headers });

  it.each([
    [{}],
    [{ 'content-type': 'text/plain' }],
    [{ 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ 'graphql-preflight': '' }],
    [{ accept: 'text/event-stream' }],
  ])('that an image of a foreign page could send is rejected: %o', async (headers) => {
    const answer = await get(headers as Record<string, string>);
    expect(await answer.text()).toContain('GraphQL-Preflight: 1');
    if (!('accept' in headers)) expect(answer.status).toBe(400);
  });

  it('for a subscription that a foreign page could send opens no stream', async () => {
    const answer = await get({ accept: 'text/event-stream' }, 'subscription { runEvents { cursor } }');
    expect(await answer.text()).toContain('GraphQL-Preflight: 1');
  });

  it.each([
    [{ 'graphql-preflight': '1' }],
    [{ 'apollo-require-preflight': 'true' }],
    [{ 'x-apollo-operation-name': 'Products' }],
    [{ 'content-type': 'application/json' }],
    [{ 'sec-fetch-site': 'same-origin' }],
    [{ 'sec-fetch-site': 'none' }],
  ])('that needs a preflight or comes from the own origin is answered: %o', async (headers) => {
    const answer = await get(headers as Record<string, string>);
    expect(await answer.json()).toEqual({ data: { __typename: 'Query' } });
  });

  it('of a page of the own origin is answered, and of a foreign one not', async () => {
    const { origin } = new URL(app.url);
    expect((await get({ origin })).status).toBe(200);
    expect((await get({ origin: 'http://evil.example' })).status).toBe(403);
    expect((await get({ origin: 'null' })).status).toBe(403);
  });
});

it('a client that opens too many connections gets no more, and all the others theirs', async () => {
  const settings = testConfig({ port: 0, workerEnabled: false, trustedProxies: ['127.0.0.2'] });
  const limits = { all: 40, ofAddress: 20 };
  const server = await startServer(settings, app.services, createLogger('silent'), undefined, limits);
  const port = Number(new URL(server.url).port);
  const open = (localAddress: string) => connect({ port, host: '127.0.0.1', localAddress });
  const greedy = Array.from({ length: 21 }, () => open('127.0.0.1'));
  const closed = await Promise.race(greedy.map((socket, n) => once(socket, 'close').then(() => n)));
  expect(greedy.filter((socket) => socket.closed)).toEqual([greedy[closed]]);
  const calm = open('127.0.0.3');
  calm.write(post('Host: localhost'));
  expect(String((await once(calm, 'data'))[0])).toContain('200 OK');
  const behindProxy = Array.from({ length: 19 }, () => open('127.0.0.2'));
  await Promise.all(behindProxy.map((socket) => once(socket, 'connect')));
  greedy[closed === 0 ? 1 : 0]!.destroy();
  for (const socket of [...greedy, ...behindProxy, calm]) socket.destroy();
  await server.stop();
});
