import { Interruption, JourneyClientError } from './errors.ts';
import type { Result } from './operation.ts';

/** A response that does not follow the service's protocol. */
export type Answer = { status: number; contentType: string | null; redirectedTo: string | null };

/** Whether an HTTP status is temporary. */
const isPassing = (status: number) => status >= 500 || status === 408 || status === 425 || status === 429;

/** Two rejections of new credentials within this time count as one. */
const RENEWAL_MS = 60_000;

type NodeError = Error & { code?: string };

/**
 * Error messages of permanent connection errors: an unknown host, a certificate for another host, TLS and plain HTTP
 * confused, a port that fetch blocks.
 */
const CONNECTION_MISTAKES =
  /^(ENOTFOUND|EPROTO|ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HPE_INVALID_|bad port)/;

/** Whether new credentials may help. */
const isAboutCredentials = ({ code }: JourneyClientError) =>
  code === 'UNAUTHENTICATED' || code === 'FORBIDDEN';

/**
 * Distinguishes a permanent error from an outage. Once an endpoint has served this client, any other response from
 * its URL, such as a proxy's 404 during a deployment, is an outage.
 */
export class RefusalPolicy {
  readonly #url: string;
  readonly #renewsCredentials: boolean;
  #hasServed = false;
  #refusedAt = Number.NEGATIVE_INFINITY;

  constructor(url: string, renewsCredentials: boolean) {
    this.#url = url;
    this.#renewsCredentials = renewsCredentials;
  }

  served(): void {
    this.#hasServed = true;
  }

  /** A result shows that the service accepts the credentials, which a connection does not show. */
  delivered({ errors }: Result): void {
    if (!errors) this.#refusedAt = Number.NEGATIVE_INFINITY;
  }

  /** The error for a response that is not the service's; `expected` names the expected response. */
  ofAnswer(
    { status, contentType, redirectedTo }: Answer,
    expected: string,
  ): JourneyClientError | Interruption {
    const answered = `${this.#url} answered ${status}${contentType ? ` (${contentType})` : ''} instead of ${expected}`;
    if (isPassing(status)) return new Interruption(`${answered}.`);
    if (status === 401)
      return this.judge(new JourneyClientError('UNAUTHENTICATED', `${answered}: check the credentials.`));
    if (status === 403)
      return this.judge(
        new JourneyClientError('FORBIDDEN', `${answered}: check the credentials and the origin.`),
      );
    if (status === 413)
      return new JourneyClientError('TOO_LARGE', `${answered}: make the document or its variables smaller.`);
    const fix = redirectedTo
      ? `it redirects to ${redirectedTo}: use that as url`
      : "check that url is the service's GraphQL endpoint, such as https://journeys.example.com/graphql";
    return this.judge(new JourneyClientError('WRONG_URL', `${answered}; ${fix}.`));
  }

  /** The error for an endpoint that responds to requests, but opens no WebSocket. */
  withoutWebSocket(): JourneyClientError | Interruption {
    const message =
      `${this.#url} answers over HTTP, but opens no WebSocket: let proxies pass on the headers Upgrade and Connection, ` +
      "or use transport: 'sse'.";
    return this.judge(new JourneyClientError('NO_WEBSOCKET', message));
  }

  /** The error for a failed connection; `error` is what fetch threw, or the error of a WebSocket's error event. */
  ofConnection(error: unknown): JourneyClientError | Interruption {
    const causes = [error, (error as Error | undefined)?.cause] as (NodeError | undefined)[];
    const reason = causes
      .map((cause) => cause?.message)
      .filter(Boolean)
      .join(': ');
    const message = `The connection to ${this.#url} failed${reason ? ` (${reason})` : ''}`;
    const isMistake = causes.some((cause) => CONNECTION_MISTAKES.test(cause?.code ?? cause?.message ?? ''));
    if (!isMistake) return new Interruption(`${message}.`, { cause: error });
    const fix = "check url's scheme, host and port, and the server's certificate";
    return this.judge(new JourneyClientError('WRONG_URL', `${message}: ${fix}.`, { cause: error }));
  }

  /** Returns the error itself if it is final, and an Interruption if the next attempt may succeed. */
  judge(error: JourneyClientError, now = Date.now()): JourneyClientError | Interruption {
    if (!this.#hasServed) return error;
    if (!isAboutCredentials(error)) return new Interruption(error.message, { cause: error });
    // Ended credentials are renewed once. If the new ones are rejected too, before a result has arrived, the error is final.
    const isRepeated = now - this.#refusedAt < RENEWAL_MS;
    this.#refusedAt = now;
    if (this.#renewsCredentials && !isRepeated) return new Interruption(error.message, { cause: error });
    return error;
  }
}
