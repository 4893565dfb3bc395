import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'vite';
import { NONCE_PLACEHOLDER } from '../../src/app/console-files.ts';
import { consoleHandlerOf } from '../../src/app/console-pages.ts';

const MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url));
const PEERS = new URL('../peers/', import.meta.url);

/**
 * A Mantine page, built and served as the console is: compressed beforehand, with the same headers.
 *
 * @param name the folder of the page
 * @param graphqlUrl where its queries go, since the page may send them to its own origin only
 */
export async function serveMantinePage(
  name: 'empty-mantine' | 'mantine-table',
  graphqlUrl: string,
): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'journey-runtime-bench-page-'));
  await build({
    root: fileURLToPath(new URL(name, PEERS)),
    configFile: false,
    logLevel: 'error',
    // Mantine's React. The peers beside the page bring another copy.
    resolve: {
      alias: ['react', 'react-dom'].map((name) => ({
        find: new RegExp(`^${name}(?=/|$)`),
        replacement: join(MODULES, name),
      })),
    },
    html: { cspNonce: NONCE_PLACEHOLDER },
    build: { outDir: folder, target: 'es2023', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  });
  const assets = join(folder, 'assets');
  for (const file of readdirSync(assets))
    writeFileSync(join(assets, `${file}.br`), brotliCompressSync(readFileSync(join(assets, file))));
  const server = createServer((req, res) => {
    if (req.url === '/graphql') return forward(req, res, graphqlUrl);
    const handle = consoleHandlerOf(req.url!, folder);
    if (handle) void handle(req, res);
    else res.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true });
    },
  };
}

function forward(req: IncomingMessage, res: ServerResponse, url: string): void {
  const { method, headers } = req;
  const forwarded = request(url, { method, headers }, (answer) => {
    res.writeHead(answer.statusCode!, answer.headers);
    answer.pipe(res);
  });
  forwarded.on('error', () => res.destroy());
  req.pipe(forwarded);
}
