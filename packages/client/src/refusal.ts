import { Interruption, JourneyClientError } from './errors.ts';

/** What the URL answered instead of the service's protocol. */
export type Answer = { status: number; contentType: string | null; redirectedTo: string | null };

/** HTTP statuses that say "later" rather than "never". */
const isPassing = (status: number) => status >= 500 || status === 408 || status === 425 || status === 429;

/** Two refusals of renewed credentials within this time are one and the same. */
const RENEWAL_MS = 60_000;

type NodeError = Error & { code?: string };

/** No such host, a certificate for another one, TLS and plain HTTP confused, a port that fetch refuses. */
const CONNECTION_MISTAKES =
  /^(ENOTFOUND|EPROTO|ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HPE_INVALID_|bad port)/;

/** Whether new credentials may help. */
const isAboutCredentials = ({ code }: JourneyClientError) =>
  code === 'UNAUTHENTICATED' || code === 'FORBIDDEN';

/**
 * Tells a caller's mistake from an outage. An endpoint that has served this client before is not a mistake: whatever
 * else answers in its place, such as a proxy's 404 during a deployment, is an outage.
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

  /** The error for an answer that is not the service's; `expected` is what it should have been. */
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

  /** The error for an endpoint that answers requests, but opens no WebSocket. */
  withoutWebSocket(): JourneyClientError | Interruption {
    const message =
      `${this.#url} answers over HTTP, but opens no WebSocket: let proxies pass on the headers Upgrade and Connection, ` +
      "or use transport: 'sse'.";
    return this.judge(new JourneyClientError('NO_WEBSOCKET', message));
  }

  /** The error for a connection that failed: `error` is what fetch threw, or what a WebSocket's error event holds. */
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

  /** The error itself where it is final; an Interruption where the next attempt may succeed. */
  judge(error: JourneyClientError, now = Date.now()): JourneyClientError | Interruption {
    if (!this.#hasServed) return error;
    if (!isAboutCredentials(error)) return new Interruption(error.message, { cause: error });
    // Credentials that expired are made anew once; when the new ones are refused too, the error is final.
    const isRepeated = now - this.#refusedAt < RENEWAL_MS;
    this.#refusedAt = now;
    if (this.#renewsCredentials && !isRepeated) return new Interruption(error.message, { cause: error });
    return error;
  }
}
