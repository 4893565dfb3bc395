import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bulkTaskName } from '../../src/queue/tasks.ts';
import { startWorker } from '../../src/worker/worker.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { testConfig } from '../support/worker.ts';

let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase();
});

afterAll(async () => {
  await db.drop();
});

test.each([
  ['bulk operation', bulkTaskName, { operationId: 'no id' }],
  ['bulk operation', bulkTaskName, []],
] as const)(
  'a malformed %s job is logged with its id and dropped, not tried again',
  async (kind, nameOf, payload) => {
    const lines = new PassThrough({ objectMode: true });
    const worker = await startWorker(testConfig(), db, pino({ level: 'error' }, lines));
    try {
      const task = nameOf(testConfig().taskQueue);
      const { rows } = await db.pool.query<{ id: string }>(
        'select id from graphile_worker.add_job($1, payload => $2::json, max_attempts => 25)',
        [task, JSON.stringify(payload)],
      );
      const [line] = await once(lines, 'data');
      expect(JSON.parse(line)).toMatchObject({
        msg: `dropped a ${kind} job whose payload is malformed`,
        jobId: rows[0]!.id,
        problem: expect.stringMatching(/^✖ Invalid/),
      });
    } finally {
      await worker.stop();
    }
    const left = await db.pool.query('select from graphile_worker.jobs');
    expect(left.rowCount).toBe(0);
  },
);
