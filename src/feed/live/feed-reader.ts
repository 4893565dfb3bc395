import type pg from 'pg';
import { pause } from '../../async/pause.ts';
import { Signal } from '../../async/signal.ts';
import { createFailureLog, type FailureLog, type Logger } from '../../logger.ts';
import { checkEra } from '../log/era.ts';
import { readEnd, readPage } from '../log/event-log.ts';
import { type DoorbellListener, listenToDoorbell } from './doorbell-listener.ts';
import { type BufferLimits, EventBuffer } from './event-buffer.ts';
import { type HeldBack, HeldBackWatch } from './held-back.ts';
import { readMovedShops } from './moved-shops.ts';

export type FeedReaderOptions = { url: string; pool: pg.Pool; logger: Logger; buffer?: BufferLimits };

/** Figures for operators about a process's feed. */
export type FeedFigures = {
  /** Events in the buffer. */
  events: number;
  bytes: number;
  /** Whether the doorbell is heard. If not, the log is read once a second. */
  isListening: boolean;
  /** Milliseconds since the log was last read. */
  unreadMs: number;
  /** For how long a transaction in progress has held events back, and which one; null while none are held. */
  held: HeldBack | null;
};

/**
 * Fills the buffer up to the log's end: reads the log at each ring of the doorbell while a subscriber waits for events, and
 * once a second in any case. While the database is unreachable it retries until it is stopped, and the buffer stays as it
 * was.
 */
export class FeedReader {
  readonly #options: FeedReaderOptions;
  readonly #failureLog: FailureLog;
  readonly #stopping = new AbortController();
  readonly #woken = new Signal();
  readonly #grown = new Signal();
  #isWoken = false;
  /** Whether the doorbell has rung since the log was last read. */
  #hasUnread = false;
  #buffer: EventBuffer | null = null;
  #listener: DoorbellListener | null = null;
  /** Set at the start and after each loss of connection, when the server may be a different one. */
  #isServerUnsure = true;
  #failures = 0;
  #erasures: number | null = null;
  #moves: number | null = null;
  #movedShops: ReadonlySet<string> = new Set();
  readonly #erased = new Signal();
  readonly #heldBack: HeldBackWatch;
  #heldLooks = 0;
  #readAt = performance.now();
  #looks: (() => void)[] = [];
  #done: Promise<void> = Promise.resolve();

  constructor(options: FeedReaderOptions) {
    this.#options = options;
    this.#failureLog = createFailureLog('reading the event feed', options.logger);
    this.#heldBack = new HeldBackWatch(options.pool, options.logger);
  }

  /** Resolves when the reader has found the log's end for the first time. */
  async start(): Promise<void> {
    const { url, pool, logger } = this.#options;
    this.#listener = listenToDoorbell({
      url,
      pool,
      logger,
      onRing: () => {
        this.#hasUnread = true;
        if (this.#grown.isAwaited) this.#wake();
      },
      onListening: () => {
        this.#isServerUnsure = true;
        this.#wake();
      },
    });
    const started = this.look();
    this.#done = this.#readLoop();
    await started;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wake();
    await Promise.all([this.#done, this.#listener?.stop()]);
  }

  /** The newest events. It is replaced when the log is replaced: store a place in it, never the buffer. */
  get buffer(): EventBuffer {
    if (!this.#buffer) throw new Error('the event feed was not started');
    return this.#buffer;
  }

  /** How often the buffer has grown or was replaced. */
  get timesGrown(): number {
    return this.#grown.times;
  }

  /** Resolves when the buffer has grown or was replaced, after `timeoutMs`, or when the signal is aborted. */
  growth(signal: AbortSignal, timeoutMs?: number): Promise<void> {
    const grown = this.#grown.next(signal, timeoutMs);
    if (this.#hasUnread) this.#wake();
    return grown;
  }

  /** Ids of transactions that are known to belong to other databases of the server. */
  get foreign(): readonly string[] {
    return this.#heldBack.foreign;
  }

  /** How often details of events were erased: copies of events that were made before must not be shown any more. */
  get timesErased(): number {
    return this.#erased.times;
  }

  /** Ids of transactions in progress that belong to other databases of the server. */
  get foreignTransactions(): readonly string[] {
    return this.#heldBack.foreign;
  }

  /** The shops that are in another cell now. */
  get movedShops(): ReadonlySet<string> {
    return this.#movedShops;
  }

  /** Resolves when the log was read to its end by a read that began after this call, or when that failed. */
  look(): Promise<void> {
    if (this.#stopping.signal.aborted) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#looks.push(resolve);
    this.#wake();
    return promise;
  }

  figures(): FeedFigures {
    return {
      events: this.#buffer?.length ?? 0,
      bytes: this.#buffer?.bytes ?? 0,
      isListening: this.#listener?.isListening() ?? false,
      unreadMs: performance.now() - this.#readAt,
      held: this.#heldBack.held,
    };
  }

  #wake(): void {
    this.#isWoken = true;
    this.#woken.happened();
  }

  async #readLoop(): Promise<void> {
    const stopped = this.#stopping.signal;
    while (!stopped.aborted) {
      this.#isWoken = false;
      const looks = this.#looks.splice(0);
      const waitMs = await this.#readOnce();
      // The first look waits for the first successful read, because before it there is no place to return.
      if (waitMs === 0 || !this.#buffer) this.#looks.unshift(...looks);
      else for (const answer of looks) answer();
      if (!this.#isWoken && waitMs > 0) await this.#woken.next(stopped, waitMs);
    }
    for (const answer of this.#looks) answer();
  }

  /** Reads the log once. Returns the milliseconds to wait before the next read, if no ring comes earlier. */
  async #readOnce(): Promise<number> {
    const timeoutMs = TIMEOUTS_MS[Math.min(this.#failures, TIMEOUTS_MS.length - 1)]!;
    try {
      const waitMs = await this.#read(timeoutMs);
      this.#failures = 0;
      this.#failureLog.worked();
      return waitMs;
    } catch (error) {
      if (this.#stopping.signal.aborted) return POLL_MS;
      this.#failures += 1;
      this.#failureLog.failed(error);
      this.#isServerUnsure = true;
      // A doorbell must not turn an outage into a busy loop.
      await pause(RETRY_MS, this.#stopping.signal);
      return 1;
    }
  }

  async #read(timeoutMs: number): Promise<number> {
    const { pool, logger } = this.#options;
    if (this.#isServerUnsure) {
      this.#isServerUnsure = false;
      const era = await checkEra(pool, timeoutMs);
      if (this.#buffer?.end.era !== era) await this.#restart(timeoutMs);
    }
    const buffer = this.buffer;
    this.#hasUnread = false;
    const page = await readPage(pool, buffer.end, { limit: PAGE, timeoutMs, foreign: this.foreign });
    this.#readAt = performance.now();
    if (page.expired !== null) {
      logger.warn(
        `the event feed restarts, because its position in the log is ${page.expired}; cursors at lost or deleted events expire`,
      );
      await this.#restart(timeoutMs);
      return 0;
    }
    if (page.erasures !== (this.#erasures ?? page.erasures)) {
      this.#buffer = new EventBuffer(buffer.end, this.#options.buffer ?? LIMITS);
      this.#erased.happened();
      this.#grown.happened();
    }
    this.#erasures = page.erasures;
    if (page.moves !== this.#moves) {
      this.#movedShops = await readMovedShops(pool, timeoutMs);
      this.#moves = page.moves;
      this.#grown.happened();
    }
    this.buffer.append(page.events);
    if (page.events.length > 0) this.#grown.happened();
    if (page.events.length === PAGE) return 0;
    this.#heldBack.update(page.heldMs);
    this.#heldLooks = page.heldMs === null || page.events.length > 0 ? 0 : this.#heldLooks + 1;
    if (page.heldMs === null) return POLL_MS;
    this.#hasUnread = true;
    return this.#grown.isAwaited ? Math.min(HELD_MS * 2 ** this.#heldLooks, HELD_AT_MOST_MS) : POLL_MS;
  }

  /** Replaces the buffer. Readers stay at their places; the log shows for each place whether it is still valid. */
  async #restart(timeoutMs: number): Promise<void> {
    const { pool, buffer = LIMITS } = this.#options;
    this.#buffer = new EventBuffer(await readEnd(pool, timeoutMs), buffer);
    this.#grown.happened();
  }
}

const LIMITS: BufferLimits = { events: 10_000, bytes: 16 * 1024 * 1024 };
const PAGE = 500;
const POLL_MS = 1_000;
const RETRY_MS = 200;
/** A write in progress that holds events back usually ends soon, so the wait starts short and doubles. */
const HELD_MS = 5;
const HELD_AT_MOST_MS = 50;
/**
 * The first timeout is short, so that a connection that loses packets costs only a second; later ones give a busy
 * server more time.
 */
const TIMEOUTS_MS = [1_000, 2_000, 5_000];
