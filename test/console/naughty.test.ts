import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { register, save } from '../support/catalogue.ts';
import { recordOrder } from '../support/orders.ts';
import { hasBrowser } from './support/browser.ts';
import { type ConsoleBrowser, openConsoleBrowser } from './support/console.ts';
import { NAUGHTY } from './support/naughty-strings.ts';

/** The texts after whose address the page is loaded anew too. */
const RELOADED: readonly string[] = NAUGHTY.slice(0, 9);

describe.skipIf(!hasBrowser)('naughty strings', () => {
  let app: TestApp;
  let browser: ConsoleBrowser;
  let page: Page;
  const dialogs: string[] = [];
  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp(), openConsoleBrowser()]);
    for (const [index, text] of NAUGHTY.entries()) {
      const name = `${index} ${text}`.slice(0, 200);
      const componentId = await register(app, { key: `c${index}`, name, triggers: ['AUTOMATION'] });
      const { userErrors } = await save(app, {
        sku: text,
        title: text,
        journeyComponents: [{ componentId, channelEligibility: [text.slice(0, 128)] }],
      });
      expect(userErrors).toEqual([]);
      await recordOrder(app, { number: text, payload: { text }, lines: [{ sku: text, quantity: 1 }] });
    }
    page = await browser.open(`${new URL(app.url).origin}/admin/bulk`);
    await page.getByText('No bulk operations yet').waitFor();
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  test.each(NAUGHTY)('%s is the number of an order, and the SKU and the title of a product', async (text) => {
    const heading = page.getByRole('heading', { level: 1 });
    // The command palette, as a person who pastes the number uses it.
    await page.keyboard.press('Control+k');
    await page.getByRole('textbox', { name: 'Search', exact: true }).fill(text);
    await page
      .getByRole('button')
      .filter({ has: page.getByText(`Order ${text}`, { exact: true }) })
      .click();
    await expect.poll(() => heading.textContent()).toBe(`Order ${text}`);
    if (RELOADED.includes(text)) await page.reload();
    const line = page.getByRole('region', { name: text, exact: true });
    await line.getByRole('link', { name: text, exact: true }).click();
    await expect.poll(() => heading.textContent()).toBe(text);
    await page
      .getByRole('list', { name: 'Steps in order' })
      .getByText(`on ${text.slice(0, 128)}`)
      .waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  });

  test('a naughty SKU filters the list of runs', async () => {
    const sku = encodeURIComponent('a%2Fb');
    await page.goto(`${new URL(app.url).origin}/admin/runs?product=${sku}`);
    await page.getByText('No run matches these filters').waitFor();
    await page.getByText('a%2Fb').first().waitFor();
  });

  test('no text was executed, and nothing failed in the pages', () => {
    expect(dialogs).toEqual([]);
    expect(browser.problems).toEqual([]);
  });
});
