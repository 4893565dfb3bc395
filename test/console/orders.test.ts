import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { register, save } from '../support/catalogue.ts';
import { startScriptedHost } from '../support/script-host.ts';
import { startTestWorker } from '../support/worker.ts';
import { hasBrowser } from './support/browser.ts';
import { type ConsoleBrowser, openConsoleBrowser } from './support/console.ts';

const CHECKOUT =
  'mutation ($input: EnqueueCheckoutRunsInput!) { enqueueCheckoutRuns(input: $input) { runs { id } userErrors { message } } }';

const ENQUEUE = 'mutation ($input: EnqueueRunInput!) { enqueueRun(input: $input) { run { id } } }';

describe.skipIf(!hasBrowser)('orders', () => {
  let app: TestApp;
  let browser: ConsoleBrowser;
  let origin: string;
  let points: string;
  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp(), openConsoleBrowser()]);
    origin = new URL(app.url).origin;
    points = await register(app, {
      key: 'points',
      name: 'Loyalty points',
      triggers: ['POST_CHECKOUT', 'AUTOMATION'],
    });
    const mail = await register(app, { key: 'mail', name: 'Care mail', triggers: ['AUTOMATION'] });
    await save(app, {
      sku: 'TENT/2',
      title: 'Ridge tent',
      journeyComponents: [{ componentId: mail, channelEligibility: ['app'] }, { componentId: points }],
    });
    const order = { number: '2026/1001', payload: {}, lines: [{ sku: 'TENT/2', quantity: 1 }] };
    const { enqueueCheckoutRuns } = await app.query(CHECKOUT, { input: { order, channel: 'storefront' } });
    expect(enqueueCheckoutRuns).toMatchObject({ userErrors: [] });
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  test('a person finds an order, sees what ran and what did not, and runs its automation', async () => {
    const page = await browser.open(`${origin}/admin/orders`);
    await page.getByRole('link', { name: '2026/1001' }).click();
    expect(new URL(page.url()).pathname).toBe('/admin/orders/2026%2F1001');
    const line = page.getByRole('region', { name: 'Ridge tent' });
    await line.getByText('Loyalty points').waitFor();
    await line.getByText(/Skipped: /).waitFor();

    await page.getByRole('button', { name: 'Journey automation…' }).click();
    await page.getByRole('button', { name: 'Enqueue 2 runs' }).click();
    await line.getByText('Care mail').waitFor();
    await line.getByText(/Skipped: /).waitFor({ state: 'detached' });

    await using host = await startScriptedHost([{ status: 200, body: '{}' }]);
    const worker = await startTestWorker(app.db, { runnerUrl: host.url });
    await line.getByText('Completed').nth(2).waitFor();
    await worker.stop();
  });

  test('runs that match a filter are canceled together, with the count before and the results after', async () => {
    // Due later, so that the worker does not execute the run before the operation cancels it.
    const runAt = new Date(Date.now() + 3_600_000).toISOString();
    await app.query(ENQUEUE, { input: { componentId: points, channel: 'bulk', runAt } });
    const page = await browser.open(`${origin}/admin/runs?channel=bulk`);
    await page.getByText('1 run', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'All that match' }).click();
    await page.getByRole('menuitem', { name: 'Cancel them…' }).click();
    await page.getByText('Channel is bulk.').waitFor();
    await page.getByText('1 run of 1 run can be canceled.').waitFor();
    await page.getByRole('textbox', { name: 'Reason' }).fill('sold out');
    await page.getByRole('button', { name: 'Cancel 1 run' }).click();
    await page.getByRole('heading', { name: 'Cancel of 1 runs' }).waitFor();
    const worker = await startTestWorker(app.db);
    await page.getByText('completed, 1 of 1').waitFor();
    await page.getByText('Done', { exact: true }).click();
    await page.getByText('Loyalty points').waitFor();
    await worker.stop();
    await page.getByRole('link', { name: 'Bulk operations' }).first().click();
    await page.getByRole('link', { name: 'Cancel of 1' }).waitFor();
  });

  test('nothing failed in the pages, and the policy was never violated', () => {
    expect(browser.problems).toEqual([]);
  });
});
