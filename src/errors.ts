/** An error that a change of the input can fix. `path` leads to the faulty value in the mutation's input: ['bindings', '0', 'path']. */
export type UserError = { code: UserErrorCode; message: string; path: string[] };

/** The meaning of each code is its description in the API (graphql/user-error.ts). */
export type UserErrorCode =
  | 'NOT_FOUND'
  | 'INVALID'
  | 'ALREADY_EXISTS'
  | 'CONFLICT'
  | 'ARCHIVED'
  | 'CHANNEL_NOT_ELIGIBLE'
  | 'PRODUCT_MISMATCH'
  | 'COMPONENT_MISMATCH'
  | 'IDEMPOTENCY_CONFLICT'
  | 'TOO_LARGE'
  | 'NOT_CANCELABLE'
  | 'NOT_RETRYABLE';

/** An id as a caller sent it, shortened for a message: it may be megabytes long. */
export const shownId = (id: string): string => id.slice(0, 40);

/** The result of a write: its value, or all errors in the input. With errors, nothing was written. */
export type Result<T> = { ok: true; value: T } | { ok: false; userErrors: UserError[] };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
export const invalid = (...userErrors: UserError[]): Result<never> => ({ ok: false, userErrors });

/** Thrown within a transaction to roll it back; the mutation then reports these errors. `id` is as in SaveResult. */
export class InvalidInputError extends Error {
  readonly userErrors: UserError[];
  readonly id: string | null;

  constructor(userErrors: UserError[], id: string | null = null) {
    super('the input is invalid');
    this.userErrors = userErrors;
    this.id = id;
  }
}

/**
 * The result of a write to the catalogue. With userErrors, nothing was written; `id` is then the stored row's if the
 * error is a CONFLICT, and null otherwise.
 */
export type SaveResult = { id: string | null; userErrors: UserError[] };

/**
 * BAD_REQUEST     the request is malformed or exceeds a limit; send a corrected one
 * NOT_FOUND       the object of a subscription or plan does not exist
 * CURSOR_EXPIRED  the history after the cursor is gone; read the lists again and continue from a new cursor
 * FORBIDDEN       the principal does not have the permission that the message names
 * RATE_LIMITED    the client, or this request, exceeds its limits; wait, or split the request
 * UNAUTHENTICATED the request has no valid credential; the message says which one to send
 * SHOP_MOVED      the shop is in another cell, to which a router sends its requests
 * UNAVAILABLE     the database does not respond, or the shop is being moved; try again, with the same idempotency key
 */
export type ServiceErrorCode =
  | 'UNAUTHENTICATED'
  | 'BAD_REQUEST'
  | 'NOT_FOUND'
  | 'CURSOR_EXPIRED'
  | 'FORBIDDEN'
  | 'RATE_LIMITED'
  | 'SHOP_MOVED'
  | 'UNAVAILABLE';

/**
 * An error that the caller cannot fix by changing a mutation's input: it becomes a GraphQL error with this code. The message
 * is shown to the caller and contains nothing internal.
 */
export class ServiceError extends Error {
  readonly code: ServiceErrorCode;

  constructor(code: ServiceErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ServiceError';
    this.code = code;
  }
}

/** An error that passes: the same request may succeed after this time. */
export class RetryLaterError extends ServiceError {
  readonly retryAfterSeconds: number;

  constructor(code: ServiceErrorCode, message: string, retryAfterSeconds: number) {
    super(code, message);
    this.name = 'RetryLaterError';
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The error for a client that exceeds its limits. */
export class LimitedError extends RetryLaterError {
  constructor(message: string, retryAfterSeconds: number) {
    super('RATE_LIMITED', message, retryAfterSeconds);
  }
}

/** The error for a write to a shop that is closed because it is being moved to this cell, or to another one. */
export const shopClosed = (): RetryLaterError =>
  new RetryLaterError(
    'UNAVAILABLE',
    'The shop is being moved to another cell, which takes some seconds, and nothing was changed. Try again, and repeat a mutation with the same idempotency key.',
    MOVE_SECONDS,
  );

/** The error for a request to a shop that is in another cell. */
export const shopMoved = (): RetryLaterError =>
  new RetryLaterError(
    'SHOP_MOVED',
    'The shop has moved to another cell, and nothing was changed here. Send the request through the router, which must lead to the cell of the shop.',
    MOVE_SECONDS,
  );

const MOVE_SECONDS = 2;

/** An error that prevents the start. The message is one line that names the fix; the process ends with exit code 2. */
export class StartupError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StartupError';
  }
}
