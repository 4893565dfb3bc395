import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AGAIN, createBatch } from '../../src/postgres/batch.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
  await db.pool.query('create table numbers (n int primary key check (n >= 0))');
});
afterAll(() => db.drop());

/** Inserts numbers, however many at once; `statements` says how many were joined each time. */
function inserting(pool: pg.Pool) {
  const statements: number[] = [];
  const batch = createBatch<number, number>({
    lanes: 1,
    bytesOf: (n) => n,
    run: async (items) => {
      statements.push(items.length);
      const inserted = 'insert into numbers select unnest($1::int[]) returning n';
      return (await pool.query<{ n: number }>(inserted, [items])).rows.map((row) => row.n);
    },
  });
  return { ...batch, statements };
}

const count = async () => (await db.pool.query('select count(*)::int as n from numbers')).rows[0].n;

test('calls that come while a statement is in flight join the next one', async () => {
  const { submit, statements } = inserting(db.pool);
  const first = submit(1);
  await new Promise(setImmediate);
  const rest = [2, 3, 4].map(submit);
  expect(await Promise.all([first, ...rest])).toEqual([1, 2, 3, 4]);
  expect(statements).toEqual([1, 3]);
});

test('another lane is opened for as many calls as are in flight', async () => {
  const statements: number[] = [];
  const executed = Promise.withResolvers<void>();
  const { submit } = createBatch<number, number>({
    bytesOf: () => 1,
    run: async (items) => {
      statements.push(items.length);
      await executed.promise;
      return items;
    },
  });
  const first = [1, 2, 3].map(submit);
  await new Promise(setImmediate);
  const few = [4, 5].map(submit);
  await new Promise(setImmediate);
  expect(statements).toEqual([3]);
  const more = [6].map(submit);
  await new Promise(setImmediate);
  expect(statements).toEqual([3, 3]);
  executed.resolve();
  await Promise.all([...first, ...few, ...more]);
});

test('calls that wait are shared out to the free lanes, where each share is worth a statement', async () => {
  const statements: number[] = [];
  const { submit } = createBatch<number, number>({
    bytesOf: () => 1,
    worthAStatement: 10,
    run: async (items) => {
      statements.push(items.length);
      await db.pool.query('select 1');
      return items;
    },
  });
  const call = (count: number) => Promise.all(Array.from({ length: count }, (_, n) => submit(n)));
  await call(21);
  await call(19);
  expect(statements).toEqual([10, 11, 19]);
});

test('calls do not wait for a statement that is held up', async () => {
  const { submit } = createBatch<number, number>({
    bytesOf: () => 1,
    run: async (items) => {
      await db.pool.query('select pg_sleep($1)', [Math.max(...items)]);
      return items;
    },
  });
  const answered: number[] = [];
  const call = async (seconds: number) => answered.push(await submit(seconds));
  const heldUp = [2, 2, 2].map(call);
  await new Promise(setImmediate);
  await call(0);
  expect(answered).toEqual([0]);
  await Promise.all(heldUp);
});

test('a statement takes no more than 4 MiB, but always one item', async () => {
  const { submit, statements } = inserting(db.pool);
  await Promise.all([5_000_000, 3_000_000, 3_000_001].map(submit));
  expect(statements).toEqual([1, 1, 1]);
});

test('one refused item does not fail its neighbours', async () => {
  const { submit } = inserting(db.pool);
  const results = await Promise.allSettled([10, -1, 11].map(submit));
  expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('an item that was not done joins the next statement', async () => {
  const seen: number[][] = [];
  const { submit } = createBatch<number, string>({
    bytesOf: () => 1,
    run: async (items) => {
      seen.push(items);
      return items.map((item) => (item === 2 && seen.length === 1 ? AGAIN : 'done'));
    },
  });
  expect(await Promise.all([1, 2].map(submit))).toEqual(['done', 'done']);
  expect(seen).toEqual([[1, 2], [2]]);
});

describe('a cut connection', () => {
  test('is an unknown outcome: nothing is tried again, and every caller hears UNAVAILABLE', async () => {
    const before = await count();
    const cut = new pg.Pool({ connectionString: db.url, max: 1 });
    cut.on('error', () => {});
    const { submit } = createBatch<number, number>({
      bytesOf: () => 1,
      run: async (items) => {
        const text =
          'with i as (insert into numbers select unnest($1::int[])) select pg_terminate_backend(pg_backend_pid())';
        return (await cut.query(text, [items])).rows;
      },
    });
    const results = await Promise.allSettled([20, 21].map(submit));
    expect(results).toMatchObject([{ reason: { code: 'UNAVAILABLE' } }, { reason: { code: 'UNAVAILABLE' } }]);
    expect(await count()).toBe(before);
    await cut.end();
  });

  test('a statement that does not answer is UNAVAILABLE within the deadline', async () => {
    const { submit } = createBatch<number, number>({ bytesOf: () => 1, run: () => new Promise(() => {}) });
    await expect(submit(1)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});

test('what another transaction rolled back is done again as it was, a few times', async () => {
  const conflict = (state: string) => Object.assign(new Error('conflict'), { code: state });
  const failures = ['40001', '40P01', '40001'];
  const statements: number[] = [];
  const { submit } = createBatch<number, number>({
    bytesOf: () => 1,
    run: async (items) => {
      statements.push(items.length);
      const state = failures.shift();
      if (state) throw conflict(state);
      return items;
    },
  });
  expect(await Promise.all([1, 2, 3].map(submit))).toEqual([1, 2, 3]);
  expect(statements).toEqual([3, 3, 3, 3]);
  failures.push(...Array(10).fill('40001'));
  await expect(submit(4)).rejects.toMatchObject({ code: '40001' });
});
