/**
 * The codes of the service's GraphQL errors, such as CURSOR_EXPIRED, and those that the client adds:
 * INVALID_OPTION, INVALID_DOCUMENT: rejected before anything is sent;
 * WRONG_URL: the URL responds, but it is not the service's GraphQL endpoint;
 * NO_WEBSOCKET: the endpoint responds over HTTP, but does not open a WebSocket;
 * TOO_LARGE: the document and its variables exceed the server's limit.
 */
export type JourneyClientErrorCode =
  | 'INVALID_OPTION'
  | 'INVALID_DOCUMENT'
  | 'WRONG_URL'
  | 'NO_WEBSOCKET'
  | 'TOO_LARGE'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'BAD_REQUEST'
  | 'NOT_FOUND'
  | 'CURSOR_EXPIRED'
  | 'INTERNAL'
  | (string & {});

/** A permanent error: the same request would fail again. The message names the fix. */
export class JourneyClientError extends Error {
  readonly code: JourneyClientErrorCode;

  constructor(code: JourneyClientErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'JourneyClientError';
    this.code = code;
  }
}

/** The connection failed or broke, or the service is unavailable. The client retries. */
export class Interruption extends Error {
  /** The shortest wait before a retry that the server requested, in milliseconds. */
  readonly retryAfterMs: number;

  constructor(message: string, { retryAfterMs = 0, cause }: { retryAfterMs?: number; cause?: unknown } = {}) {
    super(message, { cause });
    this.name = 'Interruption';
    this.retryAfterMs = retryAfterMs;
  }
}
