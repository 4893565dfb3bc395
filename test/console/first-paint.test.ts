import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { hasBrowser } from './support/browser.ts';
import { openStage } from './support/stories.ts';

const PAGES = [
  'Runs',
  'Products',
  'Components',
  'Orders',
  'Bulk operations',
  'System',
  'API keys',
  'Audit log',
];

describe.skipIf(!hasBrowser)('before any script has arrived', () => {
  const stage = openStage();

  /** Opens the list of runs. Its scripts and the styles of the pages arrive when `release` is called. */
  const openSlowly = async (viewport: { width: number; height: number }) => {
    const page = await stage.browser.open('about:blank', { viewport });
    const files = Promise.withResolvers<void>();
    await page.route(/\/assets\/(.+\.js|app-[\w-]+\.css)$/, async (route) => {
      await files.promise;
      await route.continue();
    });
    await page.goto(`${stage.origin}/admin/runs`, { waitUntil: 'commit' });
    await page.getByText('Search or jump to…', { exact: true }).waitFor();
    // The text can be found before the style of the frame is applied.
    const frame = page.locator('.first-frame-header');
    const position = () => frame.evaluate((header) => getComputedStyle(header).position);
    await expect.poll(position, { timeout: 20_000 }).toBe('fixed');
    return { page, release: files.resolve };
  };

  test.each([
    { device: 'a computer', viewport: { width: 1440, height: 900 }, texts: ['Journey Runtime', ...PAGES] },
    { device: 'a phone', viewport: { width: 390, height: 844 }, texts: [] },
  ])('the frame is there on $device, and nothing of it moves later', async ({ viewport, texts }) => {
    const shown = ['Search or jump to…', ...texts];
    const { page, release } = await openSlowly(viewport);
    const places = await placesOf(page, shown);
    release();
    await page.getByText('No runs yet').waitFor();
    const later = await placesOf(page, shown);
    const moved = later.filter(
      ({ left, top }, index) => Math.hypot(left - places[index]!.left, top - places[index]!.top) > 1,
    );
    expect(moved).toEqual([]);
    expect(stage.browser.problems).toEqual([]);
  });

  test('the runs are requested once, while the code that shows them is loaded', async () => {
    const page = await stage.browser.open('about:blank');
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.postData() ?? ''));
    const ofRuns = () => requests.filter((body) => body.includes('query RunList_Page')).length;
    const code = Promise.withResolvers<void>();
    await page.route('**/assets/RunsPage-*.js', async (route) => {
      await code.promise;
      await route.continue();
    });
    await page.goto(`${stage.origin}/admin/runs`, { waitUntil: 'commit' });
    await expect.poll(ofRuns, { timeout: 20_000 }).toBe(1);
    code.resolve();
    await page.getByText('No runs yet').waitFor();
    expect(ofRuns()).toBe(1);
  });
});

/** Where the text is on screen, with the fonts of the page. */
function placesOf(page: Page, texts: readonly string[]) {
  return page.evaluate(async (wanted) => {
    await document.fonts.ready;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const nodes: Node[] = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    return wanted.map((text) => {
      const range = document.createRange();
      range.selectNodeContents(nodes.find((node) => node.textContent?.trim() === text)!);
      const { left, top } = range.getBoundingClientRect();
      return { text, left, top };
    });
  }, texts);
}
