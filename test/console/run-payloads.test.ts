import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { register } from '../support/catalogue.ts';
import { startScriptedHost } from '../support/script-host.ts';
import { startTestWorker } from '../support/worker.ts';
import { hasBrowser } from './support/browser.ts';
import { type ConsoleBrowser, openConsoleBrowser } from './support/console.ts';

describe.skipIf(!hasBrowser)('the page of a run', () => {
  let app: TestApp;
  let browser: ConsoleBrowser;
  let origin: string;
  let componentId: string;
  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp(), openConsoleBrowser()]);
    origin = new URL(app.url).origin;
    componentId = await register(app, {
      key: 'points',
      name: 'Points',
      triggers: ['OPERATOR'],
      retryPolicy: { maxAttempts: 2, initialDelaySeconds: 0.1 },
    });
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  /** Enqueues by a body that is text: a double would change its numbers. */
  const enqueue = async (inputPayload: string): Promise<string> => {
    const query = 'mutation ($input: EnqueueRunInput!) { enqueueRun(input: $input) { run { id } } }';
    const response = await fetch(app.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"query":${JSON.stringify(query)},"variables":{"input":{"componentId":"${componentId}","inputPayload":${inputPayload}}}}`,
    });
    return (await response.json()).data.enqueueRun.run.id;
  };

  test('shows numbers with all their digits, read with the page and sent by the feed', async () => {
    const id = await enqueue('{"orderId":820982911946154508,"price":1.50}');
    const page = await browser.open(`${origin}/admin/runs/${id}`);
    await page.getByRole('tab', { name: 'Input' }).click();
    await page.getByText('820982911946154508').waitFor();
    await page.getByText('1.50').waitFor();
    await using host = await startScriptedHost([{ status: 200, body: '{"points":9007199254740993}' }]);
    const worker = await startTestWorker(app.db, { runnerUrl: host.url });
    await page.getByText('Completed in attempt 1 of 2').waitFor();
    await worker.stop();
    await page.getByText('820982911946154508').waitFor();
    await page.getByRole('tab', { name: 'Result' }).click();
    await page.getByText('9007199254740993').waitFor();
  });

  test('shows who made each attempt, and with which key', async () => {
    const id = await enqueue('{}');
    await using host = await startScriptedHost([
      { status: 503, body: '{}' },
      { status: 200, body: '{}' },
    ]);
    const worker = await startTestWorker(app.db, { runnerUrl: host.url });
    const page = await browser.open(`${origin}/admin/runs/${id}`);
    await page.getByText('Completed in attempt 2 of 2').waitFor();
    await worker.stop();
    const { run } = await app.query(
      'query ($id: ID!) { run(id: $id) { attempts { workerId idempotencyKey } } }',
      { id },
    );
    const lanes = page.getByRole('region', { name: 'Attempts' }).getByRole('listitem');
    for (const [index, { workerId, idempotencyKey }] of run.attempts.entries()) {
      const lane = lanes.filter({ hasText: `Attempt ${index + 1}` });
      await lane.getByText(workerId).waitFor();
      await lane.getByText(idempotencyKey).waitFor();
    }
  });

  test('shows a result of 1 MiB, and draws no more of it than fits on the screen', async () => {
    const items = Array.from({ length: 20_000 }, (_, index) => ({
      sku: `SKU-${index}`,
      text: 'x'.repeat(20),
    }));
    const result = JSON.stringify({ items });
    expect(result.length).toBeGreaterThan(900_000);
    const id = await enqueue('{}');
    await using host = await startScriptedHost([{ status: 200, body: result }]);
    const worker = await startTestWorker(app.db, { runnerUrl: host.url });
    const page = await browser.open(`${origin}/admin/runs/${id}`);
    await page.getByText('Completed in attempt 1 of 2').waitFor();
    await worker.stop();
    await page.getByRole('tab', { name: 'Result' }).click();
    await page.getByText('"SKU-0"').waitFor();
    await page.getByRole('textbox', { name: 'resultPayload' }).press('Control+End');
    await page.getByText('"SKU-19999"').waitFor();
    await expect.poll(() => page.locator('.cm-line').count()).toBeLessThan(500);
  });

  test('nothing failed in the pages, and the policy was never violated', () => {
    expect(browser.problems).toEqual([]);
  });
});
