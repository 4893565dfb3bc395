import { randomUUID } from 'node:crypto';
import { type ASTNode, type ExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';
import { type LimitedError, RetryLaterError, ServiceError, type ServiceErrorCode } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { closedShopError } from '../postgres/closed-shop.ts';
import { isOutage } from '../postgres/outage.ts';

type ErrorCode =
  | ServiceErrorCode
  | 'PERSISTED_QUERY_NOT_SUPPORTED'
  | 'PERSISTED_QUERY_NOT_FOUND'
  | 'PERSISTED_QUERY_ONLY'
  | 'INTERNAL';

/** The error for a GraphQL request that cannot be executed; the message names the fix. */
export function badRequest(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } });
}

/** The error for an operation that its principal may not execute; the message names the missing permission. */
export function forbidden(message: string, node: ASTNode): GraphQLError {
  return new GraphQLError(message, { nodes: node, extensions: { code: 'FORBIDDEN' } });
}

/**
 * The error for an HTTP request that is not a GraphQL request. Its response has this status, for every media type.
 */
export function badHttp(message: string, status = 400, headers?: Record<string, string>): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status, headers } } });
}

/** The error for a subscription whose client is no longer authenticated. */
export function loginEnded(): GraphQLError {
  return new GraphQLError(
    'The credential has ended or has other rights now. Subscribe again with a valid one.',
    {
      extensions: { code: 'UNAUTHENTICATED' },
    },
  );
}

/** The error for an HTTP request that is not read to its end, because its client exceeds its limits. */
export function limitedHttp({ message, retryAfterSeconds }: LimitedError): GraphQLError {
  const headers = { 'retry-after': String(retryAfterSeconds), connection: 'close' };
  return new GraphQLError(message, { extensions: { code: 'RATE_LIMITED', http: { status: 429, headers } } });
}

/**
 * Converts any error to one that clients may see: with `extensions.code` and without internal details. An unexpected
 * error becomes INTERNAL with an id, under which the log has the details.
 */
export function toClientError(error: unknown, logger: Logger): GraphQLError {
  const at = error instanceof GraphQLError ? error : undefined;
  const origin = at?.cause ?? at?.originalError ?? error;
  const passing = origin instanceof RetryLaterError ? origin : closedShopError(origin);
  if (passing) return retryLater(at, passing);
  if (origin instanceof ServiceError && origin.code === 'UNAVAILABLE')
    logOutage(origin.cause ?? origin, logger);
  if (origin instanceof ServiceError)
    return toGraphQLError(at, origin.code, origin.message, HTTP_OF[origin.code]);
  if (origin instanceof GraphQLError && !isWrongAnswer(origin, at)) return ofGraphQL(at ?? origin, origin);
  if (isOutage(origin)) {
    logOutage(origin, logger);
    return toGraphQLError(at, 'UNAVAILABLE', OUTAGE);
  }
  const id = randomUUID();
  logger.error({ err: origin, errorId: id, path: at?.path }, 'an operation failed unexpectedly');
  return toGraphQLError(
    at,
    'INTERNAL',
    `Internal error. The log of the service has the details under the id ${id}.`,
    { id },
  );
}

/** Logs an outage when it begins and while it lasts, and not for each operation: there may be thousands a second. */
function logOutage(err: unknown, logger: Logger): void {
  const outage = outages.get(logger) ?? { loggedAt: Number.NEGATIVE_INFINITY, operations: 0 };
  outages.set(logger, outage);
  outage.operations += 1;
  if (performance.now() - outage.loggedAt < OUTAGE_AGAIN_MS) return;
  logger.warn({ err, operations: outage.operations }, 'the database could not serve operations');
  outages.set(logger, { loggedAt: performance.now(), operations: 0 });
}

const OUTAGE_AGAIN_MS = 10_000;
const outages = new WeakMap<Logger, { loggedAt: number; operations: number }>();

/** The HTTP status and headers of errors that have their own for every media type. */
const HTTP_OF: { [code in ServiceErrorCode]?: { http: object } } = {
  UNAUTHENTICATED: { http: { status: 401, headers: { 'www-authenticate': 'Bearer' } } },
};

/** The wait is an HTTP header, and an extension for clients that have none. */
function retryLater(
  at: GraphQLError | undefined,
  { code, message, retryAfterSeconds }: RetryLaterError,
): GraphQLError {
  const http = { headers: { 'retry-after': String(retryAfterSeconds) } };
  return toGraphQLError(at, code, message, { retryAfter: retryAfterSeconds, http });
}

const OUTAGE =
  'The service cannot reach its database, and it is unknown whether a change was made. Try again, and repeat a mutation with the same idempotency key.';

/**
 * Whether graphql-js reports that a resolver's value does not fit its type. That is an error of the service, and has
 * no location in the document.
 */
function isWrongAnswer(origin: GraphQLError, at: GraphQLError | undefined): boolean {
  return at?.path !== undefined && origin.nodes === undefined && origin.extensions.code === undefined;
}

/**
 * Converts a GraphQLError: those of graphql-js concern the request's document or variables, and those of the service
 * have a code.
 */
function ofGraphQL(at: GraphQLError, origin: GraphQLError): GraphQLError {
  const code = origin.extensions.code ?? at.extensions.code;
  if (typeof code === 'string' && CODES.has(code)) return shortened(at, origin.message, origin.extensions);
  return toGraphQLError(
    at,
    'BAD_REQUEST',
    at.message,
    at.extensions.http ? { http: at.extensions.http } : {},
  );
}

const CODES = new Set<string>([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'BAD_REQUEST',
  'NOT_FOUND',
  'CURSOR_EXPIRED',
  'RATE_LIMITED',
  'SHOP_MOVED',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_ONLY',
  'UNAVAILABLE',
  'INTERNAL',
] satisfies ErrorCode[]);

function toGraphQLError(
  at: GraphQLError | undefined,
  code: ErrorCode,
  message: string,
  more: object = {},
): GraphQLError {
  return shortened(at, message, { code, ...more });
}

/** Shortens the message: a coercion error quotes the rejected value, which may be megabytes long. */
function shortened(at: GraphQLError | undefined, message: string, extensions: object): GraphQLError {
  const text = message.length > MESSAGE_AT_MOST ? `${message.slice(0, MESSAGE_AT_MOST)}…` : message;
  return new GraphQLError(text, {
    nodes: at?.nodes,
    source: at?.source,
    positions: at?.positions,
    path: at?.path,
    extensions: { ...extensions },
  });
}

/** The result without `extensions.http`, which only the HTTP transport uses. */
export function withoutTransport(result: ExecutionResult) {
  return result.errors ? { ...result, errors: result.errors.map(errorWithoutTransport) } : result;
}

export function errorWithoutTransport(error: GraphQLError): GraphQLFormattedError {
  const { http: _, ...extensions } = error.extensions;
  return { ...error.toJSON(), extensions };
}

const MESSAGE_AT_MOST = 1_000;
