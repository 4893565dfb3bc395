import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openRetryingPool } from '../../src/queue/retrying-pool.ts';
import { type Pool, superviseJobPool } from '../../src/worker/job-pool.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { silent } from '../support/events.ts';

let db: TestDatabase;
const members: Member[] = [];

beforeAll(async () => {
  db = await createTestDatabase();
});

afterEach(stopMembers);

afterAll(() => db.drop());

type Member = {
  id: string;
  pool: Pool;
  release: (job: string) => void;
  started: (job: string) => Promise<void>;
};

/** Longer than the test may take: no pool finds anything by polling. */
const NEVER_POLLS_MS = 600_000;

/** A pool whose jobs last until they are released, by their names. */
async function openMember(): Promise<Member> {
  const pgPool = openRetryingPool(db, 4);
  const gates = new Map<string, Record<'started' | 'released', PromiseWithResolvers<void>>>();
  const gate = (job: string) => {
    const made = gates.get(job) ?? { started: Promise.withResolvers(), released: Promise.withResolvers() };
    gates.set(job, made);
    return made;
  };
  const id = Promise.withResolvers<string>();
  const pool = superviseJobPool({
    pgPool,
    pollIntervalMs: NEVER_POLLS_MS,
    logger: silent,
    onPool: id.resolve,
    taskList: {
      pass: async () => {},
      wait: async (payload) => {
        const { started, released } = gate((payload as { job: string }).job);
        started.resolve();
        await released.promise;
      },
    },
  });
  const member: Member = {
    id: await id.promise,
    release: (job) => gate(job).released.resolve(),
    started: (job) => gate(job).started.promise,
    pool: {
      ...pool,
      async stop() {
        for (const { released } of gates.values()) released.resolve();
        await pool.stop();
        await pgPool.end();
      },
    },
  };
  members.push(member);
  await untilFound(LISTENING, [members.length]);
  return member;
}

/** A job that is added before would be found by polling alone. */
const LISTENING = `
  select from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid() and state = 'idle' and query like '%LISTEN "jobs:insert"%'
  having count(*) = $1`;

async function stopMembers(): Promise<void> {
  await Promise.all(members.splice(0).map(({ pool }) => pool.stop()));
}

async function addJob(job: string): Promise<void> {
  await db.pool.query(`select graphile_worker.add_job('wait', json_build_object('job', $1::text))`, [job]);
}

async function untilFound(query: string, values: unknown[] = []): Promise<Record<string, string>> {
  for (;;) {
    const { rows } = await db.pool.query(query, values);
    if (rows[0]) return rows[0];
  }
}

test('a job that is added while every pool is busy is started by the first idle one, without waiting for its poll', async () => {
  const first = await openMember();
  await addJob('first');
  await first.started('first');
  const second = await openMember();
  await addJob('second');
  await second.started('second');
  await addJob('third');
  second.release('second');
  await second.started('third');
});

test('of waiting jobs those with priority go first, though they came last', async () => {
  const member = await openMember();
  await addJob('holding');
  await member.started('holding');
  await db.pool.query(
    `select graphile_worker.add_job('wait', '{"job": "low"}', priority => 10), graphile_worker.add_job('wait', '{"job": "high"}', priority => -10)`,
  );
  member.release('holding');
  const first = await Promise.race(
    ['low', 'high'].map(async (job) => {
      await member.started(job);
      return job;
    }),
  );
  expect(first).toBe('high');
  member.release('high');
  await member.started('low');
});

test('a pool that could not complete a job is followed by another', async () => {
  await db.pool.query(`
    create sequence refusals;
    create function refuse() returns trigger language plpgsql as $$
    begin perform nextval('refusals'); raise 'refused'; end $$;
    create trigger refuse before delete on graphile_worker._private_jobs for each row
      when (old.payload ->> 'job' = 'cursed') execute function refuse()`);
  const member = await openMember();
  await addJob('cursed');
  await member.started('cursed');
  member.release('cursed');
  await untilFound('select from refusals where is_called');
  await db.pool.query('drop trigger refuse on graphile_worker._private_jobs');

  await addJob('next');
  await member.started('next');
});

test('the first jobs of a long queue are found without reading all of it', async () => {
  const jobs = 1_000;
  await db.pool.query(
    `select graphile_worker.add_jobs(array_agg(row('pass', '{}', null, null, null, null, null, null)::graphile_worker.job_spec))
     from generate_series(1, $1)`,
    [jobs],
  );
  await addJob('last');
  const member = await openMember();
  await member.started('last');
  await stopMembers();
  const { read } = await untilFound(
    `select seq_tup_read as read from pg_stat_user_tables
     where schemaname = 'graphile_worker' and relname = '_private_jobs' and n_tup_del >= $1`,
    [jobs],
  );
  expect(Number(read)).toBeLessThan(2 * jobs);
});
