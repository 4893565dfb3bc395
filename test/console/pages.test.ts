import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { register, save } from '../support/catalogue.ts';
import { seriousViolations, showIn, smallTargets } from './support/axe.ts';
import { hasBrowser } from './support/browser.ts';
import { type ConsoleBrowser, openConsoleBrowser } from './support/console.ts';
import { fillShop, type Shop } from './support/shop.ts';
import { cutTables } from './support/tables.ts';

/** Screenshots of every page are written here: `npm test -- test/console/pages.test.ts`. */
const SCREENSHOTS = join(import.meta.dirname, '../../dist/screenshots');

type Visit = {
  /** The name of the page, and of its screenshot. */
  name: string;
  path: string | ((shop: Shop) => string);
  /** What a person does there first. */
  act?: (page: Page, app: TestApp) => Promise<unknown>;
  /** A text that the page has once it is loaded. */
  loaded: string | RegExp;
  /** Whether a phone has no room for what was opened. */
  isWideOnly?: true;
};

const click = (name: string) => (page: Page) => page.getByRole('button', { name }).first().click();

/** Opens the menu of a button and chooses an item. */
const choose = (button: string, item: string) => async (page: Page) => {
  await click(button)(page);
  await page.getByRole('menuitem', { name: item }).click();
};

/** Changes the title and the attributes of a product, saves it, and finds that somebody else did so too. */
async function saveInConflict(page: Page, app: TestApp): Promise<void> {
  const attributes = { colour: 'blue', sizes: Array.from({ length: 12 }, (_, size) => size), weight: 1 };
  await save(app, { sku: 'MUG', title: 'Mug', attributes });
  await page.reload();
  await page.getByRole('textbox', { name: 'Title' }).fill('Beaker');
  await page
    .getByRole('textbox', { name: 'Attributes' })
    .fill(JSON.stringify({ ...attributes, weight: 2 }, null, 2));
  await save(app, { sku: 'MUG', title: 'Cup', attributes: { ...attributes, weight: 3 } });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
}

/** Changes a component while somebody else saves a version of it. */
async function updateInConflict(page: Page, app: TestApp): Promise<void> {
  const id = await register(app, { key: 'note', name: 'Gift note' });
  await page.reload();
  await page.getByRole('textbox', { name: 'Description' }).fill('Mine');
  await app.query(
    'mutation ($id: ID!) { updateComponent(id: $id, input: { timeoutSeconds: 7 }) { userErrors { message } } }',
    { id },
  );
  await page.getByRole('button', { name: 'Save a new version' }).click();
}

/** The pages of a shop. A new page belongs here. */
const PAGES: readonly Visit[] = [
  { name: 'runs', path: '/admin/runs', loaded: 'Warranty registration' },
  { name: 'runs none', path: '/admin/runs?status=CANCELED', loaded: 'No run matches these filters' },
  { name: 'run failed', path: ({ failedRun }) => `/admin/runs/${failedRun}`, loaded: 'BINDING_UNRESOLVED' },
  {
    name: 'run events',
    path: ({ failedRun }) => `/admin/runs/${failedRun}`,
    act: (page) => page.getByRole('tab', { name: 'Events' }).click(),
    loaded: 'ENQUEUED',
  },
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
  {
    name: 'bulk results',
    path: ({ bulk }) => `/admin/bulk/${bulk}`,
    act: (page) => page.getByText('All', { exact: true }).click(),
    loaded: /^retried$/,
  },
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

const runOf = ({ failedRun }: Shop) => `/admin/runs/${failedRun}`;
const PRODUCT = '/admin/products/TENT%2F2';

/** The dialogs, menus and notices of a shop. A new one belongs here. */
const DIALOGS: readonly Visit[] = [
  {
    name: 'runs cell',
    path: '/admin/runs',
    act: (page) => page.getByRole('button', { name: 'warranty', exact: true }).first().click(),
    loaded: 'Show only this',
    isWideOnly: true,
  },
  { name: 'runs filters', path: '/admin/runs', act: click('Add filter'), loaded: 'Value in a payload…' },
  {
    name: 'runs columns',
    path: '/admin/runs',
    async act(page) {
      await page.getByRole('button', { name: 'Columns' }).click();
      await page.getByRole('menuitemcheckbox', { name: 'Outcome' }).waitFor();
    },
    loaded: 'Outcome',
  },
  { name: 'runs views', path: '/admin/runs', act: click('Views'), loaded: 'No view is saved yet' },
  {
    name: 'runs errors',
    path: '/admin/runs',
    act: (page) => page.getByText('Errors by cause').click(),
    loaded: /^BINDING_UNRESOLVED/,
  },
  {
    name: 'runs bulk',
    path: '/admin/runs?status=FAILED',
    act: choose('All that match', 'Retry them…'),
    loaded: 'Retry all runs that match',
  },
  { name: 'run replay', path: runOf, act: click('Replay…'), loaded: 'This run would fail' },
  {
    name: 'run cancel',
    path: ({ queuedRun }) => `/admin/runs/${queuedRun}`,
    act: click('Cancel'),
    loaded: 'Cancel this run?',
  },
  { name: 'products new', path: '/admin/products', act: click('New product'), loaded: 'Create the product' },
  { name: 'step run', path: PRODUCT, act: click('Run this step'), loaded: 'The bindings fill every input.' },
  { name: 'step preview', path: PRODUCT, act: click('Preview request'), loaded: 'The request' },
  {
    name: 'step run preview',
    path: PRODUCT,
    act: async (page) => {
      await click('Run this step')(page);
      await page.getByRole('dialog').getByRole('button', { name: 'Preview request' }).click();
    },
    loaded: 'What the stored step would send with these inputs.',
  },
  {
    name: 'products choice',
    path: '/admin/products?add=points',
    loaded: 'Which product gets the component Loyalty points?',
  },
  {
    name: 'step path',
    path: PRODUCT,
    act: (page) => page.getByRole('textbox', { name: 'Path' }).first().click(),
    loaded: 'product.title',
    isWideOnly: true,
  },
  { name: 'step new', path: PRODUCT, act: click('Add a step'), loaded: /^warranty · /, isWideOnly: true },
  {
    name: 'product left',
    path: PRODUCT,
    act: async (page) => {
      await page.getByRole('textbox', { name: 'Title' }).fill('Valley tent');
      await page.getByRole('link', { name: 'Orders', exact: true }).click();
    },
    loaded: 'Leave without saving?',
  },
  {
    name: 'product conflict',
    path: '/admin/products/MUG',
    act: saveInConflict,
    loaded: /^Show \d+ unchanged lines$/,
  },
  {
    name: 'component conflict',
    path: '/admin/components/note',
    act: updateInConflict,
    loaded: 'Put my changes on version 2',
  },
  {
    name: 'component json',
    path: '/admin/components/points',
    act: (page) => page.getByRole('tab', { name: 'JSON' }).click(),
    loaded: '{}',
  },
  {
    name: 'component archive',
    path: '/admin/components/points',
    act: click('Archive…'),
    loaded: 'It stops running on 1 product',
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

/** The views, in which one visit shows a page one after the other. */
const VIEWS = [
  { view: 'light', colorScheme: 'light', size: { width: 1440, height: 900 } },
  { view: 'dark', colorScheme: 'dark', size: { width: 1440, height: 900 } },
  { view: 'phone', colorScheme: 'light', size: { width: 390, height: 844 } },
] as const;

describe.skipIf(!hasBrowser)('every page', () => {
  let browser: ConsoleBrowser;
  beforeAll(async () => {
    browser = await openConsoleBrowser();
  });
  afterAll(() => browser?.close());

  describe.each([
    { of: 'a shop', pages: [...PAGES, ...DIALOGS], fill: fillShop },
    { of: 'an empty service', pages: EMPTY_PAGES, fill: async () => null },
  ])('of $of', ({ of, pages, fill }) => {
    let app: TestApp;
    let shop: Shop | null;
    let page: Page;
    beforeAll(async () => {
      app = await startTestApp();
      shop = await fill(app);
      page = await browser.open(new URL('/admin/bulk', app.url).href);
    });
    afterAll(async () => {
      await page?.context().close();
      await app?.stop();
    });

    test.each(pages)('$name: is accessible, fits its width, and reports no error', async (visit) => {
      const path = typeof visit.path === 'string' ? visit.path : visit.path(shop!);
      await page.setViewportSize(VIEWS[0].size);
      await page.goto(new URL(path, app.url).href);
      await visit.act?.(page, app);
      for (const { view, colorScheme, size } of VIEWS) {
        if (view === 'phone' && visit.isWideOnly) continue;
        await page.setViewportSize(size);
        await showIn(page, colorScheme);
        await page.getByText(visit.loaded).filter({ visible: true }).first().waitFor();
        const file = join(SCREENSHOTS, of.split(' ').at(-1)!, `${visit.name} ${view}.png`);
        // Ends transitions, in which axe would find colours that are half transparent.
        await page.screenshot({ path: file, animations: 'disabled' });
        // axe takes most of the time, and the phone shows the same elements.
        if (view !== 'phone') expect(await seriousViolations(page)).toEqual([]);
        else expect([await smallTargets(page), await cutTables(page)]).toEqual([[], []]);
        const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
        expect(overflow).toBeLessThanOrEqual(0);
      }
      expect(browser.problems).toEqual([]);
    });
  });
});
