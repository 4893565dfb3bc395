import { Interruption, JourneyClientError } from './errors.ts';

export type Operation = { query: string; variables: Record<string, unknown> };

export type GraphQLErrors = readonly { message: string; extensions?: { code?: string } }[];

/** One result of an operation, as the server sends it. */
export type Result = { data?: Record<string, unknown> | null; errors?: GraphQLErrors };

/** Receives the events of one operation. Never called before `subscribe` has returned. */
export type Sink = {
  /** The operation was sent over an open connection. */
  open(): void;
  next(result: Result): void;
  /** The server completed the operation. Last call. */
  complete(): void;
  /** A JourneyClientError is final. After an Interruption the operation may be sent again. Last call. */
  fail(error: JourneyClientError | Interruption): void;
};

export type Transport = {
  /** Returns a function that ends the operation at once; the sink is not called after that. */
  subscribe(operation: Operation, sink: Sink): () => void;
  close(): void;
};

/** Temporary errors of the service: the same request may succeed later. */
const PASSING = new Set(['UNAVAILABLE', 'RATE_LIMITED', 'SHOP_MOVED']);

export function toError(errors: GraphQLErrors, retryAfterMs?: number): JourneyClientError | Interruption {
  const [error] = errors;
  const code = error?.extensions?.code ?? 'INTERNAL';
  const message = error?.message ?? 'The server sent an empty list of errors.';
  return PASSING.has(code)
    ? new Interruption(message, { retryAfterMs })
    : new JourneyClientError(code, message);
}

/** @throws JourneyClientError, Interruption */
export function dataOf({ data, errors }: Result): Record<string, unknown> {
  if (errors) throw toError(errors);
  if (!data) throw new Interruption('The server sent a result without data.');
  return data;
}
