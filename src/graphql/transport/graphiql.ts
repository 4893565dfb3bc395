import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { acceptedEncoding, type Encoding } from '../../http/accepted-encoding.ts';
import { addVary, type Page, pageOf, sendPage } from '../../http/answer.ts';

type Pages = Record<Encoding, Page>;

let pages: Promise<Pages> | undefined;

/**
 * Sends the GraphiQL page with its scripts inline, so that it works without internet access. The page is built at the
 * first request.
 */
export async function sendGraphiQL(req: IncomingMessage, res: ServerResponse): Promise<void> {
  pages ??= makePages();
  const made = await pages;
  addVary(res, 'Accept');
  sendPage(req, res, made[acceptedEncoding(req)]);
}

/** Builds and compresses the pages once: 9 MB become 2 MB. */
async function makePages(): Promise<Pages> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const html = renderGraphiQL({ title: 'Journey Runtime', subscriptionsProtocol: 'WS' });
  const page = pageOf(html, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policyOf(html),
    'x-frame-options': 'DENY',
  });
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(html, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
    promisify(gzip)(html),
  ]);
  const encoded = (body: Buffer, encoding: string): Page => ({
    ...page,
    body,
    headers: { ...page.headers, 'content-encoding': encoding },
  });
  return { br: encoded(br, 'br'), gzip: encoded(gz, 'gzip'), identity: page };
}

/**
 * The Content-Security-Policy: allows the page's own scripts by their hashes, the editor's workers, and requests to
 * this service only.
 */
function policyOf(html: string): string {
  const hashes = scriptsOf(html).map(
    (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
  );
  return [
    "default-src 'none'",
    `script-src ${hashes.join(' ')}`,
    "style-src 'unsafe-inline'",
    'img-src data:',
    'font-src data:',
    'worker-src blob: data:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function scriptsOf(html: string): string[] {
  const scripts: string[] = [];
  for (let at = html.indexOf(START); at !== -1; at = html.indexOf(START, at)) {
    const end = html.indexOf('</script>', at);
    scripts.push(html.slice(at + START.length, end));
    at = end;
  }
  return scripts;
}

const START = '<script>';
