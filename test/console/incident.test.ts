import { once } from 'node:events';
import { beforeAll, describe, expect, test } from 'vitest';
import { register, save } from '../support/catalogue.ts';
import { spawnWorker } from '../support/command.ts';
import { type HostAnswer, startScriptedHost } from '../support/script-host.ts';
import { startTestWorker } from '../support/worker.ts';
import { hasBrowser } from './support/browser.ts';
import { RunsPage } from './support/runs-page.ts';
import { openStage } from './support/stories.ts';

const CHECKOUT =
  'mutation ($input: EnqueueCheckoutRunsInput!) { enqueueCheckoutRuns(input: $input) { runs { id } } }';

describe.skipIf(!hasBrowser)('an operator in an incident', () => {
  const stage = openStage();
  beforeAll(async () => {
    for (const [key, name] of [
      ['mail', 'Mail'],
      ['label', 'Label'],
    ] as const) {
      const componentId = await register(stage.app, { key, name, triggers: ['CHECKOUT'] });
      await save(stage.app, { sku: key, title: `Product of ${key}`, journeyComponents: [{ componentId }] });
    }
  });

  async function checkOut(number: string, sku: string): Promise<string> {
    const order = { number, payload: {}, lines: [{ sku, quantity: 1 }] };
    const { enqueueCheckoutRuns } = await stage.app.query(CHECKOUT, {
      input: { order, channel: 'storefront' },
    });
    return enqueueCheckoutRuns.runs[0].id;
  }

  /** Executes every queued run; the script host gives these answers in turn. */
  async function executeAll(answers: HostAnswer[]): Promise<void> {
    await using host = await startScriptedHost(answers);
    const worker = await startTestWorker(stage.app.db, { runnerUrl: host.url });
    const open = async () =>
      (await stage.app.query('{ runs(where: {status: [QUEUED, RUNNING]}) { nodes { id } } }')).runs.nodes;
    await expect
      .poll(open, { timeout: 60_000 })
      .toEqual([])
      .finally(() => worker.stop());
  }

  test('sees what became of the runs that were replayed together', async () => {
    await checkOut('8', 'label');
    await checkOut('9', 'label');
    await executeAll([{ status: 400, body: '{}' }]);
    const page = await stage.browser.open(`${stage.origin}/admin/runs?status=FAILED&component=label`);
    await new RunsPage(page).shows(2);
    await page.getByRole('button', { name: 'All that match' }).click();
    await page.getByRole('menuitem', { name: 'Replay them…' }).click();
    await page.getByRole('button', { name: 'Replay 2 runs' }).click();
    await page.getByRole('heading', { name: 'Replay of 2 runs' }).waitFor();

    await using host = await startScriptedHost([
      { status: 200, body: '{}' },
      { status: 400, body: '{}' },
    ]);
    const worker = await startTestWorker(stage.app.db, { runnerUrl: host.url });
    const progress = page.getByRole('region', { name: 'Progress' });
    await progress.getByText('2 replayed, 0 skipped.').waitFor();
    const outcome = progress.getByRole('status');
    await expect
      .poll(() => outcome.innerText(), { timeout: 60_000 })
      .toMatch(/^The new runs now:\s+1\s+completed\s+1\s+failed/);
    await worker.stop();
    const results = page.getByRole('region', { name: 'Results' });
    for (const order of ['order 8', 'order 9'])
      await results.getByRole('row').filter({ hasText: order }).getByText('replayed').waitFor();
    await results.getByRole('link', { name: 'Completed' }).waitFor();
    await results.getByRole('link', { name: /^Failed/ }).waitFor();

    // The next one covers the replay that failed, and none of the runs in whose place a replay stands.
    await page.goto(`${stage.origin}/admin/runs?status=FAILED&order=8,9`);
    await page.getByRole('button', { name: 'All that match' }).click();
    await page.getByRole('menuitem', { name: 'Replay them…' }).click();
    await page.getByRole('button', { name: 'Replay 1 run', exact: true }).waitFor();
    await page.getByRole('checkbox', { name: 'Leave out 2 runs that were replayed already' }).uncheck();
    await page.getByRole('button', { name: 'Replay 3 runs' }).waitFor();
    await page.goBack();

    await progress.getByRole('button', { name: 'Show what failed' }).click();
    const list = new RunsPage(page);
    await list.shows(1);
    await list.rows.getByText('Failed').waitFor();
    expect(await list.rows.getByRole('link', { name: /^Replayed/ }).count()).toBe(0);
  });

  test('is shown a worker that died, though no run changes', async () => {
    await using host = await startScriptedHost(['hang']);
    const worker = spawnWorker({ DATABASE_URL: stage.app.db.url, JOURNEY_RUNTIME_RUNNER_URL: host.url });
    await checkOut('10', 'mail');
    await host.called(1);
    const page = await stage.browser.open(`${stage.origin}/admin/system`);
    await page.getByText('No run is queued.').waitFor();
    worker.kill('SIGKILL');
    await once(worker, 'exit');
    // Due, while the lease of the dead worker is still valid.
    await checkOut('11', 'mail');
    await page.getByText('by a live worker').waitFor();
    await page.getByText('No worker is running, so no run is executed.').waitFor();
    await page.getByText('by no worker').waitFor();
  });

  test('finds an order by its number, and what failed for it before what completed', async () => {
    const lost = await checkOut('7', 'mail');
    const label = await stage.app.query('{ component(key: "label") { id } }');
    const { order } = await stage.app.query('{ order(number: "7") { id } }');
    const enqueue = (count: number) =>
      stage.app.query(
        'mutation ($input: EnqueueRunInput!) { enqueueRun(input: $input) { run { id } userErrors { message } } }',
        { input: { componentId: label.component.id, orderId: order.id, channel: `${count}` } },
      );
    await executeAll([{ status: 422, body: '{}' }]);
    for (let count = 0; count < 5; count += 1) await enqueue(count);
    await executeAll([{ status: 200, body: '{}' }]);

    const page = await stage.browser.open(`${stage.origin}/admin/runs`);
    await new RunsPage(page).row('Mail').first().waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('textbox', { name: 'Search', exact: true }).fill('7');
    const found = page.getByRole('dialog', { name: 'Command palette' }).getByRole('button');
    await found.filter({ hasText: 'Run of Mail' }).waitFor();
    const names = async () => (await found.allTextContents()).slice(0, 3).map((text) => text.slice(0, 12));
    expect(await names()).toEqual(['Order 7place', 'Run of Mailf', 'Run of Label']);
    await found.filter({ hasText: /failed · Product of mail · order 7 · / }).click();
    await page.waitForURL(`**/admin/runs/${lost}`);
  });
});
