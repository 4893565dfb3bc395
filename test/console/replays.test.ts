import { describe, expect, test } from 'vitest';
import { register, save } from '../support/catalogue.ts';
import { startScriptedHost } from '../support/script-host.ts';
import { startTestWorker } from '../support/worker.ts';
import { seriousViolations, showIn } from './support/axe.ts';
import { hasBrowser } from './support/browser.ts';
import { RunsPage } from './support/runs-page.ts';
import { openStage } from './support/stories.ts';

const CHECKOUT =
  'mutation ($input: EnqueueCheckoutRunsInput!) { enqueueCheckoutRuns(input: $input) { runs { id } } }';
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

  test('is shown with its latest replay wherever it stands, live', async () => {
    const componentId = await register(stage.app, {
      key: 'warranty',
      name: 'Warranty',
      triggers: ['CHECKOUT'],
    });
    await save(stage.app, { sku: 'TENT', title: 'Ridge tent', journeyComponents: [{ componentId }] });
    const order = { number: '7', payload: {}, lines: [{ sku: 'TENT', quantity: 1 }] };
    const { enqueueCheckoutRuns } = await stage.app.query(CHECKOUT, {
      input: { order, channel: 'storefront' },
    });
    const failed: string = enqueueCheckoutRuns.runs[0].id;
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
});
