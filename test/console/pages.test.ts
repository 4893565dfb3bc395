import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { hasBrowser } from './support/browser.ts';
import { type ConsoleBrowser, openConsoleBrowser } from './support/console.ts';
import { fillShop, type Shop } from './support/shop.ts';

/** Screenshots of every page are written here: `npm test -- test/console/pages.test.ts`. */
const SCREENSHOTS = join(import.meta.dirname, '../../dist/screenshots');

type Visit = {
  /** The name of the page, and of its screenshot. */
  name: string;
  path: string | ((shop: Shop) => string);
  /** What a person does there first. */
  act?: (page: Page) => Promise<unknown>;
  /** A text that the page has once it is loaded. */
  loaded: string;
};

const click = (name: string) => (page: Page) => page.getByRole('button', { name }).first().click();

/** The pages and dialogs of a shop. A new page belongs here. */
const PAGES: readonly Visit[] = [
  { name: 'runs', path: '/admin/runs', loaded: 'Warranty registration' },
  { name: 'runs none', path: '/admin/runs?status=CANCELED', loaded: 'No run matches these filters' },
  { name: 'run failed', path: ({ failedRun }) => `/admin/runs/${failedRun}`, loaded: 'BINDING_UNRESOLVED' },
  { name: 'run queued', path: ({ queuedRun }) => `/admin/runs/${queuedRun}`, loaded: 'waits for a worker' },
  { name: 'orders', path: '/admin/orders', loaded: '2026/1001' },
  {
    name: 'order recorded by hand',
    path: '/admin/orders',
    act: click('Record an order…'),
    loaded: 'Check it out',
  },
  { name: 'order', path: '/admin/orders/2026%2F1001', loaded: 'Checkout' },
  {
    name: 'order automation',
    path: '/admin/orders/2026%2F1001',
    act: click('Journey automation…'),
    loaded: 'Runs again',
  },
  { name: 'group', path: ({ group }) => `/admin/groups/${group}`, loaded: 'Checkout of order' },
  { name: 'bulk', path: '/admin/bulk', loaded: 'Retry of 1' },
  { name: 'bulk operation', path: ({ bulk }) => `/admin/bulk/${bulk}`, loaded: 'completed, 1 of 1' },
  { name: 'system', path: '/admin/system', loaded: 'No worker is running, so no run is executed' },
  { name: 'keys', path: '/admin/keys', loaded: 'The service has no principals yet' },
  { name: 'keys new', path: '/admin/keys', act: click('New principal…'), loaded: 'It closes the service' },
  { name: 'audit', path: '/admin/audit', loaded: 'registerComponent' },
  { name: 'products', path: '/admin/products', loaded: 'Ridge tent' },
  { name: 'product', path: '/admin/products/TENT%2F2', loaded: 'What runs where' },
  { name: 'components', path: '/admin/components', loaded: 'Loyalty points' },
  { name: 'component', path: '/admin/components/points', loaded: 'The first version.' },
  { name: 'component new', path: '/admin/components/new', loaded: 'Register the component' },
  {
    name: 'palette',
    path: '/admin/runs',
    act: async (page) => {
      await page.getByText('Warranty registration').first().waitFor();
      await page.keyboard.press('Control+k');
      await page.getByRole('textbox', { name: 'Search', exact: true }).fill('tent');
    },
    loaded: 'Product TENT/2',
  },
  {
    name: 'shortcuts',
    path: '/admin/bulk',
    act: async (page) => {
      await page.getByText('Retry of 1').first().waitFor();
      await page.keyboard.press('?');
    },
    loaded: 'Show this list',
  },
];

/** The pages while there is nothing to show. */
const EMPTY_PAGES: readonly Visit[] = [
  { name: 'orders', path: '/admin/orders', loaded: 'No orders yet' },
  { name: 'bulk', path: '/admin/bulk', loaded: 'No bulk operations yet' },
  { name: 'audit', path: '/admin/audit', loaded: 'No entry of the audit log matches' },
  { name: 'products', path: '/admin/products', loaded: 'There are no products yet' },
  { name: 'components', path: '/admin/components', loaded: 'There are no components yet' },
  { name: 'short link', path: '/r/00000000', loaded: 'No run has this id' },
];

/** The views. axe checks a page once in each theme, and most of the time goes into that. */
const LIGHT = { name: 'light', options: { colorScheme: 'light' }, isChecked: true } as const;
const DARK = { name: 'dark', options: { colorScheme: 'dark' }, isChecked: true } as const;
const PHONE = {
  name: 'phone',
  options: { colorScheme: 'light', viewport: { width: 390, height: 844 }, hasTouch: true },
  isChecked: false,
} as const;

/** What axe finds of serious violations, each with its elements. */
async function seriousViolations(page: Page): Promise<string[]> {
  // The page has no frames, so axe needs no second page to put their results together.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

describe.skipIf(!hasBrowser)('every page', () => {
  let browser: ConsoleBrowser;
  beforeAll(async () => {
    browser = await openConsoleBrowser();
  });
  afterAll(() => browser?.close());

  describe.each([
    { of: 'a shop', pages: PAGES, views: [LIGHT, DARK, PHONE], fill: fillShop },
    { of: 'an empty service', pages: EMPTY_PAGES, views: [LIGHT, DARK], fill: async () => null },
  ])('of $of', ({ of, pages, views, fill }) => {
    let app: TestApp;
    let shop: Shop | null;
    beforeAll(async () => {
      app = await startTestApp();
      shop = await fill(app);
    });
    afterAll(() => app?.stop());

    describe.each(views)('$name', ({ name: view, options, isChecked }) => {
      let page: Page;
      beforeAll(async () => {
        page = await browser.open(new URL('/admin/bulk', app.url).href, options);
      });
      afterAll(() => page?.context().close());

      test.each(pages)('$name: is accessible, fits its width, and reports no error', async (visit) => {
        const path = typeof visit.path === 'string' ? visit.path : visit.path(shop!);
        await page.goto(new URL(path, app.url).href);
        await visit.act?.(page);
        await page.getByText(visit.loaded).first().waitFor();
        await page.screenshot({
          // Ends transitions, in which axe would find colours that are half transparent.
          animations: 'disabled',
          path: join(SCREENSHOTS, of.split(' ').at(-1)!, `${visit.name} ${view}.png`),
        });
        if (isChecked) expect(await seriousViolations(page)).toEqual([]);
        const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
        expect(overflow).toBeLessThanOrEqual(0);
        expect(browser.problems).toEqual([]);
      });
    });
  });
});
