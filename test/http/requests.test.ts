import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startServer } from '../../src/app/http-server.ts';
import { printApi } from '../../src/graphql/schema/print-api.ts';
import { createLogger } from '../../src/logger.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { sendRaw } from '../support/raw-http.ts';
import { testConfig } from '../support/worker.ts';

const FRIEND = 'https://admin.example';

let app: TestApp;
let origin: string;
beforeAll(async () => {
  app = await startTestApp({ corsOrigins: [FRIEND], hosts: ['x', 'x.example'] });
  origin = new URL(app.url).origin;
});
afterAll(() => app.stop());

const QUERY = '{"query":"{ __typename }"}';
const ANSWER = '{"data":{"__typename":"Query"}}';
const LARGE = '/graphql?query={__schema{types{name,description}}}';
const close = 'Connection: close\r\n';
const post = (target: string, headers = 'Host: localhost\r\n') =>
  `POST ${target} HTTP/1.1\r\n${headers}${close}Content-Type: application/json\r\nContent-Length: ${QUERY.length}\r\n\r\n${QUERY}`;
const get = (target: string, headers = '', method = 'GET') =>
  `${method} ${target} HTTP/1.1\r\nHost: localhost\r\nGraphQL-Preflight: 1\r\n${close}${headers}\r\n`;

describe('the target of a request', () => {
  it.each([
    'http://x/graphql',
    'http://x:80/graphql',
    'HTTP://X.example/graphql',
    'https://x/graphql',
    'http://[::1]:4000/graphql?a=b',
  ])('may be %s', async (target) => {
    expect(await sendRaw(origin, post(target))).toContain(ANSWER);
  });

  it.each(['http:///graphql', 'http://user@x/graphql', 'http://[::bad/graphql', 'http://x:99999/graphql'])(
    'is refused as %s',
    async (target) => expect(await sendRaw(origin, post(target))).toMatch(/^HTTP\/1\.1 400 /),
  );

  it('of a WebSocket may be absolute', async () => {
    const handshake =
      'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n';
    const socket = connect(Number(new URL(origin).port), '127.0.0.1');
    socket.write(`GET http://x/graphql HTTP/1.1\r\nHost: localhost\r\n${handshake}\r\n`);
    expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 101 /);
    socket.destroy();
  });

  it('may be an asterisk for OPTIONS', async () => {
    expect(await sendRaw(origin, get('*', '', 'OPTIONS'))).toMatch(
      /^HTTP\/1\.1 204 [\s\S]*allow: GET, HEAD, POST/,
    );
  });
});

describe('a request is refused', () => {
  it.each([
    ['with two hosts', 'Host: localhost\r\nHost: y\r\n', 400],
    ['with one host twice', 'Host: localhost\r\nhOsT: x\r\n', 400],
    ['without a host', '', 400],
    ['with an empty host', 'Host:\r\n', 400],
    ['with a host that is a URL', 'Host: http://x/\r\n', 400],
    ['with a user in its host', 'Host: a@x\r\n', 400],
    ['with an unknown expectation', 'Host: localhost\r\nExpect: more\r\n', 417],
  ])('%s', async (_, headers, status) => {
    expect(await sendRaw(origin, post('/graphql', headers))).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });

  it.each(['gzip, chunked', 'deflate, chunked', 'GZIP , Chunked'])(
    'with the transfer coding %s',
    async (coding) => {
      const body = `${QUERY.length.toString(16)}\r\n${QUERY}\r\n0\r\n\r\n`;
      const request = `POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: ${coding}\r\n\r\n${body}`;
      expect(await sendRaw(origin, request)).toMatch(/^HTTP\/1\.1 501 [\s\S]*transfer coding/);
      expect(
        await sendRaw(origin, request.replace(coding, 'Chunked').replace('Host', `${close}Host`)),
      ).toContain(ANSWER);
    },
  );

  it('never for its TE, an empty Accept or Expect: 100-continue', async () => {
    const headers = 'Host: localhost\r\nTE: gzip, trailers\r\nAccept:\r\nExpect: 100-Continue\r\n';
    const answer = await sendRaw(origin, post('/graphql', headers));
    expect(answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/);
    expect(answer).toContain(ANSWER);
  });
});

describe('HEAD', () => {
  it.each(['/livez', '/readyz', '/schema.graphql', '/graphql?query={__typename}', '/graphql', '/elsewhere'])(
    'of %s has the status and the type of GET, and no body',
    async (path) => {
      const [head, whole] = await Promise.all(
        ['HEAD', 'GET'].map((method) =>
          fetch(origin + path, {
            method,
            headers: { 'accept-encoding': 'identity', 'graphql-preflight': '1' },
          }),
        ),
      );
      expect(head!.status).toBe(whole!.status);
      for (const name of ['content-type', 'content-length', 'etag', 'cache-control'])
        expect(head!.headers.get(name)).toBe(whole!.headers.get(name));
      expect(await head!.text()).toBe('');
    },
  );

  it('of a subscription ends with its headers, and of a mutation is refused', async () => {
    const stream = get(
      '/graphql?query=subscription{runEvents{cursor}}',
      'Accept: text/event-stream\r\n',
      'HEAD',
    );
    const answer = await sendRaw(origin, stream);
    expect(answer).toMatch(/^HTTP\/1\.1 200 [\s\S]*text\/event-stream/);
    expect(answer).toMatch(/\r\n\r\n$/);
    const mutation = encodeURIComponent('mutation { archiveComponent(id: "x") { userErrors { code } } }');
    expect(
      (await fetch(`${app.url}?query=${mutation}`, { method: 'HEAD', headers: { 'graphql-preflight': '1' } }))
        .status,
    ).toBe(405);
  });
});

it('names the methods of a route to OPTIONS, and where another is used', async () => {
  const options = await fetch(`${origin}/livez`, { method: 'OPTIONS' });
  expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD']);
  const wrong = await fetch(`${origin}/livez`, { method: 'DELETE' });
  expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
});

it('has headers on every answer that keep browsers from guessing, framing and storing it', async () => {
  const paths = [
    '/livez',
    '/readyz',
    '/elsewhere',
    '/graphql?query={__typename}',
    '/graphql?query={',
    '/graphql',
  ];
  for (const path of paths) {
    const { headers } = await fetch(origin + path);
    expect([path, headers.get('x-content-type-options')]).toEqual([path, 'nosniff']);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  }
  const answer = await fetch(app.url, {
    method: 'POST',
    body: QUERY,
    headers: { 'content-type': 'application/json' },
  });
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
});

describe('an answer', () => {
  const raw = async (path: string, headers: string) => {
    const socket = connect(Number(new URL(origin).port), '127.0.0.1');
    socket.write(`GET ${path} HTTP/1.0\r\nGraphQL-Preflight: 1\r\n${headers}\r\n`);
    const chunks: Buffer[] = [];
    for await (const chunk of socket) chunks.push(chunk);
    const all = Buffer.concat(chunks);
    const end = all.indexOf('\r\n\r\n');
    return { head: all.subarray(0, end).toString().toLowerCase(), body: all.subarray(end + 4) };
  };

  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
    ['gzip, deflate, br', brotliDecompressSync],
    ['GZIP;q=0.5', gunzipSync],
    ['br;q=0, gzip', gunzipSync],
  ])('is compressed for %s', async (accepted, decompress) => {
    for (const path of [LARGE, '/schema.graphql']) {
      const plain = await raw(path, '');
      const small = await raw(path, `Accept-Encoding: ${accepted}\r\n`);
      expect(small.head).toMatch(/content-encoding: (br|gzip)/);
      expect(small.head).toMatch(/vary: .*accept-encoding/);
      expect(small.body.length).toBeLessThan(plain.body.length / 2);
      expect(decompress(small.body).equals(plain.body)).toBe(true);
    }
  });

  it.each([
    '',
    'Accept-Encoding: identity\r\n',
    'Accept-Encoding: br;q=0, gzip;q=0\r\n',
    'Accept-Encoding: zstd\r\n',
  ])('is sent as it is with "%s"', async (headers) => {
    const { head, body } = await raw(LARGE, headers);
    expect(head).not.toContain('content-encoding');
    expect(JSON.parse(String(body)).data.__schema).toBeDefined();
  });

  it('is sent as it is where it is small', async () => {
    const { head } = await raw('/graphql?query={__typename}', 'Accept-Encoding: br, gzip\r\n');
    expect(head).not.toContain('content-encoding');
  });

  it.each([
    ['{ __typename }', null],
    ['{ wrong }', null],
    ['{ __schema { types { name description } } }', 'gzip'],
    // Of 20 errors.
    [`{ ${Array.from({ length: 20 }, (_, n) => `wrong${n}`).join(' ')} }`, 'gzip'],
  ])('of a POST of %s has the default headers and the encoding %s', async (query, encoding) => {
    const { headers } = await fetch(app.url, {
      method: 'POST',
      headers: { origin: FRIEND, 'content-type': 'application/json', 'accept-encoding': 'gzip' },
      body: JSON.stringify({ query }),
    });
    expect(headers.get('content-encoding')).toBe(encoding);
    expect(headers.get('vary')).toBe('Accept-Encoding, Origin');
    expect(headers.get('access-control-allow-origin')).toBe(FRIEND);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('of a JSON POST is compressed as well, and an event stream never', async () => {
    const headers = { 'content-type': 'application/json', 'accept-encoding': 'gzip' };
    const large = await fetch(app.url, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query: '{ __schema { types { name description } } }' }),
    });
    expect(large.headers.get('content-encoding')).toBe('gzip');
    expect((await large.json()).data.__schema).toBeDefined();
    const events = await fetch(app.url, {
      method: 'POST',
      headers: { ...headers, accept: 'text/event-stream' },
      body: JSON.stringify({ query: 'subscription { runStats { queued } }' }),
    });
    expect(events.headers.get('content-encoding')).toBeNull();
    const reader = events.body!.pipeThrough(new TextDecoderStream()).getReader();
    let received = '';
    while (!received.includes('"queued":0')) received += (await reader.read()).value;
    await reader.cancel();
  });
});

describe('the schema', () => {
  it('is served as text, and again only where it has changed', async () => {
    const first = await fetch(`${origin}/schema.graphql`);
    expect(first.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await first.text()).toBe(printApi());
    const etag = first.headers.get('etag')!;
    for (const known of [etag, etag.replace('W/', ''), `"other", ${etag}`, '*']) {
      const again = await fetch(`${origin}/schema.graphql`, { headers: { 'if-none-match': known } });
      expect([again.status, await again.text()]).toEqual([304, '']);
    }
    const changed = await fetch(`${origin}/schema.graphql`, { headers: { 'if-none-match': '"other"' } });
    expect(changed.status).toBe(200);
  });
});

describe('GraphiQL', () => {
  const HTML = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

  it('is compressed, cached, and cannot be framed', async () => {
    const page = await fetch(app.url, { headers: { ...HTML, 'accept-encoding': 'br' } });
    expect(page.headers.get('content-encoding')).toBe('br');
    expect(Number(page.headers.get('content-length'))).toBeLessThan(3_000_000);
    const policy = page.headers.get('content-security-policy');
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toMatch(/script-src( 'sha256-[\w+/]+=')+;/);
    expect(page.headers.get('x-frame-options')).toBe('DENY');
    expect(page.headers.get('vary')).toMatch(/Accept-Encoding.*Accept\b/);
    expect(await page.text()).toContain('YogaGraphiQL');
    const etag = page.headers.get('etag')!;
    const again = await fetch(app.url, { headers: { ...HTML, 'if-none-match': etag } });
    expect(again.status).toBe(304);
  });

  it('is sent to browsers alone', async () => {
    for (const accept of ['*/*', '', 'application/json, text/html', 'application/json']) {
      const answer = await fetch(`${app.url}?query={__typename}`, {
        headers: { accept, 'graphql-preflight': '1' },
      });
      expect(await answer.json()).toEqual(JSON.parse(ANSWER));
    }
  });
});

describe('a page of another origin', () => {
  const preflight = (from: string) =>
    fetch(app.url, {
      method: 'OPTIONS',
      headers: {
        origin: from,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,last-event-id',
      },
    });

  it('that is listed may call', async () => {
    const { status, headers } = await preflight(FRIEND);
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe(FRIEND);
    expect(headers.get('access-control-allow-methods')).toContain('POST');
    expect(headers.get('access-control-allow-headers')).toBe('content-type,last-event-id');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    const answer = await fetch(app.url, {
      method: 'POST',
      headers: { origin: FRIEND, 'content-type': 'application/json' },
      body: QUERY,
    });
    expect(answer.headers.get('access-control-allow-origin')).toBe(FRIEND);
    expect(answer.headers.get('vary')).toContain('Origin');
    const socket = new WebSocket(app.socketUrl, 'graphql-transport-ws', { origin: FRIEND });
    await once(socket, 'open');
    socket.close();
  });

  it.each(['https://elsewhere.example', 'null', `${FRIEND}.elsewhere.example`, 'http://admin.example'])(
    '%s may not',
    async (from) => {
      const { status, headers } = await preflight(from);
      expect(status).toBe(403);
      expect(headers.get('access-control-allow-origin')).toBeNull();
      const answer = await fetch(app.url, {
        method: 'POST',
        headers: { origin: from, 'content-type': 'application/json' },
        body: QUERY,
      });
      expect(answer.status).toBe(403);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    },
  );
});

describe('connections', () => {
  it('stay open for longer than load balancers keep idle ones', async () => {
    const socket = connect(Number(new URL(origin).port), '127.0.0.1');
    socket.write('GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(String((await once(socket, 'data'))[0])).toContain('timeout=65');
    socket.destroy();
  });

  it.each([
    ['says nothing', ''],
    ['does not end its headers', 'GET /livez HTTP/1.1\r\nHost'],
    [
      'does not end its body',
      'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{',
    ],
  ])('are closed where a client %s', async (_, sent) => {
    const timeouts = {
      headersTimeout: 100,
      requestTimeout: 200,
      keepAliveTimeout: 100,
      connectionsCheckingInterval: 20,
    };
    const server = await startServer(testConfig({ port: 0 }), app.services, createLogger('silent'), timeouts);
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    if (sent) socket.write(sent);
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 (408|400) |^$/);
    await server.stop();
  });
});

describe('pipelined requests', () => {
  it('are answered in order', async () => {
    const count = 500;
    const requests = Array.from({ length: count }, (_, n) =>
      n % 2 === 0
        ? `GET /graphql?query={a${n}:__typename} HTTP/1.1\r\nHost: localhost\r\nGraphQL-Preflight: 1\r\n\r\n`
        : post('/graphql')
            .replace(close, '')
            .replace(QUERY, QUERY.replace('{ _', `{ a${n}:_`))
            .replace(/Length: \d+/, `Length: ${QUERY.length + `a${n}:`.length}`),
    );
    const answers = await sendRaw(origin, requests.join('') + get('/livez'));
    const keys = [...answers.matchAll(/"a(\d+)":"Query"/g)].map(([, n]) => Number(n));
    expect(keys).toEqual(Array.from({ length: count }, (_, n) => n));
    expect(answers).toContain('alive');
  });

  it('are handled in many turns of the event loop, so that others are served between', async () => {
    const count = 400;
    const socket = connect(Number(new URL(origin).port), '127.0.0.1');
    await once(socket, 'connect');
    let answered = 0;
    socket.on('data', (data) => {
      answered += String(data).split(ANSWER).length - 1;
    });
    const query =
      'GET /graphql?query={__typename} HTTP/1.1\r\nHost: localhost\r\nGraphQL-Preflight: 1\r\n\r\n';
    socket.write(query.repeat(count));
    await once(socket, 'data');
    await app.query('{ __typename }');
    expect(answered).toBeLessThan(count);
    await expect.poll(() => answered, { timeout: 60_000 }).toBe(count);
    socket.destroy();
  });

  it('are executed one after the other, and read no further than their answers are', async () => {
    const holder = await app.db.pool.connect();
    await app.query('mutation { saveProduct(input: { sku: "HELD" }) { product { id } } }');
    await holder.query(`begin; select from products where sku = 'HELD' for update`);
    const save = (sku: string) => {
      const body = JSON.stringify({
        query: `mutation { saveProduct(input: { sku: "${sku}" }) { product { id } } }`,
      });
      return post('/graphql')
        .replace(close, '')
        .replace(QUERY, body)
        .replace(/Length: \d+/, `Length: ${body.length}`);
    };
    const socket = connect(Number(new URL(origin).port), '127.0.0.1');
    socket.write(save('HELD') + save('SECOND'));
    const padding = `GET /livez HTTP/1.1\r\nHost: localhost\r\nPadding: ${'x'.repeat(2_000)}\r\n\r\n`;
    for (let n = 0; n < 50; n += 1) socket.write(padding.repeat(1_000));
    let waiting = 0;
    while (waiting === 0) {
      const { rows } = await app.db.pool.query(
        `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      waiting = rows[0].n;
    }
    for (let n = 0; n < 20; n += 1)
      expect((await app.query('{ product(sku: "SECOND") { id } }')).product).toBeNull();
    expect(socket.writableLength).toBeGreaterThan(10_000_000);
    await holder.query('commit');
    holder.release();
    let answers = 0;
    for await (const data of socket) {
      answers += String(data).split('HTTP/1.1 200').length - 1;
      if (answers >= 50_002 - 100) break;
    }
    expect((await app.query('{ product(sku: "SECOND") { id } }')).product).not.toBeNull();
  });
});
