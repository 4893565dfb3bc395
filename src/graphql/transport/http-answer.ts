import type { ServerResponse } from 'node:http';
import type { ExecutionResult, GraphQLError } from 'graphql';
import { withoutTransport } from '../graphql-errors.ts';
import { JSON_TYPE, RESPONSE_TYPE } from './media-type.ts';

/** A complete HTTP response. */
export type HttpAnswer = { status: number; headers: Record<string, string>; body: string };

/**
 * The response with a result, as GraphQL over HTTP specifies: application/json has status 200 for each well-formed
 * request; application/graphql-response+json has 200 only if the operation was executed. A request that is not a
 * GraphQL request gets its error's status.
 */
export function httpAnswer(result: ExecutionResult, type: string | null): HttpAnswer {
  const mediaType = type === RESPONSE_TYPE ? RESPONSE_TYPE : JSON_TYPE;
  const headers = { 'content-type': `${mediaType}; charset=utf-8` };
  const { errors } = result;
  if (!errors) return { status: 200, headers, body: JSON.stringify(result) };
  return {
    status: statusOf(result, errors, mediaType),
    headers: Object.assign(headers, ...errors.map((error) => transportOf(error)?.headers)),
    body: JSON.stringify(withoutTransport(result)),
  };
}

export function sendAnswer(res: ServerResponse, { status, headers, body }: HttpAnswer): void {
  res.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
}

function statusOf(result: ExecutionResult, errors: readonly GraphQLError[], mediaType: string): number {
  const statuses = errors.map((error) => transportOf(error)?.status ?? 0);
  const status = Math.max(...statuses);
  if (status > 0) return status;
  if ('data' in result || mediaType === JSON_TYPE) return 200;
  return Math.max(...errors.map(({ extensions }) => STATUS_BY_CODE[String(extensions.code)] ?? 400));
}

const STATUS_BY_CODE: Record<string, number> = { RATE_LIMITED: 429, INTERNAL: 500, UNAVAILABLE: 503 };

/** The HTTP status and headers that a request error carries. Yoga marks those of GraphQL requests as `spec`. */
function transportOf({ extensions }: GraphQLError): Transport | undefined {
  const http = extensions.http as Transport | undefined;
  return http?.spec ? undefined : http;
}

type Transport = { status?: number; headers?: Record<string, string>; spec?: boolean };
