import { afterAll, beforeAll, expect, test } from 'vitest';
import { deleteOldRuns } from '../../src/runs/retention.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { insertRunWithEvent } from '../support/events.ts';
import { insertComponent } from '../support/runs.ts';

let db: TestDatabase;
let componentId: string;
const DAY_MS = 86_400_000;

beforeAll(async () => {
  db = await createTestDatabase();
  componentId = (await insertComponent(db.pool)).id;
});
afterAll(() => db.drop());

async function runOf(status: 'COMPLETED' | 'FAILED' | 'QUEUED', daysAgo: number): Promise<string> {
  const at = new Date(Date.now() - daysAgo * DAY_MS);
  const completedAt = status === 'QUEUED' ? null : at;
  return insertRunWithEvent(db.pool, { componentId, status, queuedAt: at, completedAt });
}

const ids = async (table: string, column: string) =>
  new Set((await db.pool.query(`select distinct ${column} as id from ${table}`)).rows.map((row) => row.id));

test('old terminal runs go with their events, completed ones first, and nothing else goes', async () => {
  const [failed, completed, live, young] = await Promise.all([
    runOf('FAILED', 40),
    runOf('COMPLETED', 31),
    runOf('QUEUED', 90),
    runOf('COMPLETED', 29),
  ]);
  expect(await deleteOldRuns(db.pool, 30)).toBe(1);
  expect((await ids('journey_component_runs', 'id')).has(completed)).toBe(false);
  expect(await deleteOldRuns(db.pool, 30)).toBe(1);
  expect(await deleteOldRuns(db.pool, 30)).toBe(0);
  expect(await ids('journey_component_runs', 'id')).toEqual(new Set([live, young]));
  expect((await ids('journey_run_events', 'run_id')).has(failed)).toBe(false);
  expect(await ids('journey_run_events', 'run_id')).toEqual(new Set([live, young]));
});

test('the watermark stands at the last event that was deleted, and never goes back', async () => {
  const read = async () =>
    (await db.pool.query('select watermark_xid, watermark_position from journey_feed')).rows[0];
  const before = await read();
  const runId = await runOf('FAILED', 40);
  const event = await db.pool.query('select xid, position from journey_run_events where run_id = $1', [
    runId,
  ]);
  await deleteOldRuns(db.pool, 30);
  expect(await read()).toEqual({
    watermark_xid: event.rows[0].xid,
    watermark_position: event.rows[0].position,
  });
  expect(before).not.toEqual(await read());
});
