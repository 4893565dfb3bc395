import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServe } from './support/command.ts';
import { createTestDatabase, type TestDatabase } from './support/database.ts';

const FAILING = { NODE_OPTIONS: `--import ${new URL('./support/failing-preload.ts', import.meta.url).href}` };

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test.each([
  ['an error that no code caught', 'SIGUSR2', 'thrown by a listener'],
  ['a rejection that no code caught', 'SIGWINCH', 'rejected by a promise'],
] as const)(
  '%s is logged, in the API and in its worker, and ends the process with exit code 1',
  async (_, signal, message) => {
    const serving = await startServe({ DATABASE_URL: database.url, ...FAILING });
    const fatal = () =>
      serving
        .log()
        .split('\n')
        .filter((line) => line.includes('"level":"fatal"'))
        .map((line) => JSON.parse(line));
    process.kill(serving.workerPid, signal);
    await expect.poll(fatal).toMatchObject([{ pid: serving.workerPid, err: { message } }]);
    await expect.poll(serving.log).toContain('worker process ended (exit code 1)');
    const exit = once(serving.child, 'exit');
    serving.child.kill(signal);
    expect(await exit).toEqual([1, null]);
    await expect
      .poll(fatal)
      .toMatchObject([{ pid: serving.workerPid }, { pid: serving.child.pid, err: { message } }]);
  },
);
