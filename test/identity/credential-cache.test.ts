import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { revokeApiKey } from '../../src/identity/keys/api-keys.ts';
import { CredentialCache } from '../../src/identity/login/credential-cache.ts';
import { createKeySource } from '../../src/identity/login/key-source.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createKey } from '../support/identity.ts';

let db: TestDatabase;
let cache: CredentialCache;
beforeAll(async () => {
  db = await createTestDatabase();
});
beforeEach(() => {
  cache = new CredentialCache(createKeySource(db.pool));
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(() => db.drop());

/** While `work` runs, no key can be read from the database. */
async function withoutKeys(work: () => Promise<void>): Promise<void> {
  await db.pool.query('alter table journey_api_keys rename to journey_api_keys_away');
  try {
    await work();
  } finally {
    await db.pool.query('alter table journey_api_keys_away rename to journey_api_keys');
  }
}

const MINUTE_MS = 60_000;

test('while the database cannot be read, known keys stay valid for 15 minutes, and others are not called invalid', async () => {
  const [known, unknown] = [await createKey(db), await createKey(db)];
  await cache.find(known.id);
  vi.useFakeTimers({ toFake: ['performance'] });
  await withoutKeys(async () => {
    await expect(cache.refresh()).rejects.toThrow('journey_api_keys');
    vi.advanceTimersByTime(14 * MINUTE_MS);
    expect((await cache.find(known.id))?.principal.id).toBe(known.principalId);
    await expect(cache.find(unknown.id)).rejects.toThrow('journey_api_keys');
    vi.advanceTimersByTime(2 * MINUTE_MS);
    await expect(cache.find(known.id)).rejects.toThrow('journey_api_keys');
  });
  expect((await cache.find(known.id))?.principal.id).toBe(known.principalId);
});

test('subscriptions end when their credential could not be read for 15 minutes', async () => {
  const { id } = await createKey(db);
  const ended = vi.fn();
  (await cache.find(id))!.onEnd(ended);
  vi.useFakeTimers({ toFake: ['performance'] });
  await withoutKeys(async () => {
    vi.advanceTimersByTime(14 * MINUTE_MS);
    await expect(cache.refresh()).rejects.toThrow('journey_api_keys');
    expect(ended).not.toHaveBeenCalled();
    vi.advanceTimersByTime(2 * MINUTE_MS);
    await cache.refresh();
    expect(ended).toHaveBeenCalledOnce();
  });
});

test('a refresh ends a revoked key, and tells every login once', async () => {
  const { id } = await createKey(db);
  const [first, second] = [vi.fn(), vi.fn()];
  (await cache.find(id))!.onEnd(first);
  (await cache.find(id))!.onEnd(second);
  const removed = vi.fn();
  (await cache.find(id))!.onEnd(removed)();
  await cache.refresh();
  expect(first).not.toHaveBeenCalled();
  await revokeApiKey(db.pool, id);
  await Promise.all([cache.refresh(), cache.refresh()]);
  expect(first).toHaveBeenCalledOnce();
  expect(second).toHaveBeenCalledOnce();
  expect(removed).not.toHaveBeenCalled();
  expect(await cache.find(id)).toBeNull();
});

test('a key without use and without subscription is forgotten after a minute, one with a subscription is not', async () => {
  const [idle, watched] = [await createKey(db), await createKey(db)];
  const before = await cache.find(idle.id);
  const held = await cache.find(watched.id);
  held!.onEnd(() => {});
  await cache.refresh();
  vi.useFakeTimers({ toFake: ['performance'] });
  vi.advanceTimersByTime(2 * MINUTE_MS);
  await cache.refresh();
  expect(await cache.find(idle.id)).not.toBe(before);
  expect(await cache.find(watched.id)).toBe(held);
});
