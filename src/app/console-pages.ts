import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { acceptedEncoding } from '../http/accepted-encoding.ts';
import { sendJson } from '../http/answer.ts';
import { pathOf } from '../http/request.ts';
import { CONSOLE_DIR, MANIFEST, NONCE_PLACEHOLDER } from './console-files.ts';
import { preloadLinks } from './console-preloads.ts';

type Handle = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

/**
 * The handler of a path of the console; null for all other paths. The page itself routes the paths below /admin.
 *
 * @param folder that of the built console
 */
export function consoleHandlerOf(path: string, folder = CONSOLE_DIR): Handle | null {
  if (path === '/favicon.svg' || ASSET.test(path)) return (req, res) => sendAsset(req, res, folder);
  return PAGE.test(path) ? (_, res) => sendIndex(path, res, folder) : null;
}

const PAGE = /^\/$|^\/(admin|r)(\/|$)/;
/** Names that the build gives: no name leads out of the folder, and none is that of a compressed form. */
const ASSET = /^\/assets\/[\w-]+(\.[\w-]+)*\.(js|css|svg|woff2)$/;

/** Sends the page with a new nonce, by which the page's own code may add styles. */
async function sendIndex(path: string, res: ServerResponse, folder: string): Promise<void> {
  const nonce = randomBytes(16).toString('base64url');
  const [html, manifest] = await Promise.all([
    readOrNull(join(folder, 'index.html')),
    readOrNull(join(folder, MANIFEST)),
  ]);
  const links = manifest ? preloadLinks(JSON.parse(manifest.toString('utf8')), path) : '';
  const body =
    html?.toString('utf8').replace('</head>', `${links}</head>`).replaceAll(NONCE_PLACEHOLDER, nonce) ??
    BEING_BUILT;
  res
    .writeHead(html ? 200 : 503, {
      'content-type': TYPES['.html'],
      'content-length': Buffer.byteLength(body),
      'content-security-policy': policyWith(nonce),
      ...(html ? {} : { 'retry-after': '2' }),
    })
    .end(body);
}

const policyWith = (nonce: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** The page until the first build is finished. It reloads itself. */
const BEING_BUILT = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="2"><title>Journey Runtime</title></head>
<body>
<h1>The console is being built</h1>
<p>This happens once, at the first start, and takes about half a minute. The page appears by itself. The API is available meanwhile.</p>
<p>If it does not appear, the log of the service has the reason; <code>npm run build</code> builds the console too.</p>
</body>
</html>
`;

/** Sends a file of the build, in the best of its stored encodings. Its name changes with its content. */
async function sendAsset(req: IncomingMessage, res: ServerResponse, folder: string): Promise<void> {
  const path = pathOf(req);
  const file = join(folder, path);
  const encoding = acceptedEncoding(req);
  const encoded = encoding === 'identity' ? null : await readOrNull(`${file}.${SUFFIXES[encoding]}`);
  const body = encoded ?? (await readOrNull(file));
  if (!body) return sendJson(res, 404, { error: 'The console has no such file: reload the page.' });
  res
    .writeHead(200, {
      'content-type': TYPES[extname(path)],
      'content-length': body.length,
      'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      ...(encoded && { 'content-encoding': encoding }),
    })
    .end(body);
}

const SUFFIXES = { br: 'br', gzip: 'gz' };
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

async function readOrNull(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
