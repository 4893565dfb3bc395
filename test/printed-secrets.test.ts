import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand, startServe } from './support/command.ts';
import { createTestDatabase, type TestDatabase } from './support/database.ts';
import { insertComponent } from './support/runs.ts';
import { startScriptHost } from './support/script-host.ts';
import { openEnqueue } from './support/worker.ts';

let db: TestDatabase;
let door: ReturnType<typeof openEnqueue>;
beforeAll(async () => {
  db = await createTestDatabase();
  door = openEnqueue(db);
});
afterAll(async () => {
  await door.close();
  await db.drop();
});

test("a start prints the runner's address without credentials and query, and calls it with both", async () => {
  const host = await startScriptHost((response) => response.end('{}'));
  const address = host.url.replace('http://', 'http://user:canary-password@');
  const { child, output } = await startServe({
    DATABASE_URL: db.url,
    JOURNEY_RUNTIME_RUNNER_URL: `${address}?code=canary-code`,
  });
  const called = once(host.server, 'request');
  const { id } = await insertComponent(db.pool);
  await door.enqueue({ componentId: id });
  await called;
  child.kill('SIGTERM');
  await once(child, 'exit');
  expect(host.calls[0]!.request).toMatchObject({
    url: '/run?code=canary-code',
    headers: { authorization: `Basic ${Buffer.from('user:canary-password').toString('base64')}` },
  });
  expect(output()).toContain(`runner: ${host.url}"`);
  expect(output()).not.toContain('canary');
  await host.stop();
});

test('a log of a row that PostgreSQL refuses quotes nothing of the row, and no secret of the service', async () => {
  await db.pool.query(`alter table journey_run_outcomes
    add constraint "refused-by-canary-api-key" check (result_payload is distinct from '{"refused": true}')`);
  const { id } = await insertComponent(db.pool);
  const secret = { kind: 'static', inputKey: 'a', value: 'canary', required: true, secret: true } as const;
  const host = await startScriptHost((response) => response.end('{"refused":true}'));
  const { runId } = await door.enqueue({ componentId: id, bindings: [secret] });
  const { stderr, code } = await runCommand(['execute', runId!], {
    DATABASE_URL: db.url,
    JOURNEY_RUNTIME_RUNNER_URL: host.url,
    JOURNEY_RUNTIME_RUNNER_API_KEY: 'canary-api-key',
  });
  expect(code).toBe(1);
  expect(stderr).toContain('refused-by-••••••');
  expect(stderr).not.toContain('canary');
  await host.stop();
});
