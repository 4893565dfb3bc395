import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type Config, loadConfig } from '../../src/config/config.ts';
import type { Database } from '../../src/postgres/database.ts';
import { openStatementPool } from '../../src/postgres/statement-pool.ts';
import { createEnqueue, type EnqueueRequest } from '../../src/runs/enqueue/enqueue-batch.ts';
import type { Enqueued } from '../../src/runs/enqueue/enqueue-outcome.ts';
import type { RunStatus } from '../../src/runs/model/status.ts';
import { startWorker, type Worker } from '../../src/worker/worker.ts';
import { silent } from './events.ts';

export function testConfig(given: Partial<Config> = {}): Config {
  return { ...loadConfig({}), pollIntervalSeconds: 0.5, ...given };
}

export const startTestWorker = (db: Database, given: Partial<Config> = {}): Promise<Worker> =>
  startWorker(testConfig(given), db, silent);

/** Enqueues as the API does, on connections of its own; `close` ends them. Rejects when the request has an error. */
export function openEnqueue(db: Database, queue = 'journey-runtime') {
  const statementPool = openStatementPool(db.url, 2);
  const enqueue = createEnqueue(statementPool, queue);
  return {
    async enqueue(request: Partial<EnqueueRequest> & Pick<EnqueueRequest, 'componentId'>): Promise<Enqueued> {
      const result = await enqueue({ caller: '', requestHash: randomBytes(32), ...request });
      if (!result.ok) throw new Error(result.userErrors[0]!.message);
      return result.value;
    },
    close: () => statementPool.end(),
  };
}

export type StoredEvent = { type: string; status: RunStatus; attempt: number; errorCode: string | null };

/** A run's history, oldest first. */
export async function eventsOf(db: Database, runId: string): Promise<StoredEvent[]> {
  const { rows } = await db.pool.query<StoredEvent>(
    `select type, status, attempt, error->>'code' as "errorCode" from journey_run_events
     where run_id = $1 order by sequence`,
    [runId],
  );
  return rows;
}

/** Resolves when the run's newest event has one of the types. */
export async function untilEvent(db: Database, runId: string, ...types: string[]): Promise<StoredEvent[]> {
  const client = await db.pool.connect();
  try {
    await client.query('listen journey_runtime_events');
    for (;;) {
      const rung = once(client, 'notification', { signal: AbortSignal.timeout(LOOK_AGAIN_MS) }).catch(
        () => {},
      );
      const events = await eventsOf(db, runId);
      if (types.includes(events.at(-1)?.type ?? '')) return events;
      await rung;
    }
  } finally {
    client.release(true);
  }
}

/** A missed ring is only a late one. */
const LOOK_AGAIN_MS = 200;
