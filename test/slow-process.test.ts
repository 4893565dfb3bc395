import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Serving, startServe } from './support/command.ts';
import { createTestDatabase, type TestDatabase } from './support/database.ts';

let database: TestDatabase;
let serving: Serving;
beforeAll(async () => {
  database = await createTestDatabase();
  serving = await startServe({ DATABASE_URL: database.url, JOURNEY_RUNTIME_WORKER_ENABLED: 'false' });
});
afterAll(async () => {
  serving.child.kill('SIGTERM');
  await once(serving.child, 'exit');
  await database.drop();
});

/** Lets a process run for 10 ms of each 100, as a tight CPU limit does. Returns what ends that. */
function throttle(pid: number): () => void {
  const stop = () => process.kill(pid, 'SIGSTOP');
  const go = () => process.kill(pid, 'SIGCONT');
  let timer = setTimeout(function run() {
    go();
    timer = setTimeout(() => {
      stop();
      timer = setTimeout(run, 90);
    }, 10);
  }, 90);
  stop();
  return () => {
    clearTimeout(timer);
    go();
  };
}

const REGISTER = `mutation ($input: RegisterComponentInput!) {
  registerComponent(input: $input) { component { version } userErrors { message } }
}`;

async function register(key: string, inputSchema: object) {
  const input = {
    key,
    name: key,
    triggers: ['CHECKOUT'],
    script: { slug: 's', runtime: 'node' },
    inputSchema,
  };
  const response = await fetch(`${serving.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: REGISTER, variables: { input } }),
  });
  return ((await response.json()) as { data: { registerComponent: object } }).data.registerComponent;
}

test('the first schema of a process that hardly gets a processor is accepted, and so are those after it', async () => {
  const large = {
    properties: Object.fromEntries(
      Array.from({ length: 1_000 }, (_, n) => [
        `p${n}`,
        { type: 'string', pattern: `^[a-z]{${n % 50}}$`, maxLength: n },
      ]),
    ),
  };
  const release = throttle(serving.child.pid!);
  try {
    expect(await register('first', large)).toEqual({ component: { version: 1 }, userErrors: [] });
  } finally {
    release();
  }
  expect(await register('second', { type: 'object' })).toEqual({ component: { version: 1 }, userErrors: [] });
  expect(await register('wrong', { type: 'strng' })).toMatchObject({ component: null });
});
