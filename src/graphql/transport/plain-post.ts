import type { IncomingMessage, ServerResponse } from 'node:http';
import { type DocumentNode, getOperationAST } from 'graphql';
import type { GraphQLParams } from 'graphql-yoga';
import { COMPRESSED_FROM, compress } from '../../http/compress.ts';
import { requestIdOf } from '../../http/request.ts';
import type { Login } from '../../identity/login/login.ts';
import type { Client } from '../../limits/client.ts';
import type { Logger } from '../../logger.ts';
import type { Execution } from '../execution/execution.ts';
import { toClientError } from '../graphql-errors.ts';
import { holdUntilSent } from './held-bytes.ts';
import { httpAnswer, sendAnswer } from './http-answer.ts';
import { acceptedTypes } from './media-type.ts';
import { bodyBytes } from './request-body.ts';
import { isJsonBody } from './request-params.ts';

/** Whether a request is a JSON POST that accepts a single JSON response, as nearly all do. */
export function isPlainPost(req: IncomingMessage): boolean {
  return req.method === 'POST' && isJsonBody(req) && acceptedTypes(req.headers.accept).json !== null;
}

/**
 * Responds to a plain POST without Yoga, whose Fetch objects cost several times as much as the execution. Returns
 * false, with nothing done, if the request is faulty or a subscription: Yoga responds to those.
 */
export async function answerPlainPost(
  { execution, logger }: { execution: Execution; logger: Logger },
  { login, client }: { login: Login; client: Client },
  params: GraphQLParams,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<boolean> {
  const document = plainDocument(execution, params, client);
  if (!document) return false;
  const hasLeft = () => res.destroyed;
  const result = await execution
    .execute({
      document,
      operationName: params.operationName,
      variableValues: params.variables,
      contextValue: execution.createContext(login.principal, client, {
        hasLeft,
        requestId: requestIdOf(req.headers['x-request-id']),
        requestBytes: bodyBytes(req),
      }),
    })
    .catch((error) => ({ errors: [toClientError(error, logger)] }));
  if (hasLeft()) return true;
  const answer = httpAnswer(result, acceptedTypes(req.headers.accept).json);
  const length = Buffer.byteLength(answer.body);
  holdUntilSent(client, length, res);
  if (length >= COMPRESSED_FROM) compress(req, res);
  sendAnswer(res, answer);
  return true;
}

/** The document of a request that can be executed with one response; null otherwise. */
function plainDocument(execution: Execution, params: GraphQLParams, client: Client): DocumentNode | null {
  try {
    const document = execution.parse(params.query!, client);
    const operation = getOperationAST(document, params.operationName)?.operation;
    if (operation === undefined || operation === 'subscription') return null;
    return execution.validate(document).length === 0 ? document : null;
  } catch {
    return null;
  }
}
