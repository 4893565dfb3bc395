import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startTestApp, type TestApp } from '../support/app.ts';
import { runCommand, startServe } from '../support/command.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { bearer, createKey, post } from '../support/identity.ts';
import { insertComponent } from '../support/runs.ts';

let app: TestApp;
let db: TestDatabase;
beforeAll(async () => {
  [app, db] = await Promise.all([startTestApp(), createTestDatabase()]);
});
afterAll(() => Promise.all([app.stop(), db.drop()]));

test('a service on a loopback address is open until the database has a principal, and then for nobody', async () => {
  const socket = new WebSocket(app.socketUrl, 'graphql-transport-ws');
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.once('open', () => socket.send('{"type":"connection_init"}'));
  expect((await post(app, {}, '{ __typename }')).status).toBe(200);
  const { key } = await createKey(app.db);
  await expect.poll(async () => (await post(app, {}, '{ __typename }')).status).toBe(401);
  expect(await closed).toBe(4403);
  expect((await post(app, bearer(key), '{ __typename }')).status).toBe(200);
});

test('a service that other machines can reach does not start before there is a key; npm run key makes it', async () => {
  const env = { DATABASE_URL: db.url, HOST: '0.0.0.0', JOURNEY_RUNTIME_WORKER_ENABLED: 'false' };
  expect(await runCommand(['serve'], { ...env, PORT: '0' })).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(
      /^HOST is 0\.0\.0\.0, .*npm run key -- create --name admin --role ADMIN.*\n$/,
    ),
  });

  const { code, stdout } = await runCommand(['key', 'create', '--name', 'admin', '--role', 'ADMIN'], env);
  expect(code).toBe(0);
  const [key = '', shown = ''] = stdout.split('\n');
  const id = /Its id is (\w+)\./.exec(shown)![1]!;
  const serving = await startServe(env);
  expect(serving.output()).toContain('"access":"by API key');
  const url = serving.url.replace('0.0.0.0', '127.0.0.1');
  const status = async (given: string) =>
    (await post({ url: `${url}/graphql` } as TestApp, bearer(given), '{ __typename }')).status;
  expect([await status(key), await status('')]).toEqual([200, 401]);

  const rotated = (await runCommand(['key', 'rotate', id, '--hours', '1'], env)).stdout.split('\n')[0]!;
  expect([await status(key), await status(rotated)]).toEqual([200, 200]);
  expect((await runCommand(['key', 'revoke', id], env)).code).toBe(0);
  await expect.poll(() => status(key)).toBe(401);
  expect(await status(rotated)).toBe(200);

  const list = (await runCommand(['key', 'list'], env)).stdout;
  expect(list).toMatch(new RegExp(`^${id}  live  revoked  .*admin \\(.*: ADMIN\\)$`, 'm'));
  expect(list.match(/ {2}valid {2}/g)).toHaveLength(1);
  serving.child.kill('SIGTERM');
  await new Promise((resolve) => serving.child.once('exit', resolve));
  for (const secret of [key, rotated]) expect(serving.output() + list).not.toContain(secret.slice(-49));
});

test('a principal adopts the idempotency keys of the open service, so that a repeated request is still a repeat', async () => {
  const own = await startTestApp();
  const { id: componentId } = await insertComponent(own.db.pool);
  const enqueue = `mutation ($id: ID!, $key: String!) {
    enqueueRun(input: { componentId: $id, idempotencyKey: $key }) { run { id } deduplicated userErrors { message } }
  }`;
  const run = async (key: string, headers = {}) =>
    (await post(own, headers, enqueue, { id: componentId, key })).body.data.enqueueRun;
  const stored = [await run('one'), await run('two')];
  const { key, principalId } = await createKey(own.db);
  await expect.poll(async () => (await post(own, {}, '{ __typename }')).status).toBe(401);
  const taken = await run('two', bearer(key));
  expect(taken.deduplicated).toBe(false);
  const adopt = () => runCommand(['key', 'adopt', principalId], { DATABASE_URL: own.db.url });
  expect(await adopt()).toMatchObject({ code: 0, stdout: 'Adopted 1 idempotency keys.\n' });
  expect(await run('one', bearer(key))).toMatchObject({ run: stored[0].run, deduplicated: true });
  expect(await run('two', bearer(key))).toMatchObject({ run: taken.run, deduplicated: true });
  expect((await adopt()).stdout).toBe('Adopted 0 idempotency keys.\n');
  await own.stop();
});

test('an open start says so', async () => {
  const own = await createTestDatabase();
  const serving = await startServe({ DATABASE_URL: own.url, JOURNEY_RUNTIME_WORKER_ENABLED: 'false' });
  expect(serving.output()).toMatch(/"access":"open: every program on this machine may do everything/);
  serving.child.kill('SIGTERM');
  await new Promise((resolve) => serving.child.once('exit', resolve));
  await own.drop();
});

test.each([
  [[], 'key needs a command.'],
  [['create'], 'Set --name or --principal, one of them.'],
  [['create', '--name', 'a', '--role', 'admin'], 'There is no role admin; use VIEWER'],
  [['create', '--name', 'a', '--permission', 'x'], 'There is no permission x; use READ_CATALOGUE'],
  [['create', '--name', 'a', '--role', 'VIEWER', '--days', '-1'], '--days'],
  [['create', '--name', 'a'], 'Give at least one role or permission.'],
  [['create', '--principal', 'none'], 'There is no principal none.'],
  [['adopt', 'none'], 'There is no principal none.'],
  [['revoke', 'none'], 'There is no API key none.'],
  [['rotate'], 'key rotate needs <key id>.'],
  [['create', '--colour', 'red'], "Unknown option '--colour'"],
])('key %j is answered with exit code 2 and the fix', async (args, message) => {
  const result = await runCommand(['key', ...args], { DATABASE_URL: db.url });
  expect(result).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(message) });
});
