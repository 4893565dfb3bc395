import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer } from '../../src/app/http-server.ts';
import { startServices } from '../../src/app/services.ts';
import { revokeApiKey } from '../../src/identity/keys/api-keys.ts';
import { createLogger } from '../../src/logger.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { addKey, bearer, createKey, post, type TestKey } from '../support/identity.ts';
import { testConfig } from '../support/worker.ts';

let app: TestApp;
/** Another API on the same database, as in a process of its own. */
let second: { url: string; stop(): Promise<void> };
let owners: TestKey[];
beforeAll(async () => {
  app = await startTestApp({}, async (db) => {
    owners = [];
    for (const name of ['a', 'b', 'c']) owners.push(await createKey(db, { name, roles: ['VIEWER'] }));
  });
  const config = testConfig({ port: 0, workerEnabled: false, logLevel: 'error' });
  const logger = createLogger('error');
  const services = await startServices(config, app.db, logger);
  const server = await startServer(config, services, logger);
  second = {
    url: `${server.url}/graphql`,
    async stop() {
      await server.stop();
      await services.stop();
    },
  };
});
afterAll(async () => {
  await second.stop();
  await app.stop();
});

const NAMES = ['a', 'b', 'c'];
const urls = () => [app.url, second.url];

async function nameBy(url: string, { key }: TestKey): Promise<string | number> {
  const { status, body } = await post({ url } as TestApp, bearer(key), '{ viewer { name } }');
  return status === 200 ? body.data.viewer.name : status;
}

test('keys are rotated and revoked under load in two processes without one wrong answer', async () => {
  const held = [...owners];
  const wrong: unknown[] = [];
  let isOver = false;
  /** The key of the request that each client has under way. */
  const used = new Map<string, TestKey>();
  /** Clients that always use the newest key that they were given. */
  const clients = NAMES.flatMap((name, owner) =>
    urls().map(async (url) => {
      while (!isOver) {
        const key = held[owner]!;
        used.set(`${name} ${url}`, key);
        const answer = await nameBy(url, key);
        if (answer !== name) wrong.push({ name, answer });
      }
    }),
  );
  /** Uses a revoked key until each process rejects it; from then on, each process must reject it. */
  const thief = async (stolen: TestKey, url: string) => {
    await expect.poll(() => nameBy(url, stolen), { interval: 50 }).toBe(401);
    for (let n = 0; n < 20; n += 1) {
      const answer = await nameBy(url, stolen);
      if (answer !== 401) wrong.push({ stolen: true, answer });
    }
  };
  for (let round = 0; round < 3; round += 1) {
    const old = [...held];
    for (const owner of NAMES.keys()) held[owner] = await addKey(app.db, old[owner]!.principalId);
    await expect.poll(() => old.filter((key) => [...used.values()].includes(key))).toEqual([]);
    expect(wrong).toEqual([]);
    for (const { id } of old) await revokeApiKey(app.db.pool, id);
    await Promise.all(old.flatMap((stolen) => urls().map((url) => thief(stolen, url))));
  }
  isOver = true;
  await Promise.all(clients);
  expect(wrong).toEqual([]);
});
