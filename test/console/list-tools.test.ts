import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { register } from '../support/catalogue.ts';
import { insertRuns, storedRun } from '../support/runs.ts';
import { startScriptedHost } from '../support/script-host.ts';
import { startTestWorker } from '../support/worker.ts';
import { hasBrowser } from './support/browser.ts';
import { type ConsoleBrowser, openConsoleBrowser } from './support/console.ts';
import { RunsPage } from './support/runs-page.ts';

describe.skipIf(!hasBrowser)('from the list of runs', () => {
  let app: TestApp;
  let browser: ConsoleBrowser;
  let points: string;
  let warranty: string;
  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp(), openConsoleBrowser()]);
    points = await register(app, { key: 'points', name: 'Loyalty points' });
    warranty = await register(app, { key: 'warranty', name: 'Warranty' });
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  const enqueue = async (componentId: string, input: object) => {
    const { enqueueRun } = await app.query(
      'mutation ($input: EnqueueRunInput!) { enqueueRun(input: $input) { run { id } userErrors { message } } }',
      { input: { componentId, ...input } },
    );
    expect(enqueueRun.userErrors).toEqual([]);
    return enqueueRun.run.id as string;
  };
  const openList = async (query: string) =>
    new RunsPage(
      await browser.open(`${new URL(app.url).origin}/admin/runs${query}`, {
        permissions: ['clipboard-read', 'clipboard-write'],
      }),
    );

  test('errors are grouped by their cause, live, and a group filters the list', async () => {
    await using host = await startScriptedHost([
      { status: 422, body: '{}' },
      { status: 422, body: '{}' },
      { status: 422, body: '{}' },
    ]);
    for (const component of [points, points, warranty]) await enqueue(component, { channel: 'failing' });
    const list = await openList('?channel=failing');
    await list.rows.nth(2).waitFor();
    await list.page.getByText('Errors by cause').click();
    await list.page.getByText('No run has failed.').waitFor();
    const worker = await startTestWorker(app.db, { runnerUrl: host.url });
    const groups = list.page.getByRole('table', { name: 'Errors by cause' });
    const countOf = (name: string) =>
      groups.getByRole('row').filter({ hasText: name }).getByRole('cell').first();
    await expect.poll(() => countOf('Loyalty points').textContent()).toBe('2');
    await expect.poll(() => countOf('Warranty').textContent()).toBe('1');
    await worker.stop();
    await groups.getByRole('button', { name: 'Show the runs of Warranty with RUNNER_REJECTED' }).click();
    await list.shows(1);
    expect(await list.components()).toEqual(['Warranty']);
    await expect
      .poll(() => new URL(list.page.url()).search)
      .toBe('?channel=failing&status=FAILED&error=RUNNER_REJECTED&component=warranty');
    // The other groups stay, so that the next one is one click away.
    await list.page.goBack();
    await list.rows.nth(2).waitFor();
  });

  test('the chart shows a week, and dragging over a part of it filters the list', async () => {
    const ended = (hoursAgo: number) => {
      const at = new Date(Date.now() - hoursAgo * 3_600_000);
      return storedRun({
        componentId: points,
        status: 'COMPLETED',
        channel: 'charted',
        queuedAt: at,
        completedAt: at,
      });
    };
    await insertRuns(app.db.pool, [ended(30), ended(100), ended(100)]);
    const list = await openList('?channel=charted');
    await list.rows.nth(2).waitFor();
    await list.page.getByText('Week', { exact: true }).click();
    await list.page.getByText('ended per 2 hours, at most 2 · drag to filter').waitFor();
    const numbers = list.page.getByRole('table', { name: 'Runs that ended, per 2 hours' });
    await numbers
      .getByRole('row')
      .filter({ hasText: /2\s*0\s*0$/ })
      .waitFor({ state: 'attached' });
    const bars = list.page.locator('rect[data-kind="completed"]:not([height="0"])');
    const box = (await bars.last().boundingBox())!;
    await list.page.mouse.move(box.x + box.width / 2, box.y + 1);
    await list.page.mouse.down();
    await list.page.mouse.move(box.x + box.width / 2 + 1, box.y + 2);
    await list.page.mouse.up();
    await list.shows(1);
    await expect.poll(() => new URL(list.page.url()).searchParams.get('by')).toBe('completed');
  });

  test('the runs that match are downloaded, and the query is copied', async () => {
    const ids = [
      await enqueue(points, { channel: 'exported', inputPayload: { id: 1 } }),
      await enqueue(points, { channel: 'exported' }),
    ];
    await enqueue(points, { channel: 'other' });
    const list = await openList('?channel=exported');
    await list.shows(2);
    const { page } = list;
    const download = async (name: string) => {
      await page.getByRole('button', { name: 'Export', exact: true }).click();
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name, exact: true }).click(),
      ]);
      return readFile(await file.path(), 'utf8');
    };
    const [head, ...lines] = (await download('CSV')).trimEnd().split('\n');
    expect(head).toMatch(/^id,status,component\.key/);
    expect(lines.map((line) => line.split(',')[0]).sort()).toEqual([...ids].sort());
    const runs = (await download('NDJSON with payloads')).trimEnd().split('\n');
    expect(runs.map((line) => JSON.parse(line).inputPayload)).toContainEqual({ id: 1 });
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Copy as GraphQL' }).click();
    await page.getByText('Copied').waitFor();
    const copied = (await page.evaluate('navigator.clipboard.readText()')) as string;
    const [document, variables] = copied.split('# Variables\n');
    const answer = await app.query(document!, JSON.parse(variables!));
    expect(answer.runs.nodes.map(({ id }: { id: string }) => id).sort()).toEqual([...ids].sort());
  });

  test('a path and its value are chosen from the payloads of the runs', async () => {
    for (const number of ['A-1', 'A-2'])
      await enqueue(points, {
        channel: 'paths',
        inputPayload: { order: { number, lines: [{ sku: number }] } },
      });
    const list = await openList('?channel=paths');
    await list.shows(2);
    const { page } = list;
    await page.getByRole('button', { name: 'Add filter' }).click();
    await page.getByRole('menuitem', { name: 'Value in a payload' }).click();
    await page.getByRole('combobox', { name: 'Path' }).fill('sku');
    await page.getByRole('option', { name: 'order.lines[].sku' }).click();
    await page.getByRole('combobox', { name: 'Value' }).click();
    await page.getByRole('option', { name: 'A-2' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Add filter' }).click();
    await list.shows(1);
    await expect.poll(() => new URL(page.url()).search).toBe('?channel=paths&input.order.lines[].sku=A-2');
  });

  test('nothing failed in the pages, and the policy was never violated', () => {
    expect(browser.problems).toEqual([]);
  });
});
