/** What a caller can mend. `path` leads into the mutation's input, e.g. ['bindings', '0', 'path']. */
export type UserError = { code: UserErrorCode; message: string; path: string[] };

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

/** What a write gives back: its value, or every mistake in what was asked, with nothing written. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; userErrors: UserError[] };

export const done = <T>(value: T): Outcome<T> => ({ ok: true, value });
export const refused = (...userErrors: UserError[]): Outcome<never> => ({ ok: false, userErrors });

/**
 * What a write of the catalogue came to. Beside userErrors nothing was written; `id` is then the row as stored, where
 * seeing it helps (CONFLICT), else null.
 */
export type Written = { id: string | null; userErrors: UserError[] };

export type ServiceErrorCode =
  | 'BAD_REQUEST'
  | 'NOT_FOUND'
  | 'CURSOR_EXPIRED'
  | 'RATE_LIMITED'
  | 'UNAVAILABLE';

/** What no change to a mutation's input mends. Its message is written for the caller and names nothing internal. */
export class ServiceError extends Error {
  readonly code: ServiceErrorCode;

  constructor(code: ServiceErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ServiceError';
    this.code = code;
  }
}

/** A start that cannot go on. The message is one line that names the mend; the process ends with exit code 2. */
export class StartupError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StartupError';
  }
}
