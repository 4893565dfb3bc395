import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { register } from '../support/catalogue.ts';
import { insertRuns, type StoredRun, storedRun } from '../support/runs.ts';

let app: TestApp;
let mail: string;
let tax: string;
beforeAll(async () => {
  app = await startTestApp();
  mail = await register(app, { key: 'mail' });
  tax = await register(app, { key: 'tax' });
});
afterAll(() => app.stop());

const QUERY = `query ($where: RunFilter, $first: Int) { runErrors(where: $where, first: $first) {
  code message component { key } count firstAt lastAt latestRun { id }
} }`;
const groups = async (where: object = {}, first = 20) => (await app.query(QUERY, { where, first })).runErrors;

const START = Date.UTC(2026, 0, 1);
let stored = 0;
function failed(componentId: string, code: string, message: string, given: Partial<StoredRun> = {}) {
  const at = new Date(START + stored++ * 60_000);
  const error = { code, message, detail: null, retryable: true };
  return storedRun({ componentId, status: 'FAILED', error, queuedAt: at, completedAt: at, ...given });
}

test('failed runs are grouped by component, code and message apart from ids and numbers, the largest group first', async () => {
  const order = (n: number, id: string) =>
    `The script host answered 503 for order ${n} (${id}) after 12.5 s.`;
  const runs = [
    failed(mail, 'RUNNER_FAILED', order(17, '0190b5a0-0000-7000-8000-000000000000')),
    failed(mail, 'RUNNER_FAILED', order(4711, '0190b5a0-1111-7000-8000-000000000abc')),
    failed(mail, 'RUNNER_FAILED', order(9, 'deadbeefdeadbeefdeadbeef')),
    failed(mail, 'RUNNER_FAILED', order(9, 'deadbeefdeadbeefdeadbeef').replace('503', '500')),
    failed(tax, 'RUNNER_FAILED', order(1, '0190b5a0-0000-7000-8000-000000000000'), { channel: 'web' }),
    failed(tax, 'RUNNER_TIMEOUT', 'No answer within 30 s.', { channel: 'web' }),
    failed(tax, 'RUNNER_TIMEOUT', 'No answer within 40 s.', { channel: 'kiosk' }),
    { ...failed(tax, 'CANCELED', 'Canceled on request.'), status: 'CANCELED' as const },
  ];
  await insertRuns(app.db.pool, runs);
  const at = (index: number) => runs[index]!.completedAt!.toISOString();
  const all = await groups();
  expect(all).toHaveLength(4);
  expect(all[0]).toEqual({
    code: 'RUNNER_FAILED',
    message: 'The script host answered 503 for order … (…) after ….… s.',
    component: { key: 'mail' },
    count: 3,
    firstAt: at(0),
    lastAt: at(2),
    latestRun: { id: runs[2]!.id },
  });
  expect(all[1]).toMatchObject({ code: 'RUNNER_TIMEOUT', message: 'No answer within … s.', count: 2 });
  expect(await groups({}, 1)).toEqual([all[0]]);
  expect(await groups({ channel: ['web'] })).toMatchObject([{ count: 1 }, { count: 1 }]);
  expect(await groups({ status: ['CANCELED'] })).toEqual([]);
});

test('a secret in a message is masked', async () => {
  await insertRuns(app.db.pool, [
    failed(mail, 'RUNNER_REJECTED', 'The token hunter2hunter2hunter2 is unknown.', {
      channel: 'secret',
      bindingSnapshot: [
        { kind: 'static', inputKey: 'token', value: 'hunter2hunter2hunter2', required: true, secret: true },
      ],
    }),
  ]);
  expect(await groups({ channel: ['secret'] })).toMatchObject([{ message: 'The token •••••• is unknown.' }]);
});
