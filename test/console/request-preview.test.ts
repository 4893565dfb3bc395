import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { register, save } from '../support/catalogue.ts';
import { recordOrder } from '../support/orders.ts';
import { hasBrowser } from './support/browser.ts';
import { type ConsoleBrowser, openConsoleBrowser } from './support/console.ts';

describe.skipIf(!hasBrowser)('the preview of a request', () => {
  let app: TestApp;
  let browser: ConsoleBrowser;
  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp(), openConsoleBrowser()]);
    await recordOrder(app, {
      number: '7',
      payload: { total: JSON.rawJSON('820982911946154508') },
      lines: [{ sku: 'GIFT', quantity: 1, payload: { note: 'Happy birthday', colour: 'blue' } }],
    });
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  /** Opens the product of a step whose input `text` is the note of the order's line, with that line as the sample. */
  const openStep = async (key: string, bindings: object[] = [NOTE]) => {
    const inputSchema = {
      type: 'object',
      required: ['text'],
      properties: { text: { type: 'string', maxLength: 20 }, wish: { type: 'string' } },
    };
    const componentId = await register(app, { key, name: 'Gift note', inputSchema });
    await save(app, { sku: key, title: 'Mug', journeyComponents: [{ componentId, bindings }] });
    const page = await browser.open(`${new URL(app.url).origin}/admin/products/${key}`);
    await page.getByRole('combobox', { name: 'Sample' }).click();
    await page.getByRole('option', { name: 'Order 7, GIFT' }).click();
    return page;
  };
  const preview = (page: Page | Locator) => page.getByRole('region', { name: 'The request' });
  const pathOf = (page: Page) =>
    page.getByRole('group', { name: 'Input text' }).getByRole('textbox', { name: 'Path' });

  test('shows what would be sent before it is saved, and follows what is typed', async () => {
    const page = await openStep('draft');
    await page.getByText('Found: "Happy birthday"').waitFor();
    let previews = 0;
    page.on('request', (request) => {
      if (request.postData()?.includes('StepPreview_Query')) previews += 1;
    });
    await page.getByRole('button', { name: 'Preview request' }).click();
    const inputs = preview(page).getByLabel('What each input gets');
    await inputs.getByText('"Happy birthday"', { exact: true }).waitFor();
    await inputs.getByText('from input.orderItem.note').waitFor();
    await inputs.getByText('from the input payload').first().waitFor();
    await inputs.getByText('{"total":820982911946154508}').waitFor();
    // What the bindings find is in the same preview.
    expect(previews).toBe(0);
    await page.getByRole('textbox', { name: 'Title' }).fill('Cup');
    await pathOf(page).fill('input.orderItem.colour');
    await inputs.getByText('from input.orderItem.colour').waitFor();
    await inputs.getByText('"blue"', { exact: true }).waitFor();
    await preview(page).getByRole('textbox', { name: 'request.json' }).getByText('"Cup"').waitFor();
    const { product } = await app.query('{ product(sku: "draft") { title revision } }');
    expect(product).toEqual({ title: 'Mug', revision: 1 });
    await page.getByRole('button', { name: 'Preview request' }).click();
    await preview(page).waitFor({ state: 'detached' });
    await page.getByText('Not saved').waitFor();
    expect(browser.problems).toEqual([]);
  });

  test('says in words why the run would fail, with the keys that a path may take', async () => {
    const page = await openStep('failing');
    await page.getByRole('button', { name: 'Preview request' }).click();
    await pathOf(page).fill('input.orderItem.wrapping');
    const reason = 'input.orderItem has no key "wrapping"; its keys are "sku", "note", "colour", "quantity"';
    await preview(page).getByText(`text gets no value: ${reason}`).waitFor();
    await page.getByRole('group', { name: 'Input text' }).getByText(`Nothing found: ${reason}`).waitFor();
    await page.getByRole('textbox', { name: 'Attributes' }).click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText('{"size":');
    await preview(page).getByText('The attributes of the product are not a JSON object yet.').waitFor();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText('{"size": 3}');
    await pathOf(page).fill('input.orderItem.note');
    await preview(page).getByText('"Happy birthday"').first().waitFor();
    await expect.poll(() => preview(page).getAttribute('aria-busy'), { timeout: 20_000 }).toBe('false');
    expect(await preview(page).getByText('would fail').count()).toBe(0);
    expect(browser.problems).toEqual([]);
  });

  test('drops the request for what was typed before', async () => {
    const page = await openStep('dropped');
    await page.getByRole('button', { name: 'Preview request' }).click();
    await page.getByText('Found: "Happy birthday"').waitFor();
    const held = Promise.withResolvers<void>();
    const dropped = page.waitForEvent('requestfailed', (request) =>
      isOf(request.postData(), 'orderItem.sku'),
    );
    await page.route('**/graphql', (route) =>
      isOf(route.request().postData(), 'orderItem.sku') ? held.resolve() : route.continue(),
    );
    await pathOf(page).fill('input.orderItem.sku');
    await held.promise;
    await pathOf(page).fill('input.orderItem.colour');
    await dropped;
    await preview(page).getByText('from input.orderItem.colour').waitFor();
  });

  test('is there before a run, with the errors beside their fields, and the runner that answers', async () => {
    const page = await openStep('dialog', []);
    await page.getByRole('button', { name: 'Run this step' }).click();
    const dialog = page.getByRole('dialog', { name: 'Run Gift note' });
    await dialog.getByText('Its script is not executed: the echo runner returns the inputs.').waitFor();
    await dialog.getByRole('textbox', { name: 'text' }).fill('much too long for a note');
    await dialog.getByRole('button', { name: 'Preview request' }).click();
    await dialog.getByText('This run would fail before its script is called').waitFor();
    const field = dialog.getByRole('textbox', { name: 'text' });
    await expect.poll(() => field.getAttribute('aria-invalid'), { timeout: 20_000 }).toBe('true');
    await field.fill('short');
    await preview(dialog).getByLabel('What each input gets').getByText('"short"').waitFor();
    await expect.poll(() => field.getAttribute('aria-invalid'), { timeout: 20_000 }).not.toBe('true');
    expect((await app.query('{ runs { totalCount } }')).runs.totalCount).toBe(0);
  });
});

const NOTE = { runtime: { inputKey: 'text', path: 'input.orderItem.note' } };

const isOf = (body: string | null, path: string) =>
  Boolean(body?.includes('StepPreview_Query') && body.includes(path));
