import type { IncomingMessage } from 'node:http';
import { GraphQLError } from 'graphql';
import type { Json } from '../json/json.ts';
import { InexactNumberError, parseJson } from '../json/parse.ts';
import { badRequest } from './errors.ts';

/** Of a request's body or a WebSocket's frame, in bytes. One checkout may bring 4 MiB. */
export const BODY_AT_MOST = 5 * 1024 * 1024;

/** The request's text. What is too long is not read to its end, and its connection is closed. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity')
    throw badRequest('Send the body as it is: compressed ones are not taken.', 415);
  if (Number(request.headers['content-length']) > BODY_AT_MOST) throw tooLarge();
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (bytes > BODY_AT_MOST) throw tooLarge();
    chunks.push(chunk);
  }
  try {
    return UTF_8.decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
  } catch {
    throw badRequest('The body is not UTF-8.');
  }
}

/** Reads JSON, no number of which may change on the way; `name` is what the text is called in a refusal. */
export function parseParams(text: string, name = 'The body'): Json {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof InexactNumberError) throw badRequest(error.message);
    if (error instanceof SyntaxError) throw badRequest(`${name} is not JSON: ${error.message}`);
    throw error;
  }
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true });

const tooLarge = () =>
  new GraphQLError(`The body is larger than ${BODY_AT_MOST} bytes, which is the most that is taken.`, {
    extensions: { code: 'BAD_REQUEST', http: { status: 413, headers: { connection: 'close' } } },
  });
