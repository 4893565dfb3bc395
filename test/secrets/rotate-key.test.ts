import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startHousekeeping } from '../../src/retention/housekeeping.ts';
import { deleteSuperseded } from '../../src/secrets/delete-superseded.ts';
import { decryptSecret } from '../../src/secrets/encryption.ts';
import { currentSecrets } from '../../src/secrets/read-secrets.ts';
import { saveSecret } from '../../src/secrets/save-secret.ts';
import { runCommand } from '../support/command.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { silent } from '../support/events.ts';

const [OLD, NEW] = ['old', 'new'].map((id) => ({ id, bytes: randomBytes(32) }));
const asText = (keys: { id: string; bytes: Buffer }[]) =>
  keys.map(({ id, bytes }) => `${id}:${bytes.toString('base64')}`).join(', ');

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const rotate = (keys: { id: string; bytes: Buffer }[], ...args: string[]) =>
  runCommand(['secrets', ...args], { DATABASE_URL: db.url, JOURNEY_RUNTIME_SECRET_KEYS: asText(keys) });

test('rotate wraps every version with the first key, after which the old key is not needed', async () => {
  for (const value of ['first', 'second']) await saveSecret(db.pool, [OLD!], { name: 'a', value });
  const { rows: before } = await db.pool.query('select id, encrypted from journey_secrets order by id');
  expect(await rotate([NEW!], 'rotate')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('the key old, which is missing'),
  });
  expect(await rotate([NEW!, OLD!], 'rotate')).toMatchObject({
    code: 0,
    stdout: '2 stored values were wrapped with the key new; the other keys are not needed any more.\n',
  });
  const { rows: after } = await db.pool.query('select id, encrypted from journey_secrets order by id');
  expect(after).toEqual(before);
  const [secret] = await currentSecrets(db.pool, ['a']);
  expect(decryptSecret(secret!, [NEW!])).toBe('second');
  expect((await rotate([NEW!], 'rotate')).stdout).toMatch(/^0 stored values/);
  expect((await rotate([NEW!])).code).toBe(2);
});

test('a value cannot be moved to another name', async () => {
  await saveSecret(db.pool, [NEW!], { name: 'moved', value: 'x' });
  const [secret] = await currentSecrets(db.pool, ['moved']);
  expect(() => decryptSecret({ ...secret!, name: 'elsewhere' }, [NEW!])).toThrow('cannot be decrypted');
});

test('saves of one secret at once leave one current version', async () => {
  await Promise.all(
    ['1', '2', '3', '4', '5'].map((value) => saveSecret(db.pool, [NEW!], { name: 'raced', value })),
  );
  const { rows } = await db.pool.query(
    `select count(*)::int as all, count(*) filter (where superseded_at is null)::int as current
     from journey_secrets where name = 'raced'`,
  );
  expect(rows).toEqual([{ all: 5, current: 1 }]);
});

test('a superseded version stays as long as a queued run may send it again', async () => {
  for (const value of ['1', '2']) await saveSecret(db.pool, [NEW!], { name: 'kept', value });
  const { rows } = await db.pool.query(
    `update journey_secrets set superseded_at = now() - interval '61 days'
     where superseded_at is not null returning id, name`,
  );
  const { id } = rows.find(({ name }) => name === 'kept');
  await db.pool.query(
    `insert into journey_run_queue (run_id, queue, priority, rank, rank_at, run_at, max_attempts, event_xid, request)
     values (gen_random_uuid(), 'q', 'NORMAL', 'NORMAL', now(), now(), 1, pg_current_xact_id(), $1)`,
    [`{"inputs":{"a":\u0001secret:${id}\u0001}}`],
  );
  expect(await deleteSuperseded(db.pool, 62)).toBe(0);
  expect(await deleteSuperseded(db.pool, 60)).toBe(rows.length - 1);
  await db.pool.query('delete from journey_run_queue');
  const housekeeping = startHousekeeping(db.pool, 30, silent);
  const isStored = async () =>
    (await db.pool.query('select from journey_secrets where id = $1', [id])).rowCount === 1;
  while (await isStored());
  await housekeeping.stop();
});
