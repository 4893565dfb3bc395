import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepPool, type Pool } from '../../src/worker/pool.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { silent } from '../support/events.ts';

let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase();
});

afterAll(() => db.drop());

type Member = { id: string; pool: Pool; release: () => void };

/** Longer than the test may take: no pool finds anything by polling. */
const NEVER_POLLS_MS = 600_000;

/** A pool with room for one job, which lasts until its member is released. */
async function openMember(started: (job: string, id: string) => void): Promise<Member> {
  const pgPool = new pg.Pool({ connectionString: db.url, max: 4 });
  pgPool.on('error', () => {});
  pgPool.on('connect', (client) => client.on('error', () => {}));
  const released = Promise.withResolvers<void>();
  const id = Promise.withResolvers<string>();
  const pool = keepPool({
    pgPool,
    concurrency: 1,
    pollIntervalMs: NEVER_POLLS_MS,
    logger: silent,
    onPool: id.resolve,
    taskList: {
      wait: async (payload) => {
        started((payload as { job: string }).job, await id.promise);
        await released.promise;
      },
    },
  });
  const stop = async () => {
    released.resolve();
    await pool.stop();
    await pgPool.end();
  };
  return { id: await id.promise, pool: { stop }, release: released.resolve };
}

async function addJob(job: string): Promise<void> {
  await db.pool.query(`select graphile_worker.add_job('wait', json_build_object('job', $1::text))`, [job]);
}

test('a job that a busy pool fetched ahead is started by an idle one without waiting for its poll', async () => {
  const startedBy = new Map<string, PromiseWithResolvers<string>>(
    ['first', 'second', 'third'].map((job) => [job, Promise.withResolvers()]),
  );
  const started = (job: string, id: string) => startedBy.get(job)!.resolve(id);
  const members: Member[] = [];
  try {
    for (const job of ['first', 'second']) {
      members.push(await openMember(started));
      await addJob(job);
    }
    const busy = await Promise.all([startedBy.get('first')!.promise, startedBy.get('second')!.promise]);
    expect(new Set(busy)).toEqual(new Set(members.map(({ id }) => id)));

    await addJob('third');
    const holder = await fetchedAheadBy('third');
    const other = members.find(({ id }) => id !== holder)!;
    other.release();
    expect(await startedBy.get('third')!.promise).toBe(other.id);
  } finally {
    await Promise.all(members.map(({ pool }) => pool.stop()));
  }
});

/** The pool that holds a job which no slot of it is free for. */
async function fetchedAheadBy(job: string): Promise<string> {
  for (;;) {
    const { rows } = await db.pool.query<{ locked_by: string }>(
      `select locked_by from graphile_worker._private_jobs where payload ->> 'job' = $1 and locked_by is not null`,
      [job],
    );
    if (rows[0]) return rows[0].locked_by;
  }
}
