import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { successText } from '../../src/console/parts/success-text.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { register, save } from '../support/catalogue.ts';
import { insertRunWithEvent } from '../support/events.ts';
import { recordOrder } from '../support/orders.ts';
import { hasBrowser } from './support/browser.ts';
import { type ConsoleBrowser, openConsoleBrowser } from './support/console.ts';

test.each([
  [124, 0, '100 % of 124'],
  [999, 1, '99.9 % of 1,000'],
  [19_999, 1, '99.9 % of 20,000'],
  [1, 2_999, '<0.1 % of 3,000'],
  [0, 300, '0 % of 300'],
  [2, 1, '2 of 3'],
  [0, 3, '0 of 3'],
])('%i completed and %i failed runs are %s', (completed, failed, text) => {
  expect(successText(completed, failed)).toBe(text);
});

describe.skipIf(!hasBrowser)('lists', () => {
  let app: TestApp;
  let browser: ConsoleBrowser;
  let componentId: string;
  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp(), openConsoleBrowser()]);
    const note = await register(app, {
      key: 'note',
      name: 'Gift note',
      inputSchema: { type: 'object', required: ['text'] },
    });
    const points = await register(app, { key: 'points', name: 'Loyalty points' });
    componentId = await register(app, { key: 'other', name: 'Other' });
    await save(app, { sku: 'BROKEN', title: 'Broken mug', journeyComponents: [{ componentId: note }] });
    await save(app, { sku: 'WHOLE', title: 'Whole mug', journeyComponents: [{ componentId: points }] });
    for (const status of ['COMPLETED', 'COMPLETED', 'COMPLETED', 'FAILED'] as const)
      await insertRunWithEvent(app.db.pool, { componentId: points, status });
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  const open = (path: string) => browser.open(`${app.url.replace('/graphql', '')}${path}`);
  const rows = (page: Page, table: string) =>
    page
      .getByRole('table', { name: table })
      .getByRole('row')
      .filter({ has: page.getByRole('link') });

  test('the products with problems are found, each with what is wrong', async () => {
    const page = await open('/admin/products');
    await rows(page, 'Products').nth(1).waitFor();
    await page.getByRole('checkbox', { name: 'With problems only' }).check();
    await page.getByText(/^Gift note: The component requires the input text/).waitFor();
    await expect.poll(() => rows(page, 'Products').count()).toBe(1);
    await expect.poll(() => new URL(page.url()).search).toBe('?problems=yes');
    await page.getByRole('searchbox', { name: 'Search products' }).fill('whole');
    await page.getByText('No product matches').waitFor();
    await page.getByRole('button', { name: 'Show all products' }).click();
    await rows(page, 'Products').nth(1).waitFor();
    await expect.poll(() => page.getByRole('searchbox', { name: 'Search products' }).inputValue()).toBe('');
  });

  test('the registry shows the last hour of a component, and leads to the products that use it', async () => {
    const page = await open('/admin/components');
    const points = rows(page, 'Components').filter({ hasText: 'Loyalty points' });
    await points.getByText('3 of 4 succeeded').waitFor();
    await points.getByRole('link', { name: '1 product' }).click();
    await page.getByRole('link', { name: 'Whole mug' }).waitFor();
    await expect.poll(() => rows(page, 'Products').count()).toBe(1);
    await page.getByRole('button', { name: 'uses Loyalty points' }).click();
    await page.getByRole('link', { name: 'Broken mug' }).waitFor();
  });

  test('a long list is read page by page, as far as a person goes', async () => {
    for (let number = 0; number < 60; number += 1)
      await recordOrder(app, { number: `N-${number}`, payload: {}, lines: [] });
    const page = await open('/admin/orders');
    await page.getByText('60 orders', { exact: true }).waitFor();
    for (const shown of [25, 50]) {
      await expect.poll(() => rows(page, 'Orders').count()).toBe(shown);
      await page.getByRole('button', { name: 'Show more' }).click();
    }
    await expect.poll(() => rows(page, 'Orders').count()).toBe(60);
    await expect.poll(() => page.getByRole('button', { name: 'Show more' }).count()).toBe(0);
  });

  /** An event of a run, after which the list of orders is read again. */
  const happen = async () => {
    await insertRunWithEvent(app.db.pool, { componentId });
    app.services.ring();
  };
  /** Longer than the list waits after an event before it is read again. */
  const SLOW_MS = 1_500;

  test('the next page comes, though a run changes meanwhile', async () => {
    const page = await open('/admin/orders');
    await rows(page, 'Orders').nth(24).waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    await page.route('**/graphql', async (route) => {
      const { query, variables } = route.request().postDataJSON();
      if (query.includes('query OrdersPage_Query') && variables.after) {
        await happen();
        await pause(SLOW_MS);
      }
      await route.continue();
    });
    await page.getByRole('button', { name: 'Show more' }).click();
    await rows(page, 'Orders').nth(49).waitFor();
  });

  test('a list that is read slowly is shown while runs change all the time', async () => {
    const page = await open('/admin/orders');
    await rows(page, 'Orders').nth(24).waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('query OrdersPage_Query')) await pause(SLOW_MS);
      await route.continue();
    });
    await recordOrder(app, { number: 'newest', payload: {}, lines: [] });
    const newest = page.getByRole('link', { name: 'newest' });
    for (let event = 0; event < 100 && !(await newest.isVisible()); event += 1) {
      await happen();
      await pause(200);
    }
    expect(await newest.isVisible()).toBe(true);
  });

  test('nothing failed in the pages, and the policy was never violated', () => {
    expect(browser.problems).toEqual([]);
  });
});
