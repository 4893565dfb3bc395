import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ExecutionResult, GraphQLError } from 'graphql';
import { sendJson } from '../../http/answer.ts';
import type { Execution } from '../execution/execution.ts';

/**
 * Executes an operation of the service itself for a request of another route. The rights and limits of its client apply
 * as they do at the API. Returns the data.
 * @throws GraphQLError as clients may see it
 */
export async function executeFor(
  execution: Execution,
  req: IncomingMessage,
  res: ServerResponse,
  query: string,
  variableValues: { [name: string]: unknown } = {},
): Promise<unknown> {
  const { principal } = await execution.authenticate(req.headers, req);
  const client = execution.clientOf(req, principal);
  const { data, errors }: ExecutionResult = await execution.execute({
    document: execution.parse(query, client),
    variableValues,
    contextValue: execution.createContext(principal, client, { hasLeft: () => res.destroyed }),
  });
  if (errors) throw errors[0]!;
  return data;
}

/** Sends the error that `executeFor` has thrown. Throws any other error again. */
export function sendRejection(res: ServerResponse, error: unknown): void {
  if (!(error instanceof GraphQLError)) throw error;
  const { code, http } = error.extensions as { code?: string; http?: { headers?: Record<string, string> } };
  sendJson(res, STATUSES[code ?? ''] ?? 500, { error: error.message }, http?.headers);
}

const STATUSES: { readonly [code: string]: number } = {
  BAD_REQUEST: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
};
