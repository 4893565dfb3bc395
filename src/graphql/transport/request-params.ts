import type { IncomingMessage } from 'node:http';
import type { GraphQLParams } from 'graphql-yoga';
import { ownTurn, rest } from '../../async/own-turn.ts';
import { isJsonObject, type Json } from '../../json/json.ts';
import type { DocumentText } from '../execution/trusted-documents.ts';
import { badHttp } from '../graphql-errors.ts';
import { JSON_TYPE } from './media-type.ts';
import { parseParams, readBody } from './request-body.ts';

/** Whether a request's body is JSON in UTF-8. Pages of other origins need a preflight to send such a body. */
export function isJsonBody({ headers }: IncomingMessage): boolean {
  const contentType = headers['content-type'] ?? '';
  if (contentType === JSON_TYPE) return true;
  const [type, ...parameters] = contentType.toLowerCase().split(';');
  const charset = parameters.find((parameter) => /^\s*charset\s*=/.test(parameter))?.split('=')[1];
  return type?.trim() === JSON_TYPE && (charset === undefined || UTF_8.test(charset));
}

const UTF_8 = /^\s*"?(utf-?8|us-ascii)"?\s*$/;

/** Reads the parameters of a POST. @throws GraphQLError if it is not a GraphQL request. */
export const bodyParams = async (
  req: IncomingMessage,
  textOf: DocumentText,
  count: (bytes: number) => void,
): Promise<GraphQLParams> => {
  const text = await readBody(req, count);
  // Several large bodies, or hundreds of small ones, parsed in one turn of the event loop would delay all clients.
  await (text.length > LARGE ? ownTurn() : rest());
  return checked(parseParams(text), textOf);
};

const LARGE = 64 * 1024;

/** Reads the parameters of a GET. @throws GraphQLError if it is not a GraphQL request. */
export function queryParams(search: URLSearchParams, textOf: DocumentText): GraphQLParams {
  const json = (name: string) => {
    const text = search.get(name);
    return text ? parseParams(text, name) : null;
  };
  const params = {
    query: search.get('query'),
    documentId: search.get('documentId'),
    // Some clients send an empty operationName for none.
    operationName: search.get('operationName') || null,
    variables: json('variables'),
    extensions: json('extensions'),
  };
  return checked(params, textOf);
}

/** Checks the parameters of a request, and replaces the id of its document by the document's text. */
function checked(params: Json, textOf: DocumentText): GraphQLParams {
  if (Array.isArray(params)) throw badHttp('Batching is not supported. Send one operation in each request.');
  if (!isJsonObject(params)) throw badHttp('A request is a JSON object with "query" and "variables".');
  const unknown = Object.keys(params).find((name) => !NAMES.has(name) && params[name] !== null);
  if (unknown !== undefined)
    throw badHttp(
      `A request has query or documentId, variables, operationName and extensions, not "${unknown.slice(0, 100)}".`,
    );
  const { operationName } = params;
  for (const name of ['variables', 'extensions'])
    if (params[name] != null && !isJsonObject(params[name]))
      throw badHttp(`"${name}" must be an object, or left out.`);
  if (operationName != null && typeof operationName !== 'string')
    throw badHttp('"operationName" must be a string, or left out.');
  params.query = textOf(params);
  delete params.documentId;
  return params as GraphQLParams;
}

const NAMES = new Set(['query', 'documentId', 'variables', 'operationName', 'extensions']);
