import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { sendInTurn, sendRaw } from '../support/raw-http.ts';

let app: TestApp;
let origin: string;
beforeAll(async () => {
  app = await startTestApp();
  origin = new URL(app.url).origin;
});
afterAll(() => app.stop());

const BODY = '{"query":"{ __typename }"}';
const ANSWER = '{"data":{"__typename":"Query"}}';
const HTTP2 =
  'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABk\r\n';
const WEB_SOCKET =
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n';
/** Ends the connection, so that the answers are all that comes. */
const LAST = 'GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';
const post = (headers: string) =>
  `POST /graphql HTTP/1.1\r\nHost: localhost\r\n${headers}Content-Type: application/json\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`;

describe('a request that offers another protocol is answered over HTTP/1.1', () => {
  it.each([
    ['HTTP/2, as Java and curl offer it', HTTP2],
    ['HTTP/2 and names no settings', 'Connection: Upgrade\r\nUpgrade: h2c\r\n'],
    ['HTTP/2 or WebSocket', 'Connection: Upgrade\r\nUpgrade: h2c, websocket\r\n'],
    ['TLS', 'Connection: upgrade\r\nUpgrade: TLS/1.0\r\n'],
    ['a WebSocket with a POST', WEB_SOCKET],
  ])('%s', async (_, headers) => {
    const answers = await sendInTurn(origin, [post(headers), LAST]);
    expect(answers).toMatch(/^HTTP\/1\.1 200 /);
    expect(answers).toContain(ANSWER);
    expect(answers).toContain('"status":"alive"');
  });

  it('HTTP/2 with a GET of each route', async () => {
    for (const path of ['/livez', '/readyz', `/graphql?query=${encodeURIComponent('{__typename}')}`]) {
      const answer = await sendInTurn(origin, [
        `GET ${path} HTTP/1.1\r\nHost: localhost\r\nGraphQL-Preflight: 1\r\n${HTTP2}\r\n`,
        LAST,
      ]);
      expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    }
  });

  it('HTTP/2 with a body in chunks', async () => {
    const request = `POST /graphql HTTP/1.1\r\nHost: localhost\r\n${HTTP2}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${BODY.length.toString(16)}\r\n${BODY}\r\n0\r\n\r\n`;
    expect(await sendInTurn(origin, [request, LAST])).toContain(ANSWER);
  });

  it('a WebSocket over HTTP/1.0', async () => {
    const answer = await sendRaw(origin, `GET /livez HTTP/1.0\r\n${WEB_SOCKET}\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  });
});

describe('a WebSocket', () => {
  const get = (path: string, headers = '') =>
    `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${headers}${WEB_SOCKET.replace('websocket', 'WebSocket')}\r\n`;

  it('to another path is refused with the path that there is', async () => {
    const answer = await sendRaw(origin, get('/elsewhere'));
    expect(answer).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/);
    expect(answer).toContain('{"error":"Not found. WebSockets are served at /graphql."}');
  });

  it('of a page of another origin is refused with the reason', async () => {
    for (const foreign of ['http://elsewhere.example', 'null', 'x', 'http://x.elsewhere.example']) {
      const answer = await sendRaw(origin, get('/graphql', `Origin: ${foreign}\r\n`));
      expect(answer).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/);
      expect(answer).toContain('{"error":"A page of another origin cannot call the API');
    }
  });
});

const hasJava = spawnSync('java', ['-version']).status === 0;
const hasCurl = String(spawnSync('curl', ['--version']).stdout).includes('HTTP2');

it.skipIf(!hasJava)("Java's HttpClient gets its answers (skipped where there is no java)", async () => {
  const file = fileURLToPath(new URL('../support/HttpClientExample.java', import.meta.url));
  const { stdout } = await promisify(execFile)('java', [file, origin]);
  expect(stdout.trim().split('\n')).toEqual([
    `200 HTTP_1_1 ${ANSWER}`,
    '200 HTTP_1_1 {"status":"alive"}',
    `200 HTTP_1_1 ${ANSWER}`,
  ]);
});

it.skipIf(!hasCurl)(
  'curl --http2 gets its answer (skipped where there is no curl that speaks it)',
  async () => {
    const args = [
      '-s',
      '--noproxy',
      '*',
      '--http2',
      '-H',
      'content-type: application/json',
      '-d',
      BODY,
      app.url,
    ];
    expect((await promisify(execFile)('curl', args)).stdout).toBe(ANSWER);
  },
);
