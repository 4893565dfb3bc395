import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { register, save } from '../support/catalogue.ts';
import { hasBrowser } from './support/browser.ts';
import { type ConsoleBrowser, openConsoleBrowser } from './support/console.ts';

/** The pages, each with a text that it has once it is loaded. A new page belongs here. */
const PAGES: readonly { path: (ids: { run: string }) => string; loaded: string }[] = [
  { path: () => '/admin/runs', loaded: 'Loyalty points' },
  { path: () => '/admin/runs?status=FAILED', loaded: 'No run matches these filters' },
  { path: ({ run }) => `/admin/runs/${run}`, loaded: 'Attempt 1 of 1 waits for a worker' },
  { path: () => '/admin/orders', loaded: 'No orders yet' },
  { path: () => '/admin/bulk', loaded: 'No bulk operations yet' },
  { path: () => '/admin/system', loaded: 'No worker is running, so no run is executed' },
  { path: () => '/admin/keys', loaded: 'The service has no principals yet' },
  { path: () => '/admin/audit', loaded: 'registerComponent' },
  { path: () => '/admin/products', loaded: 'Slashed mug' },
  { path: () => '/admin/products/A%2F1', loaded: 'What runs where' },
  { path: () => '/admin/components', loaded: 'points' },
  { path: () => '/admin/components/points', loaded: 'The first version.' },
  { path: () => '/admin/components/new', loaded: 'Register the component' },
];

const VIEWS = [
  { name: 'light', options: { colorScheme: 'light' } },
  { name: 'dark', options: { colorScheme: 'dark' } },
  { name: 'on a phone', options: { colorScheme: 'light', viewport: { width: 390, height: 844 } } },
] as const;

describe.skipIf(!hasBrowser)('every page', () => {
  let app: TestApp;
  let browser: ConsoleBrowser;
  let run: string;
  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp(), openConsoleBrowser()]);
    const componentId = await register(app, { key: 'points', name: 'Loyalty points' });
    const bindings = [{ productField: { inputKey: 'sku', path: 'product.sku' } }];
    await save(app, {
      sku: 'A/1',
      title: 'Slashed mug',
      journeyComponents: [{ componentId, channelEligibility: ['web'], bindings }],
    });
    const { enqueueRun } = await app.query(
      'mutation ($input: EnqueueRunInput!) { enqueueRun(input: $input) { run { id } } }',
      { input: { componentId, channel: 'storefront', inputPayload: { order: { number: '1' } } } },
    );
    run = enqueueRun.run.id;
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  describe.each(VIEWS)('$name', ({ options }) => {
    test.each(PAGES)(
      '$loaded: is accessible, fits its width, and reports no error',
      async ({ path, loaded }) => {
        const page = await browser.open(`${app.url.replace('/graphql', '')}${path({ run })}`, options);
        await page.getByText(loaded).first().waitFor();
        const { violations } = await new AxeBuilder({ page }).analyze();
        const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
        expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
          [],
        );
        const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
        expect(overflow).toBeLessThanOrEqual(0);
        expect(browser.problems).toEqual([]);
        await page.context().close();
      },
    );
  });
});
