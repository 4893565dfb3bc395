import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUILD_SCRIPT, isConsoleCurrent } from '../../src/app/console-files.ts';
import { consoleHandlerOf } from '../../src/app/console-pages.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { sendRaw } from '../support/raw-http.ts';

let app: TestApp;
let origin: string;
beforeAll(async () => {
  if (!(await isConsoleCurrent())) execFileSync(process.execPath, [BUILD_SCRIPT], { stdio: 'inherit' });
  app = await startTestApp();
  origin = new URL(app.url).origin;
});
afterAll(() => app.stop());

const head = (path: string) => fetch(`${origin}${path}`, { method: 'HEAD' });

describe('the page of the console', () => {
  test.each(['/', '/admin', '/admin/runs?status=FAILED', '/admin/products/A%2FB', '/r/0192'])(
    'is at %s',
    async (path) => {
      const response = await fetch(`${origin}${path}`);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(await response.text()).toContain('<div id="root">');
    },
  );

  const preloads = async (path: string) => {
    const page = await (await fetch(`${origin}${path}`)).text();
    return [...page.matchAll(/<link rel="(?:modulepreload|preload|stylesheet)"[^>]* href="([^"]+)"/g)].map(
      ([, href]) => href!,
    );
  };

  test.each(['Runs', 'Products', 'Components', 'Orders', 'Bulk', 'System', 'Keys', 'Audit'])(
    'names the files of the list %s, so that the browser loads them with its own',
    async (name) => {
      const files = await preloads(`/admin/${name.toLowerCase()}?search=x`);
      expect(files.filter((file) => file.startsWith(`/assets/${name}Page-`)).length).toBeGreaterThan(0);
      for (const file of files) expect((await head(file)).status).toBe(200);
      expect(new Set(files).size).toBe(files.length);
    },
  );

  test('names files whose functions Chromium compiles while it loads them', async () => {
    const code = (await preloads('/admin/runs')).filter((file) => /\/(app|RunsPage)-.+\.js$/.test(file));
    expect(code).toHaveLength(2);
    for (const file of code)
      expect(await (await fetch(`${origin}${file}`)).text()).toMatch(/^\/\/# allFunctionsCalledOnLoad\n/);
  });

  test('names the list of runs at the root, to which it leads, and no files of an unknown page', async () => {
    expect(await preloads('/')).toEqual(await preloads('/admin/runs'));
    for (const path of ['/admin/constructor', '/admin/__proto__', '/admin/runs/0192'])
      expect(await preloads(path)).toEqual(await preloads('/admin'));
  });

  test('allows no inline script, and styles by a nonce of its own', async () => {
    const nonces = new Set<string>();
    for (let time = 0; time < 2; time += 1) {
      const response = await fetch(origin);
      const policy = response.headers.get('content-security-policy')!;
      const [, nonce] = /'nonce-([\w-]{22})'/.exec(policy)!;
      nonces.add(nonce!);
      expect(policy).not.toContain('unsafe');
      expect(policy).toContain("script-src 'self';");
      const page = await response.text();
      expect(page).toContain(`nonce="${nonce}"`);
      expect(page).not.toMatch(/<script(?![^>]*\bsrc=)/);
    }
    expect(nonces.size).toBe(2);
  });

  test.each(['/administrators', '/assets/', '/assets/..%2findex.html', '/assets/x.js.br', '/index.html'])(
    'is not at %s',
    async (path) => expect((await head(path)).status).toBe(404),
  );

  test('and its files are not reached by a path that leads out of their folder', async () => {
    const request = 'GET /assets/../sources.sha256 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
    expect(await sendRaw(origin, request)).toMatch(/^HTTP\/1\.1 4/);
  });

  test('answers GET and HEAD only', async () => {
    const response = await fetch(`${origin}/admin`, { method: 'DELETE' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });
});

test('the files of the console are compressed beforehand and never change', async () => {
  const page = await (await fetch(origin)).text();
  const [, path] = /src="(\/assets\/index-[^"]+\.js)"/.exec(page)!;
  const send = async (encoding: string) => {
    const request = get(`${origin}${path}`, { headers: { 'accept-encoding': encoding } });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return { headers: response.headers, body: await buffer(response) };
  };
  const plain = await send('identity');
  expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(plain.headers.vary).toBe('Accept-Encoding');
  const [brotli, gzip] = [await send('br, gzip'), await send('gzip')];
  expect(brotli.headers['content-encoding']).toBe('br');
  expect(brotliDecompressSync(brotli.body).equals(plain.body)).toBe(true);
  expect(gzip.headers['content-encoding']).toBe('gzip');
  expect(gunzipSync(gzip.body).equals(plain.body)).toBe(true);
});

test('until it is built, the page says so and reloads itself', async () => {
  const handle = consoleHandlerOf('/', join(tmpdir(), 'no-such-console'))!;
  const server = createServer((req, res) => void handle(req, res)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  expect(response.status).toBe(503);
  const page = await response.text();
  expect(page).toContain('The console is being built');
  expect(page).toContain('http-equiv="refresh"');
  server.close();
});

test('a service without the console has none of its paths', async () => {
  const other = await startTestApp({ consoleEnabled: false });
  for (const path of ['/', '/admin', '/favicon.svg'])
    expect((await fetch(`${new URL(other.url).origin}${path}`)).status).toBe(404);
  await other.stop();
});
