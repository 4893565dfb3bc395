import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { register, save } from '../support/catalogue.ts';
import { automate, recordOrder } from '../support/orders.ts';
import { startScriptedHost } from '../support/script-host.ts';
import { startTestWorker } from '../support/worker.ts';
import { hasBrowser } from './support/browser.ts';
import { type ConsoleBrowser, openConsoleBrowser } from './support/console.ts';

const CHECKOUT =
  'mutation ($input: EnqueueCheckoutRunsInput!) { enqueueCheckoutRuns(input: $input) { runs { id } userErrors { message } } }';

const LINE = { sku: 'TENT/2', quantity: 1, payload: { engraving: 'For Ada' } };

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
    const order = { number: '2026/1001', payload: {}, lines: [LINE] };
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
    await expect.poll(() => new URL(page.url()).pathname).toBe('/admin/orders/2026%2F1001');
    const line = page.getByRole('region', { name: 'Ridge tent' });
    await line.getByText('{"engraving":"For Ada"}').waitFor();
    await line.getByText('Loyalty points').waitFor();
    await line.getByText(/Skipped: /).waitFor();

    await page.getByRole('button', { name: 'Journey automation…' }).click();
    const plan = page.getByRole('table', { name: 'Plan' });
    await plan.getByRole('row', { name: /Care mail Runs$/ }).waitFor();
    await plan.getByRole('row', { name: /Loyalty points Runs again/ }).waitFor();
    await page.getByRole('button', { name: 'Enqueue 2 runs' }).click();

    // The group of the automation, until all of it has ended.
    await page.getByRole('heading', { name: 'Journey automation of order 2026/1001' }).waitFor();
    await line.getByText('Care mail').waitFor();
    await using host = await startScriptedHost([{ status: 200, body: '{}' }]);
    const worker = await startTestWorker(app.db, { runnerUrl: host.url });
    await page.getByTitle('2 completed').waitFor();
    await worker.stop();
    await page.getByRole('link', { name: 'Order 2026/1001' }).click();
    await line.getByText('Completed').nth(2).waitFor();
    await expect.poll(() => line.getByText(/Skipped: /).count()).toBe(0);
    const groups = page.getByRole('region', { name: 'Checkout and automations' });
    await expect
      .poll(() => groups.getByRole('link').allTextContents())
      .toEqual(['Checkout', 'Journey automation']);
  });

  test('an automation of one component shows the lines that it leaves out', async () => {
    const wrap = await register(app, { key: 'wrap', name: 'Gift wrap', triggers: ['AUTOMATION'] });
    await save(app, { sku: 'MUG', title: 'Mug', journeyComponents: [{ componentId: wrap }] });
    const lines = [LINE, { sku: 'MUG', quantity: 1 }];
    const { order } = await recordOrder(app, { number: 'part', payload: {}, lines });
    const { groupId } = await automate(app, {
      orderId: order.id,
      componentId: [wrap],
      idempotencyKey: 'part',
    });
    const page = await browser.open(`${origin}/admin/groups/${groupId}`);
    await page.getByRole('region', { name: 'Mug' }).getByText('Gift wrap').waitFor();
    await page
      .getByRole('region', { name: 'Ridge tent' })
      .getByText('No step of this line is part of it.')
      .waitFor();
  });

  test('a person records an order by hand, and sees what has not run yet', async () => {
    const page = await browser.open(`${origin}/admin/orders`);
    await page.getByRole('button', { name: 'Record an order…' }).click();
    await page.getByRole('textbox', { name: 'Order number' }).fill('try/1 #2');
    await page.getByRole('combobox', { name: 'SKU of line 1' }).fill('TENT');
    await page.getByRole('option', { name: 'TENT/2' }).click();
    await page.getByRole('button', { name: 'Add a line' }).click();
    await page.getByRole('combobox', { name: 'SKU of line 2' }).fill('NO-SUCH');
    await page.getByRole('tab', { name: 'JSON' }).click();
    await page.getByRole('textbox', { name: 'Order' }).getByText('"NO-SUCH"').waitFor();
    await page.getByRole('button', { name: 'Record the order' }).click();
    await page.getByRole('heading', { name: 'Order try/1 #2' }).waitFor();
    const line = page.getByRole('region', { name: 'Ridge tent' });
    await line.getByText('Not run: no checkout or automation has covered it').nth(1).waitFor();
    await page.getByText('No product has this SKU, so nothing runs.').waitFor();
  });

  test('an order of a shop is recorded as a checkout, and found under its shop', async () => {
    await save(app, { sku: 'TENT/2', title: 'Tent of the outlet', shop: 'outlet' });
    const page = await browser.open(`${origin}/admin/orders`);
    await page.getByRole('button', { name: 'Record an order…' }).click();
    await page.getByRole('tab', { name: 'JSON' }).click();
    const editor = page.getByRole('textbox', { name: 'Order' });
    await editor.fill('{"number": "7", "shop": "outlet", "lines": [');
    await page.getByText('The order is not a JSON object with lines yet.').waitFor();
    await editor.fill(
      '{"number": "7", "shop": "outlet", "payload": {}, "lines": [{"sku": "TENT/2", "quantity": 2}]}',
    );
    await page.getByRole('checkbox', { name: /Check it out/ }).check();
    await page.getByRole('combobox', { name: 'Channel' }).fill('storefront');
    await page.getByRole('option', { name: 'storefront' }).click();
    await page.getByRole('button', { name: 'Record it and enqueue its runs' }).click();
    await page.getByRole('heading', { name: 'Order 7' }).waitFor();
    await expect.poll(() => new URL(page.url()).search).toBe('?shop=outlet');
    await page.getByRole('region', { name: 'Tent of the outlet' }).getByText('× 2').waitFor();
    await page.getByRole('link', { name: 'Orders', exact: true }).first().click();
    await page.getByRole('link', { name: '7', exact: true }).click();
    await page.getByRole('region', { name: 'Tent of the outlet' }).waitFor();
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
    await page.getByRole('heading', { name: 'Cancel of 1 run' }).waitFor();
    const worker = await startTestWorker(app.db);
    await page.getByText('completed, 1 of 1').waitFor();
    await page.getByText('The runs of which the channel is bulk.').waitFor();
    const results = page.getByRole('region', { name: 'Results' });
    await results.getByText('Canceled', { exact: true }).first().click();
    await results.getByText('Loyalty points').waitFor();
    await worker.stop();
    await page.getByRole('button', { name: 'Again for what failed' }).click();
    await page.getByRole('menuitem', { name: 'Replay them…' }).click();
    await page.getByRole('dialog', { name: 'Nothing is left to do again' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Bulk operations' }).first().click();
    const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: 'Cancel of 1' }) });
    await row.getByText('the channel is bulk').waitFor();
    await row.getByText('sold out').waitFor();
    await page.getByText('In progress', { exact: true }).click();
    await page.getByText('No bulk operation has this status').waitFor();
  });

  test('what failed again after a bulk retry is retried again, and nothing else', async () => {
    await using host = await startScriptedHost([
      { status: 422, body: '{}' },
      { status: 422, body: '{}' },
      { status: 422, body: '{}' },
      { status: 200, body: '{}' },
    ]);
    const first = await startTestWorker(app.db, { runnerUrl: host.url });
    for (let run = 0; run < 2; run += 1)
      await app.query(ENQUEUE, { input: { componentId: points, channel: 'again' } });
    const page = await browser.open(`${origin}/admin/runs?channel=again&status=FAILED`);
    // A socket that can be held.
    let isHeld = false;
    await page.routeWebSocket('**/graphql', (socket) => {
      const server = socket.connectToServer();
      server.onMessage((message) => isHeld || socket.send(message));
    });
    await page.reload();
    const counts = page.getByRole('region', { name: 'Progress' });
    await page.getByText('2 runs', { exact: true }).waitFor();
    await first.stop();
    await page.getByRole('button', { name: 'All that match' }).click();
    await page.getByRole('menuitem', { name: 'Retry them…' }).click();
    await page.getByRole('button', { name: 'Retry 2 runs' }).click();
    // Its page follows the operation from before its first run.
    await counts.getByText('0 of 2').waitFor();
    const worker = await startTestWorker(app.db, { runnerUrl: host.url });
    await counts.getByText('completed, 2 of 2').waitFor();
    // The host rejects one of the two once more.
    await host.called(4);
    const again = page.getByRole('button', { name: 'Again for what failed' });
    const retry = page.getByRole('button', { name: 'Retry 1 run', exact: true });
    await expect
      .poll(
        async () => {
          await page.keyboard.press('Escape');
          await again.click();
          await page.getByRole('menuitem', { name: 'Retry them…' }).click();
          await page
            .getByRole('dialog')
            .getByText(/can be retried|Nothing is left/)
            .first()
            .waitFor();
          return retry.isVisible();
        },
        { timeout: 40_000 },
      )
      .toBe(true);
    await page.getByText('The 1 run that failed.').waitFor();
    // The second operation has ended when its page reads it, and no subscription has brought it.
    isHeld = true;
    const statuses = async () => {
      const { bulkOperations } = await app.query('{ bulkOperations(first: 2) { nodes { status } } }');
      return bulkOperations.nodes.map(({ status }: { status: string }) => status);
    };
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('query BulkOperationPage_Query'))
        await expect.poll(statuses).toEqual(['COMPLETED', 'COMPLETED']);
      await route.continue();
    });
    await retry.click();
    await page.getByRole('heading', { name: 'Retry of 1 run', exact: true }).waitFor();
    await counts.getByText('completed, 1 of 1').waitFor();
    await worker.stop();
  });

  test('an operation that ends while its page is opened again is shown as ended', async () => {
    const runAt = new Date(Date.now() + 3_600_000).toISOString();
    await app.query(ENQUEUE, { input: { componentId: points, channel: 'reopened', runAt } });
    const { bulkCancelRuns } = await app.query(
      'mutation { bulkCancelRuns(where: { channel: ["reopened"] }) { operation { id } } }',
    );
    const { id } = bulkCancelRuns.operation;
    const page = await browser.open('about:blank');
    // The second visit gets the operation in progress by its subscription, and nothing later.
    let visits = 0;
    const watched = Promise.withResolvers<void>();
    await page.routeWebSocket('**/graphql', (socket) => {
      const server = socket.connectToServer();
      server.onMessage((message) => {
        if (!String(message).includes('bulkOperationUpdated')) return socket.send(message);
        if (visits === 2) return;
        socket.send(message);
        visits += 1;
        if (visits === 2) watched.resolve();
      });
    });
    await page.goto(`${origin}/admin/bulk/${id}`);
    const progress = page.getByRole('region', { name: 'Progress' });
    await progress.getByText('in progress, 0 of 1').waitFor();
    await expect.poll(() => visits).toBe(1);
    await page.getByRole('link', { name: 'Bulk operations' }).first().click();
    await page.getByRole('link', { name: 'Cancel of 1' }).first().waitFor();
    const ended = Promise.withResolvers<void>();
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('query BulkOperationPage_Query')) await ended.promise;
      await route.continue();
    });
    await page.getByRole('link', { name: 'Cancel of 1' }).first().click();
    await watched.promise;
    const worker = await startTestWorker(app.db);
    const status = async () =>
      (await app.query('query ($id: ID!) { bulkOperation(id: $id) { status } }', { id })).bulkOperation
        .status;
    await expect.poll(status).toBe('COMPLETED');
    await worker.stop();
    ended.resolve();
    await progress.getByText('completed, 1 of 1').waitFor();
  });

  test('nothing failed in the pages, and the policy was never violated', () => {
    expect(browser.problems).toEqual([]);
  });
});
