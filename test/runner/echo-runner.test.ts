import { expect, test } from 'vitest';
import { echoRunner } from '../../src/runner/echo-runner.ts';

const call = {
  runId: 'run-1',
  attempt: 1,
  idempotencyKey: 'run-1:0',
  body: '{"runId":"run-1","inputs":{"orderId":"ord_1","lines":[1]},"input":{}}',
  timeoutSeconds: 1,
  mask: (text: string) => text,
};

test('the echo runner answers with the inputs', async () => {
  const answer = await echoRunner.run({ ...call, signal: new AbortController().signal });
  expect(answer).toMatchObject({ kind: 'result', result: { orderId: 'ord_1', lines: [1] } });
});

test('the echo runner obeys an abort', async () => {
  expect(await echoRunner.run({ ...call, signal: AbortSignal.abort() })).toMatchObject({ kind: 'aborted' });
});
