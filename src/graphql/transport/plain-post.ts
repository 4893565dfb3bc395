import type { IncomingMessage, ServerResponse } from 'node:http';
import { type DocumentNode, getOperationAST } from 'graphql';
import type { GraphQLParams } from 'graphql-yoga';
import type { Logger } from '../../logger.ts';
import type { Execution } from '../execution/execution.ts';
import { toClientError } from '../graphql-errors.ts';
import { httpAnswer } from './http-answer.ts';
import { acceptedTypes } from './media-type.ts';
import { isJsonBody } from './request-params.ts';

/** Whether a request is a JSON POST whose answer may be one whole JSON text, as nearly all are. */
export function isPlainPost(req: IncomingMessage): boolean {
  return req.method === 'POST' && isJsonBody(req) && acceptedTypes(req.headers.accept).json !== null;
}

/**
 * Answers a plain POST past Yoga, whose Fetch objects around each request cost several times what is within them. False,
 * and nothing done, where there is something to say about the request itself, or it subscribes: Yoga does that.
 */
export async function answerPlainPost(
  { execution, logger }: { execution: Execution; logger: Logger },
  params: GraphQLParams,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<boolean> {
  const document = plainDocument(execution, params);
  if (!document) return false;
  const hasLeft = () => res.destroyed;
  const result = await execution
    .execute({
      document,
      operationName: params.operationName,
      variableValues: params.variables,
      contextValue: execution.createContext({ name: '' }, { hasLeft }),
    })
    .catch((error) => ({ errors: [toClientError(error, logger)] }));
  if (hasLeft()) return true;
  const { status, headers, body } = httpAnswer(result, acceptedTypes(req.headers.accept).json);
  res.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
  return true;
}

/** The document of a request that can be executed and answered once; null where it cannot. */
function plainDocument(execution: Execution, params: GraphQLParams): DocumentNode | null {
  try {
    const document = execution.parse(params.query!);
    const operation = getOperationAST(document, params.operationName)?.operation;
    if (operation === undefined || operation === 'subscription') return null;
    return execution.validate(document).length === 0 ? document : null;
  } catch {
    return null;
  }
}
