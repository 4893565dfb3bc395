import type { IncomingMessage, ServerResponse } from 'node:http';
import { type DocumentNode, type ExecutionResult, type GraphQLError, getOperationAST } from 'graphql';
import type { GraphQLParams } from 'graphql-yoga';
import type { Logger } from '../logger.ts';
import { toClientError, withoutTransport } from './errors.ts';
import type { Execution } from './execution.ts';

/** Whether a request is a JSON POST that asks first for one whole JSON answer, as nearly all are. */
export function isPlainPost(req: IncomingMessage): boolean {
  return (
    req.method === 'POST' && JSON_BODY.test(req.headers['content-type'] ?? '') && mediaTypeOf(req) !== null
  );
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
  if (!hasLeft()) send(res, `${mediaTypeOf(req)}; charset=utf-8`, result);
  return true;
}

const JSON_BODY = /^application\/json\s*(;|$)/i;
const FIRST_ACCEPTED =
  /^\s*(application\/graphql-response\+json|application\/json|application\/\*|\*\/\*)\s*(,|;|$)/i;

function mediaTypeOf({ headers }: IncomingMessage): string | null {
  const first = FIRST_ACCEPTED.exec(headers.accept ?? '*/*')?.[1];
  if (first === undefined) return null;
  return /graphql/i.test(first) ? 'application/graphql-response+json' : 'application/json';
}

/** The document of a request that can be executed and answered once; null where it cannot. */
function plainDocument(execution: Execution, params: GraphQLParams): DocumentNode | null {
  if (!isWellFormed(params)) return null;
  try {
    const document = execution.parse(params.query);
    const operation = getOperationAST(document, params.operationName)?.operation;
    if (operation === undefined || operation === 'subscription') return null;
    return execution.validate(document).length === 0 ? document : null;
  } catch {
    return null;
  }
}

function isWellFormed(params: GraphQLParams | null): params is GraphQLParams & { query: string } {
  if (typeof params?.query !== 'string') return false;
  const { query: _, operationName, variables, ...others } = params;
  const isObject = typeof variables === 'object' && !Array.isArray(variables);
  return (
    (operationName == null || typeof operationName === 'string') &&
    (variables === undefined || isObject) &&
    Object.keys(others).length === 0
  );
}

function send(res: ServerResponse, type: string, result: ExecutionResult): void {
  const { status, headers } = result.errors ? askedBy(result.errors) : PLAIN;
  const body = JSON.stringify(withoutTransport(result));
  res
    .writeHead(status, { 'content-type': type, ...headers, 'content-length': Buffer.byteLength(body) })
    .end(body);
}

const PLAIN = { status: 200, headers: {} };

function askedBy(errors: readonly GraphQLError[]) {
  const asked = errors.flatMap(({ extensions }) => (extensions.http ? [extensions.http as Http] : []));
  return {
    status: asked.reduce((highest, { status = 200 }) => Math.max(highest, status), 200),
    headers: Object.assign({}, ...asked.map((http) => http.headers)),
  };
}

/** What an error asks of its HTTP answer. */
type Http = { status?: number; headers?: Record<string, string> };
