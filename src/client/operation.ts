export type Operation = { query: string; variables: Record<string, unknown> };

export type Result = {
  data?: Record<string, unknown> | null;
  errors?: readonly { message: string; extensions?: { code?: string } }[];
};

/**
 * Executes an operation and yields its results, until the server completes it. Throws a RequestRefused when the server
 * would refuse the same request again, and any other error when the connection did not come about or broke.
 */
export type Transport = (operation: Operation, signal: AbortSignal) => AsyncGenerator<Result, void, void>;

/** The server answers, and will not serve this request however often it is repeated. */
export class RequestRefused extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RequestRefused';
  }
}
