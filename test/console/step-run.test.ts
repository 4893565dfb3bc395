import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { register, save } from '../support/catalogue.ts';
import { recordOrder } from '../support/orders.ts';
import { hasBrowser } from './support/browser.ts';
import { type ConsoleBrowser, openConsoleBrowser } from './support/console.ts';

describe.skipIf(!hasBrowser)('the dialog that runs a step', () => {
  let app: TestApp;
  let browser: ConsoleBrowser;
  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp(), openConsoleBrowser()]);
    await recordOrder(app, { number: '7', payload: {}, lines: [{ sku: 'MUG', quantity: 1, payload: {} }] });
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  /** Opens the dialog for a step of a component with these inputs, which binds these ones, with the order as the sample. */
  const openDialog = async (key: string, properties: object, bound: readonly string[]): Promise<Page> => {
    const inputSchema = { type: 'object', properties };
    const componentId = await register(app, { key, name: 'Gift note', inputSchema });
    const bindings = bound.map((inputKey) => ({ static: { inputKey, value: 'Hello' } }));
    await save(app, { sku: key, journeyComponents: [{ componentId, bindings }] });
    const page = await browser.open(`${new URL(app.url).origin}/admin/products/${key}`);
    await page.getByRole('combobox', { name: 'Sample' }).click();
    await page.getByRole('option', { name: 'Order 7, MUG' }).click();
    await page.getByRole('button', { name: 'Run this step' }).click();
    return page;
  };
  /** Enqueues the run, and returns its input payload. */
  const enqueue = async (page: Page) => {
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByRole('link', { name: 'Open the run' }).waitFor();
    const { runs } = await app.query('{ runs(first: 1) { nodes { inputPayload } } }');
    return runs.nodes[0].inputPayload;
  };

  test('opens on a form of the inputs that no binding fills, over the payload of the sample', async () => {
    const page = await openDialog(
      'formed',
      { text: { type: 'string' }, wish: { type: 'string', title: 'Your wish' }, note: {} },
      ['text'],
    );
    await page.getByRole('textbox', { name: 'Your wish' }).fill('sunshine');
    expect(await page.getByRole('textbox', { name: 'text' }).count()).toBe(0);
    expect(await enqueue(page)).toMatchObject({ wish: 'sunshine', order: {} });
  });

  test('runs a step of the shop that has the product', async () => {
    const componentId = await register(app, { key: 'outlet', name: 'Gift note', shop: 'outlet' });
    await save(app, { sku: 'outlet', shop: 'outlet', journeyComponents: [{ componentId }] });
    await register(app, { key: 'elsewhere', name: 'Gift note of no shop' });
    const page = await browser.open(`${new URL(app.url).origin}/admin/products/outlet?shop=outlet`);
    await page.getByRole('button', { name: 'Add a step' }).click();
    await page.getByRole('button', { name: /^Gift note.*outlet · / }).waitFor();
    expect(await page.getByText('Gift note of no shop').count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Run this step' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Preview request' }).click();
    await page.getByRole('textbox', { name: 'request.json' }).waitFor();
    expect(await page.getByText('would fail').count()).toBe(0);
    await enqueue(page);
    const { runs } = await app.query('{ runs(where: { shop: ["outlet"] }) { totalCount } }');
    expect(runs.totalCount).toBe(1);
  });

  test('says that there is nothing to enter where the bindings fill every input', async () => {
    const page = await openDialog('bound', { text: {} }, ['text']);
    await page.getByText('The bindings fill every input. There is nothing to enter.').waitFor();
    await page.getByRole('tab', { name: 'JSON' }).click();
    await page.getByRole('textbox', { name: 'Input payload' }).waitFor();
    expect(await enqueue(page)).toMatchObject({ order: {} });
  });

  test('says why there is no form', async () => {
    const page = await openDialog('paired', { pair: { type: 'array', prefixItems: [{}] } }, []);
    await page.getByText(/^No form can show this schema.*prefixItems/).waitFor();
    await page.getByRole('tab', { name: 'JSON' }).click();
    await page.getByRole('textbox', { name: 'Input payload' }).waitFor();
    expect(browser.problems).toEqual([]);
  });
});
