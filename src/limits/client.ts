import { TokenBucket } from 'limiter';
import { createClientRest } from '../async/own-turn.ts';
import { LimitedError } from '../errors.ts';
import type { Allowance } from './allowance.ts';
import { Gauge } from './gauge.ts';

const BURST_SECONDS = 10;

/** One client's use of the service, over all its connections. */
export class Client {
  /** Operations that are being executed or wait for their turn. */
  readonly operations: Gauge;
  /** Waits for a turn of the event loop that has time left for a piece of the client's work. */
  readonly rest = createClientRest();
  /** Bytes that the service holds for the client. */
  readonly bytes: Gauge;
  readonly #subscriptions: Gauge;
  readonly #distinct: Gauge;
  readonly #distinctKeys = new Map<unknown, number>();
  readonly #cost: TokenBucket;
  readonly #tokens: TokenBucket;
  readonly #messages: TokenBucket;
  readonly #failedSignIns: TokenBucket;

  constructor(allowance: Allowance) {
    const { operations, subscriptions, distinctSubscriptions, bytes } = allowance;
    this.operations = new Gauge(
      operations,
      `You have ${operations} operations in progress, the most allowed.`,
    );
    this.#subscriptions = new Gauge(
      subscriptions,
      `You have ${subscriptions} subscriptions, the most allowed. Complete some of them.`,
    );
    this.bytes = new Gauge(
      bytes,
      `The service holds ${bytes} bytes of your requests and unread responses, the most allowed. Read the responses.`,
    );
    this.#distinct = new Gauge(
      distinctSubscriptions,
      `You have ${distinctSubscriptions} subscriptions with different documents or variables, the most allowed. Use fewer filters, or equal ones.`,
    );
    this.#cost = fullBucket(allowance.costPerMinute, 'minute', allowance.costPerMinute);
    this.#tokens = ofSeconds(allowance.tokensPerSecond);
    this.#messages = ofSeconds(allowance.messagesPerSecond);
    const { failedSignInsPerMinute: failures } = allowance;
    this.#failedSignIns = fullBucket(failures, 'minute', failures);
  }

  /** @throws LimitedError when the client has used up its cost */
  payFor(cost: number): void {
    pay(
      this.#cost,
      cost,
      'Your operations cost more than is allowed in a minute. Send fewer or smaller ones.',
    );
  }

  /** @throws LimitedError when the client has sent too many new documents */
  payForDocument(tokens: number): void {
    pay(
      this.#tokens,
      tokens,
      'You send too many documents that the service has not seen before. Send the same documents, with variables.',
    );
  }

  /** Counts a failed sign-in. Returns the error if there were too many; null otherwise. */
  countFailedSignIn(): LimitedError | null {
    const message =
      'Too many sign-ins from this address have failed. A valid credential is accepted at any time.';
    return rejectionBy(this.#failedSignIns, 1, message);
  }

  /** Counts a message. Returns the milliseconds after which the client's next message should be read. */
  countMessage(): number {
    if (this.#messages.tryRemoveTokens(1)) return 0;
    return this.#messages.getWaitTime(Math.ceil(this.#messages.bucketSize / 10));
  }

  /**
   * Counts a subscription until the returned function is called.
   * @param key equal for subscriptions that share their work
   * @throws LimitedError when the client has too many, or too many different ones
   */
  openSubscription(key: unknown): () => void {
    const equal = this.#distinctKeys.get(key) ?? 0;
    if (equal === 0) this.#distinct.check();
    this.#subscriptions.take();
    if (equal === 0) this.#distinct.take();
    this.#distinctKeys.set(key, equal + 1);
    let isOpen = true;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      this.#subscriptions.release();
      const left = this.#distinctKeys.get(key)! - 1;
      this.#distinctKeys.set(key, left);
      if (left > 0) return;
      this.#distinctKeys.delete(key);
      this.#distinct.release();
    };
  }
}

const ofSeconds = (perSecond: number) => fullBucket(perSecond, 'second', perSecond * BURST_SECONDS);

function fullBucket(
  tokensPerInterval: number,
  interval: 'second' | 'minute',
  bucketSize: number,
): TokenBucket {
  const bucket = new TokenBucket({ bucketSize, tokensPerInterval, interval });
  bucket.content = bucketSize;
  return bucket;
}

function pay(bucket: TokenBucket, tokens: number, message: string): void {
  const rejection = rejectionBy(bucket, tokens, message);
  if (rejection) throw rejection;
}

/** Removes the tokens from the bucket. Returns the error if it has too few; null otherwise. */
function rejectionBy(bucket: TokenBucket, tokens: number, message: string): LimitedError | null {
  if (bucket.tryRemoveTokens(tokens)) return null;
  const waitMs = bucket.getWaitTime(Math.min(tokens, bucket.bucketSize));
  return new LimitedError(message, Math.ceil(waitMs / 1_000));
}
