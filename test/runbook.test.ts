import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand, type Serving, startServe } from './support/command.ts';
import { createTestDatabase, type TestDatabase } from './support/database.ts';
import { startScriptHost } from './support/script-host.ts';

// The runbook's story, played against the started service with the very operations that the README prints.
const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const [register, attach, preview, checkout, automate, monitor] = [
  ...README.matchAll(/```graphql\n(.*?)```/gs),
].map((match) => match[1]!);

let db: TestDatabase;
let host: Awaited<ReturnType<typeof startScriptHost>>;
let serving: Serving;
let env: Record<string, string>;

beforeAll(async () => {
  db = await createTestDatabase();
  host = await startScriptHost((response) => response.end('{"printed":true}'));
  env = { DATABASE_URL: db.url, JOURNEY_RUNTIME_RUNNER_URL: host.url, LOG_LEVEL: 'info' };
  serving = await startServe(env);
});
afterAll(async () => {
  const exited = once(serving.child, 'exit');
  serving.child.kill('SIGTERM');
  await exited;
  await host.stop();
  await db.drop();
});

// biome-ignore lint/suspicious/noExplicitAny: the expectations say what an answer holds.
async function ask(query: string | undefined, variables: object = {}): Promise<any> {
  const response = await fetch(`${serving.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: { message: string }[] };
  expect(errors).toBeUndefined();
  return data;
}

const completed = (id: string) =>
  expect
    .poll(async () => (await ask('query ($id: ID!) { run(id: $id) { status } }', { id })).run)
    .toEqual({ status: 'COMPLETED' });

const bodyOf = (runId: string) =>
  host.calls.map((call) => JSON.parse(call.body)).find((request) => request.runId === runId);

test('register, attach, preview, check out, automate, monitor, and process by hand', async () => {
  const { component } = (await ask(register)).registerComponent;
  expect(component).toEqual({ id: expect.any(String), version: 1 });

  const saved = (await ask(attach, { gift: component.id })).saveProduct;
  expect(saved).toMatchObject({ product: { revision: 1 }, userErrors: [] });

  const { previewRun } = await ask(preview, { gift: component.id, product: saved.product.id });
  expect(previewRun).toMatchObject({ accepted: true, inputErrors: [] });
  expect(previewRun.request.inputs).toMatchObject({
    text: 'Happy birthday',
    colour: 'blue',
    paper: 'recycled',
  });

  const first = (await ask(checkout)).enqueueCheckoutRuns;
  expect(first).toMatchObject({ deduplicated: false, userErrors: [], runs: [{ id: expect.any(String) }] });
  await completed(first.runs[0].id);
  expect(bodyOf(first.runs[0].id)).toMatchObject({
    channel: 'storefront',
    trigger: { type: 'CHECKOUT', orderId: first.order.id },
    inputs: { text: 'Happy birthday', colour: 'blue', paper: 'recycled' },
    input: { cart: { id: 'cart_1' }, order: { customer: { email: 'ada@example.com' } } },
    context: { checkout: { paymentIntent: 'pi_1' } },
    metadata: { initiator: 'checkout' },
  });
  const again = (await ask(checkout)).enqueueCheckoutRuns;
  expect(again).toMatchObject({ deduplicated: true, groupId: first.groupId });
  expect(again.runs.map((run: { id: string }) => run.id)).toEqual([first.runs[0].id]);

  const automated = (await ask(automate, { order: first.order.id })).runOrderAutomation;
  expect(automated).toMatchObject({ userErrors: [], runs: [{ id: expect.any(String) }] });
  await completed(automated.runs[0].id);
  expect(bodyOf(automated.runs[0].id).metadata).toMatchObject({ initiator: 'order_automation' });

  const { product, runs } = await ask(monitor);
  expect(product.journeyComponents[0]).toMatchObject({
    component: { key: 'gift-note' },
    recentRuns: [{ status: 'COMPLETED' }, { status: 'COMPLETED' }],
  });
  expect(runs.nodes).toEqual([]);

  const enqueued = await ask(
    `mutation ($input: EnqueueRunInput!) { enqueueRun(input: $input) { run { id status } userErrors { message } } }`,
    {
      input: {
        componentId: component.id,
        runAt: new Date(Date.now() + 3_600_000).toISOString(),
        inputPayload: { text: 'By hand' },
      },
    },
  );
  const byHand = enqueued.enqueueRun.run.id;
  expect(await runCommand(['execute', byHand], env)).toMatchObject({
    code: 0,
    stdout: `Run ${byHand} is COMPLETED.\n`,
  });
  expect(bodyOf(byHand).inputs).toEqual({ text: 'By hand' });
});
