import { afterAll, afterEach, beforeAll } from 'vitest';
import type { RunStatus } from '../../src/runs/model/status.ts';
import type { Worker } from '../../src/worker/worker.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { insertRunWithEvent } from './events.ts';
import { insertComponent } from './runs.ts';
import { openEnqueue, startTestWorker } from './worker.ts';

type Door = ReturnType<typeof openEnqueue>;

/**
 * A database of the test file's own with one component, for tests of what operators do to runs. A worker that a test
 * starts is stopped after it.
 */
export function useOperatedRuns() {
  let db: TestDatabase;
  let door: Door;
  let worker: Worker | undefined;
  let componentId: string;

  beforeAll(async () => {
    db = await createTestDatabase();
    door = openEnqueue(db);
    componentId = (await insertComponent(db.pool)).id;
  });
  afterEach(async () => {
    await worker?.stop();
    worker = undefined;
  });
  afterAll(async () => {
    await door.close();
    await db.drop();
  });

  return {
    get db() {
      return db;
    },
    enqueue: (request: Partial<Parameters<Door['enqueue']>[0]> = {}) =>
      door.enqueue({ componentId, ...request }),
    async startWorker(given: Parameters<typeof startTestWorker>[1]): Promise<void> {
      worker = await startTestWorker(db, given);
    },
    /** Stores a run with this status. `set` is SQL that changes further columns. */
    async runThatIs(status: RunStatus, set = ''): Promise<string> {
      const runId = await insertRunWithEvent(db.pool, { componentId, status });
      if (set) await db.pool.query(`update journey_component_runs set ${set} where id = $1`, [runId]);
      return runId;
    },
    async stored(runId: string) {
      return (await db.pool.query('select * from journey_component_runs where id = $1', [runId])).rows[0];
    },
  };
}
