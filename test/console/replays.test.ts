import type { Locator } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { register, save } from '../support/catalogue.ts';
import { checkOut } from '../support/orders.ts';
import { startScriptedHost } from '../support/script-host.ts';
import { startTestWorker } from '../support/worker.ts';
import { seriousViolations, showIn } from './support/axe.ts';
import { hasBrowser } from './support/browser.ts';
import { RunsPage } from './support/runs-page.ts';
import { openStage } from './support/stories.ts';

const REPLAY = 'mutation ($id: ID!) { replayRun(id: $id) { run { id } userErrors { message } } }';

describe.skipIf(!hasBrowser)('a failed run that was replayed', () => {
  const stage = openStage();

  const replayOf = async (id: string): Promise<string> =>
    (await stage.app.query(REPLAY, { id })).replayRun.run.id;

  /** Executes every queued run; the script host gives this answer to each. */
  async function executeAll(answer: { status: number; body: string }): Promise<void> {
    await using host = await startScriptedHost([answer]);
    const worker = await startTestWorker(stage.app.db, { runnerUrl: host.url });
    const open = async () =>
      (await stage.app.query('{ runs(where: {status: [QUEUED, RUNNING]}) { nodes { id } } }')).runs.nodes;
    await expect
      .poll(open, { timeout: 60_000 })
      .toEqual([])
      .finally(() => worker.stop());
  }

  const checkOutTent = async (number: string): Promise<{ runs: { id: string }[]; groupId: string }> => {
    const order = { number, payload: {}, lines: [{ sku: 'TENT', quantity: 1 }] };
    return checkOut(stage.app, { order, channel: 'storefront' });
  };

  beforeAll(async () => {
    const componentId = await register(stage.app, {
      key: 'warranty',
      name: 'Warranty',
      triggers: ['CHECKOUT'],
    });
    await save(stage.app, { sku: 'TENT', title: 'Ridge tent', journeyComponents: [{ componentId }] });
  });

  test('is shown with its latest replay wherever it stands, live', async () => {
    const failed = (await checkOutTent('7')).runs[0]!.id;
    await executeAll({ status: 400, body: '{}' });
    const failedReplay = await replayOf(failed);
    await executeAll({ status: 400, body: '{}' });
    const replay = await replayOf(failedReplay);
    const list = new RunsPage(await stage.browser.open(`${stage.origin}/admin/runs?status=FAILED`));
    const runPage = await stage.browser.open(`${stage.origin}/admin/runs/${failed}`);
    const orderPage = await stage.browser.open(`${stage.origin}/admin/orders/7`);
    const verdict = runPage.getByRole('region', { name: 'What happened' });
    const step = orderPage.getByRole('region', { name: 'Ridge tent' }).getByRole('listitem');
    await list.rows.getByRole('link', { name: 'Replayed, queued' }).nth(1).waitFor();
    await list.page.getByText('Errors by cause').click();
    const group = list.page.getByRole('table', { name: 'Errors by cause' });
    await group.getByRole('link', { name: 'Replayed, queued' }).waitFor();
    await verdict.getByRole('link', { name: 'Replayed, queued' }).waitFor();
    await step.getByText('Queued').waitFor();

    await executeAll({ status: 200, body: '{}' });

    const replayed = list.rows.getByRole('link', { name: 'Replayed, completed' });
    await replayed.nth(1).waitFor();
    await group.getByRole('link', { name: 'Replayed, completed' }).waitFor();
    await verdict.getByRole('link', { name: 'Replayed, completed' }).waitFor();
    await step.getByText('Completed').waitFor();
    expect(await step.getByText('Failed', { exact: true }).count()).toBe(0);
    for (const page of [list.page, runPage, orderPage])
      for (const scheme of ['light', 'dark'] as const) {
        await showIn(page, scheme);
        expect(await seriousViolations(page)).toEqual([]);
      }

    await step.getByRole('link', { name: 'an earlier run' }).click();
    await orderPage.waitForURL(`**/admin/runs/${failed}`);
    await replayed.first().click();
    await list.page.waitForURL(`**/admin/runs/${replay}`);
    expect(stage.browser.problems).toEqual([]);
  });

  test('is shown with the replays that somebody else makes while the page is open', async () => {
    const { runs, groupId } = await checkOutTent('8');
    const failed = runs[0]!.id;
    await executeAll({ status: 400, body: '{}' });
    const paths = ['runs?status=FAILED&order=8', `runs/${failed}`, 'orders/8', `groups/${groupId}`];
    const [list, run, order, group] = await Promise.all(
      paths.map((path) => stage.browser.open(`${stage.origin}/admin/${path}`)),
    );
    await list!.getByText('Errors by cause').click();
    const errors = list!.getByRole('table', { name: 'Errors by cause' });
    const row = new RunsPage(list!).rows.last();
    const verdict = run!.getByRole('region', { name: 'What happened' });
    const steps = [order!, group!].map((page) =>
      page.getByRole('region', { name: 'Ridge tent' }).getByRole('listitem'),
    );
    await row.getByText('Failed').waitFor();
    await errors.getByText('RUNNER_REJECTED').waitFor();
    await verdict.getByText(/^Failed after/).waitFor();
    for (const step of steps) await step.getByText('Failed', { exact: true }).waitFor();

    const expectReplay = async (status: string, places: Locator[]) => {
      for (const place of places) await place.getByRole('link', { name: `Replayed, ${status}` }).waitFor();
      for (const step of steps)
        await step.getByRole('link', { name: new RegExp(`^${status}`, 'i') }).waitFor();
    };
    const failedReplay = await replayOf(failed);
    await expectReplay('queued', [row, errors, verdict]);
    await executeAll({ status: 400, body: '{}' });
    // The replay is the latest run of its group of errors.
    await expectReplay('failed', [row, verdict]);
    await replayOf(failedReplay);
    await expectReplay('queued', [row, errors, verdict]);
    await executeAll({ status: 200, body: '{}' });
    await expectReplay('completed', [row, errors, verdict]);

    for (const page of [order!, group!])
      await page.getByRole('status').filter({ hasText: '1 failed (1 replayed with success)' }).waitFor();
    const orders = await stage.browser.open(`${stage.origin}/admin/orders`);
    const ofOrder = orders
      .getByRole('row')
      .filter({ has: orders.getByRole('link', { name: '8', exact: true }) });
    await ofOrder.getByText('2 failed (2 replayed with success)').waitFor();
    expect(stage.browser.problems).toEqual([]);
  });
});
