import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { register, save } from '../support/catalogue.ts';
import { hasBrowser } from './support/browser.ts';
import { type ConsoleBrowser, openConsoleBrowser } from './support/console.ts';

/** The most stops of the Tab key between two places of a page. */
const STOPS_AT_MOST = 60;

describe.skipIf(!hasBrowser)('a person without a pointer', () => {
  let app: TestApp;
  let browser: ConsoleBrowser;
  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp(), openConsoleBrowser()]);
    const triggers = ['POST_CHECKOUT'] as const;
    const inputSchema = { type: 'object', properties: { sku: { type: 'string' } }, required: ['sku'] };
    await register(app, { key: 'mail', name: 'Care mail', triggers: [...triggers], inputSchema });
    const points = await register(app, { key: 'points', name: 'Points', triggers: [...triggers] });
    await save(app, { sku: 'TENT', title: 'Tent', journeyComponents: [{ componentId: points }] });
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  const hasFocus = async (page: Page, place: Locator) =>
    (await place.and(page.locator(':focus')).count()) === 1;
  /** Presses Tab until the focus is on a place, which it has to reach. */
  const tabTo = async (page: Page, place: Locator) => {
    await place.waitFor();
    for (let stop = 0; stop < STOPS_AT_MOST; stop += 1) {
      if (await hasFocus(page, place)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`The Tab key does not reach ${place}.`);
  };

  test('adds a step, fills its input by a path, puts it first and saves', async () => {
    const page = await browser.open(`${new URL(app.url).origin}/admin/products`);
    const { keyboard } = page;
    await tabTo(page, page.getByRole('link', { name: 'Tent' }).first());
    await keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Tent' }).waitFor();

    await tabTo(page, page.getByRole('button', { name: 'Add a step' }));
    await keyboard.press('Enter');
    const search = page.getByRole('textbox', { name: 'Search components' });
    await expect.poll(() => hasFocus(page, search)).toBe(true);
    await keyboard.type('care');
    await tabTo(page, page.getByRole('button', { name: /^Care mail/ }));
    await keyboard.press('Enter');
    await search.waitFor({ state: 'detached' });

    const input = page.getByRole('group', { name: 'Input sku' });
    await tabTo(page, input.getByRole('textbox', { name: 'Path' }));
    await keyboard.type('product.sk');
    await page.getByRole('option', { name: /^product\.sku/ }).waitFor();
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await input.getByText('Found: "TENT"').waitFor();

    // The steps stand before the editor of the step: back to them from the beginning of the page.
    await page.getByRole('link', { name: 'Skip to the page' }).focus();
    await keyboard.press('Enter');
    await tabTo(page, page.getByRole('button', { name: 'Actions for Care mail' }));
    await keyboard.press('Enter');
    const up = page.getByRole('menuitem', { name: 'Move up' });
    await up.waitFor();
    await expect
      .poll(async () => {
        if (await hasFocus(page, up)) return true;
        await keyboard.press('ArrowDown');
        return false;
      })
      .toBe(true);
    await keyboard.press('Enter');
    const steps = page.getByRole('list', { name: 'Steps in order' }).getByRole('listitem');
    await expect.poll(() => steps.first().textContent()).toMatch(/^Care mail/);

    await page.getByRole('link', { name: 'Skip to the page' }).focus();
    await keyboard.press('Enter');
    await tabTo(page, page.getByRole('button', { name: 'Save', exact: true }));
    await keyboard.press('Enter');
    await page.getByText('Saved, revision 2').waitFor();
    const { product } = await app.query(
      '{ product(sku: "TENT") { journeyComponents { component { key } bindings { inputKey ... on ProductFieldBinding { path } } } } }',
    );
    expect(product.journeyComponents).toEqual([
      { component: { key: 'mail' }, bindings: [{ inputKey: 'sku', path: 'product.sku' }] },
      { component: { key: 'points' }, bindings: [] },
    ]);
  });

  test('sees the exact time on focus, hides it by Escape, and sees all keys by ?', async () => {
    const page = await browser.open(`${new URL(app.url).origin}/admin/audit`, {
      timezoneId: 'Europe/Berlin',
    });
    const time = page.getByRole('row').nth(1).getByRole('time');
    const exactly = /\.\d{3} \(Europe\/Berlin\)/;
    expect(await time.getAttribute('aria-description')).toMatch(exactly);
    await time.hover();
    await page.getByRole('tooltip').getByText(exactly).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('tooltip').waitFor({ state: 'detached' });
    await tabTo(page, time);
    await page.getByRole('tooltip').getByText(exactly).waitFor();
    await tabTo(page, page.getByRole('button', { name: 'Reload' }));
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor({ state: 'detached' });
    await expect.poll(() => hasFocus(page, page.getByRole('button', { name: 'Reload' }))).toBe(true);
    await page.keyboard.press('Control+k');
    await page.getByRole('textbox', { name: 'Search', exact: true }).fill('times in utc');
    await page.getByText('Show times in UTC').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'UTC', exact: true }).waitFor();
    await time.focus();
    await page
      .getByRole('tooltip')
      .getByText(/\.\d{3} \(UTC\)/)
      .waitFor();
  });

  test('activates a button of the list of runs by Enter', async () => {
    const page = await browser.open(`${new URL(app.url).origin}/admin/runs`);
    await page.getByRole('columnheader', { name: 'Status' }).or(page.getByText('No runs yet')).waitFor();
    await page.getByRole('button', { name: 'Export' }).press('Enter');
    await page.getByRole('menuitem', { name: 'CSV' }).waitFor();
  });

  test('nothing failed in the pages, and the policy was never violated', () => {
    expect(browser.problems).toEqual([]);
  });
});
