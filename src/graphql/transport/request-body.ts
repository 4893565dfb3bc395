import type { IncomingMessage } from 'node:http';
import { LimitedError } from '../../errors.ts';
import type { Json } from '../../json/json.ts';
import { parseJson, RejectedJson, shownPath } from '../../json/parse.ts';
import { badHttp, limitedHttp } from '../graphql-errors.ts';

/** The size limit of a request's body or a WebSocket frame, in bytes. The input of one checkout may take 4 MiB. */
export const BODY_AT_MOST = 5 * 1024 * 1024;

/**
 * Reads the request's body as text. Reading stops when a body is too long, and its connection is closed.
 * @param count called with the bytes of each part; an error that it throws stops the reading too
 */
export async function readBody(request: IncomingMessage, count: (bytes: number) => void): Promise<string> {
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() || 'identity';
  if (encoding !== 'identity')
    throw badHttp('Send the body uncompressed; compressed bodies are not supported.', 415, {
      'accept-encoding': 'identity',
    });
  if (Number(request.headers['content-length']) > BODY_AT_MOST) throw tooLarge();
  const body = await gathered(request, count);
  if (request.headers['content-length'] === undefined) chunkedBytes.set(request, body.length);
  try {
    return UTF_8.decode(body);
  } catch {
    throw badHttp('The body is not UTF-8.');
  }
}

/**
 * Reads the body by its events. Reading it as an async iterable would cost as much as executing the GraphQL
 * operation.
 */
function gathered(request: IncomingMessage, count: (bytes: number) => void): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      try {
        count(chunk.length);
        if (bytes > BODY_AT_MOST) throw tooLarge();
        chunks.push(chunk);
      } catch (error) {
        request.pause();
        reject(error instanceof LimitedError ? limitedHttp(error) : error);
      }
    });
    request.once('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    request.once('error', () => reject(badHttp('The connection was closed before the end of the body.')));
  });
}

/** The size of a body that was read. */
export const bodyBytes = (request: IncomingMessage): number =>
  Number(request.headers['content-length'] ?? chunkedBytes.get(request) ?? 0);

const chunkedBytes = new WeakMap<IncomingMessage, number>();

/** Parses the JSON of a request: its body, or the query-string parameter with this name. */
export function parseParams(text: string, parameter?: string): Json {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof RejectedJson) {
      const place = shownPath(parameter ? [parameter, ...error.path] : error.path);
      throw badHttp(`${place || 'The body'} ${error.problem}.`);
    }
    if (error instanceof SyntaxError)
      throw badHttp(`${parameter ?? 'The body'} is not JSON: ${error.message}`);
    throw error;
  }
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true });

const tooLarge = () =>
  badHttp(`The body is larger than the limit of ${BODY_AT_MOST} bytes.`, 413, {
    connection: 'close',
  });
