import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { register, save } from '../support/catalogue.ts';
import { startScriptedHost } from '../support/script-host.ts';
import { startTestWorker } from '../support/worker.ts';
import { hasBrowser } from './support/browser.ts';
import { type ConsoleBrowser, openConsoleBrowser } from './support/console.ts';
import { RunsPage } from './support/runs-page.ts';

describe.skipIf(!hasBrowser)('the list of runs', () => {
  let app: TestApp;
  let browser: ConsoleBrowser;
  let points: string;
  let warranty: string;
  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp(), openConsoleBrowser()]);
    points = await register(app, { key: 'points', name: 'Loyalty points' });
    warranty = await register(app, { key: 'warranty', name: 'Warranty' });
    await save(app, { sku: 'A/1,2 "x"', title: 'Slashed', journeyComponents: [{ componentId: points }] });
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  const enqueue = async (componentId: string, input: object = {}) => {
    const { enqueueRun } = await app.query(
      'mutation ($input: EnqueueRunInput!) { enqueueRun(input: $input) { run { id } userErrors { message } } }',
      { input: { componentId, ...input } },
    );
    expect(enqueueRun.userErrors).toEqual([]);
    return enqueueRun.run.id as string;
  };
  /** The list of a channel of its own, so that the stories do not see each other's runs. */
  const openList = async (channel: string, query = ''): Promise<RunsPage> => {
    const list = new RunsPage(
      await browser.open(`${app.url.replace('/graphql', '')}/admin/runs?channel=${channel}${query}`),
    );
    await list.live.waitFor();
    await list.page.getByText(/^\d+ runs?$/).waitFor();
    return list;
  };

  test('a run that is enqueued appears, and completes before the eyes, without a request', async () => {
    const list = await openList('watched');
    const requests = requestsOf(list.page);
    await enqueue(points, { channel: 'watched' });
    await list.row('Loyalty points').getByText('Queued').waitFor();
    await using host = await startScriptedHost([{ status: 200, body: '{"ok":true}' }]);
    const worker = await startTestWorker(app.db, { runnerUrl: host.url });
    await list.row('Loyalty points').getByText('Completed').waitFor();
    await worker.stop();
    expect(requests).toEqual([]);
  });

  test('no row moves under the pointer: new runs wait, are counted exactly, and N shows them', async () => {
    await enqueue(warranty, { channel: 'still' });
    const list = await openList('still');
    await list.rows.first().hover();
    for (let count = 1; count <= 3; count += 1) await enqueue(points, { channel: 'still' });
    await list.page.getByRole('button', { name: '3 new runs' }).waitFor();
    expect(await list.components()).toEqual(['Warranty']);
    await list.page.keyboard.press('n');
    await list.rows.nth(3).waitFor();
    expect(await list.components()).toEqual([...Array(3).fill('Loyalty points'), 'Warranty']);
  });

  test('a run that stops matching stays in its place and says so', async () => {
    const id = await enqueue(points, { channel: 'leaving' });
    const list = await openList('leaving', '&status=QUEUED');
    await app.query('mutation ($id: ID!) { cancelRun(id: $id) { run { id } } }', { id });
    await list.row('No longer matches').getByText('Canceled', { exact: true }).waitFor();
    await list.page.getByRole('button', { name: 'Reload' }).click();
    await list.page.getByText('No run matches these filters').waitFor();
  });

  test('a value filters the list, by an address that people can read, and back returns', async () => {
    for (const component of [points, warranty]) await enqueue(component, { channel: 'cells' });
    const list = await openList('cells');
    await list.choose(list.row('Warranty'), 'warranty', 'Show only this');
    await list.shows(1);
    expect(await list.components()).toEqual(['Warranty']);
    await expect.poll(() => new URL(list.page.url()).search).toBe('?channel=cells&component=warranty');
    await list.tab('Failed').click();
    await list.page.getByText('No run matches these filters').waitFor();
    await expect
      .poll(() => new URL(list.page.url()).search)
      .toBe('?channel=cells&component=warranty&status=FAILED');
    await list.page.goBack();
    await list.page.goBack();
    await list.rows.nth(1).waitFor();
  });

  test('a value is excluded, and runs are found by the beginning of their id', async () => {
    const id = await enqueue(points, { channel: 'excluded' });
    await enqueue(warranty, { channel: 'excluded' });
    const list = await openList('excluded');
    await list.choose(list.row('Warranty'), 'warranty', 'Exclude');
    await list.shows(1);
    expect(await list.components()).toEqual(['Loyalty points']);
    await expect.poll(() => new URL(list.page.url()).search).toBe('?channel=excluded&not.component=warranty');
    await list.page.getByRole('button', { name: 'Remove the filter Not Component' }).click();
    await list.rows.nth(1).waitFor();
    await list.page.keyboard.press('/');
    await list.page.keyboard.type(id.slice(0, 23));
    await list.shows(1);
    expect(await list.components()).toEqual(['Loyalty points']);
  });

  test('what is typed before the page shows the search stays in the field', async () => {
    const list = await openList('typed');
    // Keys are pressed between the new address and the page that shows it, and after that.
    await list.page.evaluate(`{
      const press = (key) => {
        const field = document.querySelector('input[aria-label="Search runs"]');
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, field.value + key);
        field.dispatchEvent(new Event('input', { bubbles: true }));
      };
      const push = history.pushState;
      history.pushState = function (...args) {
        push.apply(this, args);
        history.pushState = push;
        press('c');
        setTimeout(press, 100, 'd');
      };
    }`);
    const field = list.page.getByRole('searchbox', { name: 'Search runs' });
    await field.fill('ab');
    await expect.poll(() => new URL(list.page.url()).searchParams.get('search')).toBe('abcd');
    await expect.poll(() => field.inputValue()).toBe('abcd');
  });

  test('filters are added from the page, by SKUs with any characters and by values in payloads', async () => {
    const { product } = await app.query('{ product(sku: "A/1,2 \\"x\\"") { id } }');
    await enqueue(points, {
      channel: 'added',
      productId: product.id,
      inputPayload: { cart: { items: [{ n: 7 }] } },
    });
    await enqueue(warranty, { channel: 'added', inputPayload: { cart: { items: [{ n: 8 }] } } });
    const list = await openList('added');
    const { page } = list;
    await list.choose(list.row('Slashed'), 'A/1,2 "x"', 'Show only this');
    await list.shows(1);
    await page.reload();
    await list.row('Slashed').waitFor();
    await page.getByRole('button', { name: 'Remove the filter Product (SKU)' }).click();
    await list.rows.nth(1).waitFor();
    await page.getByRole('button', { name: 'Add filter' }).click();
    await page.getByRole('menuitem', { name: 'Value in a payload' }).click();
    await page.getByRole('combobox', { name: 'Path' }).fill('cart.items[].n');
    await page.getByRole('combobox', { name: 'Value' }).fill('8');
    await page.getByRole('dialog').getByRole('button', { name: 'Add filter' }).click();
    await list.shows(1);
    expect(await list.components()).toEqual(['Warranty']);
    await expect.poll(() => new URL(page.url()).search).toBe('?channel=added&input.cart.items[].n=8');
  });

  test('a part of the address that means nothing is ignored, and named', async () => {
    await enqueue(points, { channel: 'odd' });
    const list = await openList('odd', '&status=NONE&last=3y&group=x&%F0%9F%91%BB=1');
    await list.row('Loyalty points').waitFor();
    const note = await list.page.getByText('This part of the address was ignored').textContent();
    for (const name of ['status', 'last', 'group', '👻']) expect(note).toContain(name);
  });

  test('nothing failed in the pages, and the policy was never violated', () => {
    expect(browser.problems).toEqual([]);
  });
});

/** The requests that a page sends from now on. */
function requestsOf(page: Page): string[] {
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  return requests;
}
