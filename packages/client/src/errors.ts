/**
 * The service's own codes are those of its GraphQL errors, such as CURSOR_EXPIRED. The client adds:
 * INVALID_OPTION, INVALID_DOCUMENT: refused before anything is sent;
 * WRONG_URL: something answers at the URL, but not the service's GraphQL endpoint;
 * NO_WEBSOCKET: the endpoint answers over HTTP, but does not open a WebSocket;
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

/** An error that repeating the request does not fix. The message says what does. */
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
  /** The earliest retry that the server asked for. */
  readonly retryAfterMs: number;

  constructor(message: string, { retryAfterMs = 0, cause }: { retryAfterMs?: number; cause?: unknown } = {}) {
    super(message, { cause });
    this.name = 'Interruption';
    this.retryAfterMs = retryAfterMs;
  }
}
