import { parseExactly } from './exact-numbers.ts';
import type { TypedDocumentString } from './generated/graphql.ts';

/** An error of a request: one that GraphQL reported, or a response that is not GraphQL's. The message is for people. */
export class ApiError extends Error {
  /** The code of the GraphQL error, such as FORBIDDEN; UNREACHABLE where no response arrived. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ApiError';
    this.code = code;
  }
}

/**
 * Executes a query or a mutation, and returns its data. A field that failed alone is null in it.
 * @throws ApiError when nothing was returned
 */
export async function fetchOperation<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Result> {
  const response = await send(JSON.stringify({ query: document.toString(), variables }), signal);
  const { data, errors } = await readResult<Result>(response);
  const [error] = errors ?? [];
  if (error && (!data || Object.values(data).every((value) => value === null)))
    throw new ApiError(error.extensions?.code ?? 'INTERNAL', error.message);
  if (!data) throw new ApiError('INTERNAL', 'The service sent an empty response.');
  return data;
}

type GraphQLResult<Result> = {
  data?: Result | null;
  errors?: { message: string; extensions?: { code?: string } }[];
};

async function send(body: string, signal?: AbortSignal): Promise<Response> {
  try {
    return await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
      body,
      signal,
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError(
      'UNREACHABLE',
      'The service cannot be reached. Check your connection, then try again.',
      {
        cause,
      },
    );
  }
}

async function readResult<Result>(response: Response): Promise<GraphQLResult<Result>> {
  if (response.status === 401) throw new ApiError('UNAUTHENTICATED', 'Sign in to go on.');
  try {
    return parseExactly(await response.text()) as GraphQLResult<Result>;
  } catch (cause) {
    const message = `The service responded with status ${response.status} and no readable text.`;
    throw new ApiError('INTERNAL', message, { cause });
  }
}
