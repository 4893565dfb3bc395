import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { checkOut } from '../support/orders.ts';
import { startTestWorker } from '../support/worker.ts';
import { hasBrowser } from './support/browser.ts';
import { type ConsoleBrowser, openConsoleBrowser } from './support/console.ts';
import { fillShop, type Shop } from './support/shop.ts';
import { isInSight } from './support/sight.ts';
import { cutTables } from './support/tables.ts';

describe.skipIf(!hasBrowser)('the console on small screens', () => {
  let app: TestApp;
  let browser: ConsoleBrowser;
  let shop: Shop;
  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp(), openConsoleBrowser()]);
    shop = await fillShop(app);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  const openPhone = (path: string) =>
    browser.open(`${new URL(app.url).origin}${path}`, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
    });
  /** Touches the middle of what is shown, whichever element is there. */
  const touch = async (page: Page, shown: Locator) => {
    await shown.scrollIntoViewIfNeeded({ timeout: 1_000 }).catch(() => {});
    const box = await shown.boundingBox({ timeout: 1_000 }).catch(() => null);
    if (box) await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
  };
  const editorOf = (page: Page, step: string) => page.getByRole('heading', { name: step, level: 2 });

  test('on a phone, an operator touches the error of a run, and gets to its step and back', async () => {
    const page = await openPhone('/admin/runs?status=FAILED');
    const runs = page.getByRole('table', { name: 'Runs', exact: true });
    // The list may move under the finger while the page is loaded.
    const place = async () => {
      await touch(page, runs.getByText('BINDING_UNRESOLVED'));
      return new URL(page.url()).pathname;
    };
    await expect.poll(place, WITHIN).toBe(`/admin/runs/${shop.failedRun}`);
    await page.getByRole('link', { name: 'Edit the bindings of this step' }).tap();
    await expect.poll(() => isInSight(editorOf(page, 'Warranty registration')), WITHIN).toBe(true);
    const back = page.getByRole('link', { name: 'Back to the run' });
    expect(await isInSight(back)).toBe(true);
    await back.tap();
    await page.waitForURL(`**/admin/runs/${shop.failedRun}`);
  });

  test('on a phone, a step that is chosen or added is in sight, and so is the button that saves it', async () => {
    const page = await openPhone('/admin/products/TENT%2F2');
    await page.getByRole('button', { name: /^Care guide mail/ }).tap();
    await expect.poll(() => isInSight(editorOf(page, 'Care guide mail')), WITHIN).toBe(true);
    await page.getByRole('checkbox', { name: 'Required' }).tap();
    const save = page.getByRole('button', { name: 'Save', exact: true });
    expect(await isInSight(save)).toBe(true);
    await save.tap();
    await page.getByText('Saved, revision 2').waitFor();
    await page.getByRole('button', { name: 'Add a step' }).tap();
    await page.getByRole('textbox', { name: 'Search components' }).fill('points');
    await page.getByRole('button', { name: /^Loyalty points.*points · / }).tap();
    await expect.poll(() => isInSight(editorOf(page, 'Loyalty points')), WITHIN).toBe(true);
  });

  test('on a phone, the queues and the workers of the system are cards', async () => {
    const worker = await startTestWorker(app.db, { taskQueue: 'a-queue-of-the-warehouse-in-the-north' });
    const page = await openPhone('/admin/system');
    const workers = page.getByRole('region', { name: 'Workers' });
    await workers.locator('[data-label="Active runs"]').waitFor();
    expect(await cutTables(page)).toEqual([]);
    await worker.stop();
  });

  test('on a phone, the button of a tall dialog is in sight, and as large as a finger', async () => {
    const page = await openPhone(`/admin/runs/${shop.failedRun}`);
    await page.getByRole('button', { name: 'Replay…' }).tap();
    await page.getByText('This run would fail').waitFor();
    const replay = page.getByRole('button', { name: /^Replay with/ });
    await expect.poll(() => isInSight(replay), WITHIN).toBe(true);
    expect((await replay.boundingBox())!.height).toBeGreaterThanOrEqual(44);
  });

  test('a page begins at its top, and going back restores the place of the last one', async () => {
    const page = await openPhone('/admin/products/TENT%2F2');
    await editorOf(page, 'Loyalty points').waitFor();
    const scroller = page.locator('[data-scroll-restoration-id=page]');
    const top = () => scroller.evaluate((element) => element.scrollTop);
    await scroller.evaluate((element) => element.scrollTo(0, 300));
    await expect.poll(top, WITHIN).toBe(300);
    await page.getByRole('link', { name: 'points', exact: true }).click();
    await page.getByRole('heading', { name: 'Loyalty points', level: 1 }).waitFor();
    await expect.poll(top, WITHIN).toBe(0);
    await page.goBack();
    await expect.poll(top, WITHIN).toBe(300);
  });

  test('a page scrolls below its notices, however far down its hidden texts are', async () => {
    const page = await browser.open(`${new URL(app.url).origin}/admin/components/points`, {
      viewport: { width: 1280, height: 480 },
    });
    for (const name of ['text', 'colour', 'size']) {
      await page.getByRole('button', { name: 'Add an input' }).click();
      await page.getByRole('group', { name: 'Input without a name' }).getByRole('textbox').first().fill(name);
    }
    await page.getByRole('group', { name: 'Input size' }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollHeight - innerHeight')).toBe(0);
  });

  test('on a small laptop, the list of runs has room for order numbers and triggers', async () => {
    const order = { number: 'NL-2026-00012345', payload: {}, lines: [{ sku: 'TENT/2', quantity: 1 }] };
    await checkOut(app, { order, channel: 'storefront' });
    const page = await browser.open(`${new URL(app.url).origin}/admin/runs`, {
      viewport: { width: 1280, height: 800 },
    });
    const runs = page.getByRole('table', { name: 'Runs', exact: true });
    for (const text of [order.number, 'POST_CHECKOUT']) {
      const cell = runs.getByRole('button', { name: text }).first();
      await cell.waitFor();
      expect(await cell.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
    }
    expect(browser.problems).toEqual([]);
  });
});

const WITHIN = { timeout: 30_000 };
