import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type pg from 'pg';
import { pause } from '../../async/pause.ts';
import { createFailureLog, type Logger } from '../../logger.ts';
import { applicationName, createClient } from '../../postgres/connection-config.ts';
import { TOPIC } from './doorbell.ts';

export type DoorbellListener = {
  /** Whether LISTEN is active on a connection that responded to its last check. */
  isListening(): boolean;
  stop(): Promise<void>;
};

export type DoorbellListenerOptions = {
  url: string;
  /** For the test ring that shows whether rings are received; it must come from another connection. */
  pool: pg.Pool;
  logger: Logger;
  /** Called at each ring. */
  onRing(): void;
  /** Called each time LISTEN becomes active: rings may have been missed, and the server may be a different one. */
  onListening(): void;
};

/**
 * The readers' end of the doorbell: a separate connection that is checked regularly, and replaced when it breaks or
 * stops responding.
 */
export function listenToDoorbell(options: DoorbellListenerOptions): DoorbellListener {
  const { url, pool, logger, onRing, onListening } = options;
  const failures = createFailureLog('listening to the doorbell of the event feed', logger);
  const stopping = new AbortController();
  const stopped = stopping.signal;
  let isListening = false;
  let isKnownToHear = false;

  async function listenLoop(): Promise<void> {
    let backoffMs = BACKOFF_MS;
    while (!stopped.aborted) {
      const begun = performance.now();
      const client = createClient(url, {
        application_name: applicationName('doorbell'),
        query_timeout: CHECK_TIMEOUT_MS,
      });
      const leave = () => void client.end().catch(() => {});
      stopped.addEventListener('abort', leave, { once: true });
      try {
        await listenOn(client);
      } catch (error) {
        if (!stopped.aborted) failures.failed(error);
      }
      isListening = false;
      stopped.removeEventListener('abort', leave);
      leave();
      const wasSteady = performance.now() - begun > STEADY_MS;
      backoffMs = wasSteady ? BACKOFF_MS : Math.min(backoffMs * 2, BACKOFF_AT_MOST_MS);
      await pause(backoffMs, stopped);
    }
  }

  /** Listens until the connection breaks or does not respond, or until the listener is stopped; then throws. */
  async function listenOn(client: pg.Client): Promise<never> {
    const broken = new AbortController();
    const over = AbortSignal.any([broken.signal, stopped]);
    client.on('error', (error) => broken.abort(error));
    client.on('end', () => broken.abort(new Error('the connection that listens was closed')));
    client.on('notification', onRing);
    // The connect of a client that is ended meanwhile never settles.
    await Promise.race([client.connect(), once(over, 'abort')]);
    over.throwIfAborted();
    await client.query(`listen ${TOPIC}`);
    isListening = true;
    failures.worked();
    onListening();
    if (!isKnownToHear) void checkHearing(client);
    for (;;) {
      await pause(CHECK_EVERY_MS, over);
      over.throwIfAborted();
      // A connection whose packets are lost on the way looks like a quiet one, so it is checked by a query.
      await client.query('select 1');
    }
  }

  /**
   * Checks by a test ring that rings are received. Behind a pooler in transaction mode LISTEN succeeds, but no ring
   * arrives.
   */
  async function checkHearing(client: pg.Client): Promise<void> {
    const token = randomUUID();
    const heard = new AbortController();
    client.on('notification', ({ payload }) => {
      if (payload === token) heard.abort();
    });
    try {
      await pool.query('select pg_notify($1, $2)', [TOPIC, token]);
    } catch {
      return;
    }
    await pause(HEARING_WITHIN_MS, AbortSignal.any([heard.signal, stopped]));
    isKnownToHear = heard.signal.aborted;
    if (!isKnownToHear && isListening && !stopped.aborted)
      logger.warn(
        'LISTEN does not work on this connection to PostgreSQL, as with a pooler in transaction mode: the event feed polls once a second instead, which is correct but slower',
      );
  }

  const done = listenLoop();
  return {
    isListening: () => isListening,
    async stop() {
      stopping.abort();
      await done;
    },
  };
}

const BACKOFF_MS = 50;
const BACKOFF_AT_MOST_MS = 2_000;
/**
 * A connection that lasted this long counts as good, so the wait before the next one starts from the shortest again.
 */
const STEADY_MS = 1_000;
const CHECK_EVERY_MS = 5_000;
const CHECK_TIMEOUT_MS = 5_000;
const HEARING_WITHIN_MS = 2_000;
