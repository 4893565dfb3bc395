import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { register, save } from '../support/catalogue.ts';
import { startScriptedHost } from '../support/script-host.ts';
import { startTestWorker } from '../support/worker.ts';
import { hasBrowser } from './support/browser.ts';
import { type ConsoleBrowser, openConsoleBrowser } from './support/console.ts';
import { RunsPage } from './support/runs-page.ts';

const ENQUEUE =
  'mutation ($input: EnqueueRunInput!) { enqueueRun(input: $input) { run { id } userErrors { message } } }';

describe.skipIf(!hasBrowser)('a run', () => {
  let app: TestApp;
  let browser: ConsoleBrowser;
  let origin: string;
  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp(), openConsoleBrowser()]);
    origin = new URL(app.url).origin;
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  test('an operator finds why an order failed, and replays it with the corrected binding', async () => {
    const componentId = await register(app, { key: 'warranty', name: 'Warranty', triggers: ['CHECKOUT'] });
    const saved = await save(app, {
      sku: 'TENT',
      title: 'Ridge tent',
      attributes: { years: 5 },
      journeyComponents: [
        {
          componentId,
          bindings: [{ productField: { inputKey: 'years', path: 'product.attributes.yaers' } }],
        },
      ],
    });
    const attachmentId = saved.product.journeyComponents[0].id;
    await app.query(ENQUEUE, { input: { componentId, productId: saved.product.id, attachmentId } });
    await using host = await startScriptedHost([{ status: 200, body: '{"registered":true}' }]);
    const worker = await startTestWorker(app.db, { runnerUrl: host.url });

    const page = await browser.open(`${origin}/`);
    await page.setViewportSize({ width: 1280, height: 800 });
    const list = new RunsPage(page);
    await list.tab('Failed').click();
    await list.row('Warranty').getByRole('link').click();
    const verdict = page.getByRole('region', { name: 'What happened' });
    await verdict
      .getByText('Failed after 1 of 1 attempts: an input got no value (BINDING_UNRESOLVED)')
      .waitFor();
    await verdict.getByText('replay the run with the current bindings').waitFor();
    const fault = verdict.getByText('years, from the product product.attributes.yaers: found no value');
    const end = async () => {
      const { y, height } = (await fault.boundingBox())!;
      return y + height;
    };
    await expect.poll(end).toBeLessThan(800);
    await page.getByRole('row', { name: /years.*product\.attributes\.yaers.*no value/ }).waitFor();

    // The dialog begins with the mode that may help. While it would fail too, the edit is the main action.
    await page.getByRole('button', { name: 'Replay…' }).click();
    await page.getByText('This run would fail').waitFor();
    await expect
      .poll(() => page.getByRole('radio', { name: /^With the current bindings/ }).isChecked())
      .toBe(true);
    await page.getByRole('link', { name: 'Edit the bindings', exact: true }).click();
    await page.waitForURL(`**/admin/products/TENT?step=${attachmentId}&run=*`);
    await page.getByRole('link', { name: 'Back to the run' }).click();
    await verdict.getByRole('link', { name: 'Edit the bindings of this step' }).click();
    // The values below are those of the failed run, not of the newest order.
    const sample = page.getByRole('combobox', { name: 'Sample' });
    await expect.poll(() => sample.inputValue()).toMatch(/^The run that you came from, of /);
    const path = page.getByRole('group', { name: 'Input years' }).getByRole('textbox', { name: 'Path' });
    await path.fill('product.attributes.years');
    await page.getByText('Found: 5').waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();

    // The way back leads to the replay, which begins at once.
    await page.getByRole('link', { name: 'Replay the run' }).click();
    await page.getByRole('dialog', { name: 'Replay this run' }).waitFor();
    await page.getByText(/^inputs\.years is new: 5$/).waitFor();
    expect(await page.getByText('This run would fail').count()).toBe(0);
    await page.getByRole('button', { name: 'Replay with the current bindings' }).click();
    await verdict.getByText('Completed in attempt 1 of 1').waitFor();
    await page.getByText('Replay of').waitFor();
    await worker.stop();
  });

  test('a failed run shows the response of the script host, and its times', async () => {
    const componentId = await register(app, { key: 'mail', name: 'Mail', triggers: ['OPERATOR'] });
    const { enqueueRun } = await app.query(ENQUEUE, { input: { componentId } });
    await using host = await startScriptedHost([{ status: 422, body: '{"message":"550 relay denied"}' }]);
    const page = await browser.open(`${origin}/admin/runs/${enqueueRun.run.id}`);
    await page.getByText('Attempt 1 of 1 waits for a worker, for 1').waitFor();
    const worker = await startTestWorker(app.db, { runnerUrl: host.url });
    const verdict = page.getByRole('region', { name: 'What happened' });
    await verdict.getByText('The script host responded:').waitFor();
    await verdict.getByText('{"message":"550 relay denied"}').waitFor();
    // The wait for the worker was longer than the call, and is drawn shorter.
    await page.getByText(/^⋯ [\d.]+ s ⋯$/).waitFor();
    await page.getByRole('tab', { name: 'Events' }).click();
    await page
      .getByRole('row', { name: /FAILED/ })
      .getByText('550 relay denied')
      .waitFor();
    await page.getByRole('tab', { name: 'Result' }).click();
    await page.getByText('Only a completed run has a result.').waitFor();
    await worker.stop();
  });

  test('a replay shows what was sent beside what would be sent now', async () => {
    const componentId = await register(app, { key: 'points', name: 'Points', triggers: ['OPERATOR'] });
    const lines = Array.from({ length: 20 }, (_, line) => line);
    const inputPayload = { lines, points: 35 };
    const { enqueueRun } = await app.query(ENQUEUE, { input: { componentId, inputPayload } });
    await using host = await startScriptedHost([{ status: 422, body: '{}' }]);
    const worker = await startTestWorker(app.db, { runnerUrl: host.url });
    const page = await browser.open(`${origin}/admin/runs/${enqueueRun.run.id}`);
    await page
      .getByText('Failed after 1 of 1 attempts: the script host rejected the request (RUNNER_REJECTED)')
      .waitFor();
    await worker.stop();
    await page.getByRole('button', { name: 'Replay…' }).click();
    await page.getByText('The request would be the same as the one that was sent.').waitFor();
    await page.getByRole('radio', { name: 'With an edited payload' }).click();
    const editor = page.getByRole('textbox', { name: 'Input payload' });
    await editor.fill(JSON.stringify({ lines, points: 40 }));
    await page.getByText('inputs.points 35 → 40').waitFor();
    await page.getByText('Would be sent now').waitFor();
    const folded = page.getByText(/^Show \d+ unchanged lines$/).first();
    await folded.waitFor();
    expect(await folded.evaluate((line) => getComputedStyle(line, '::before').content)).toBe('none');
    await editor.fill('{"points": ');
    await page.getByText('The payload is not a JSON object yet.').waitFor();
    // Coloured text is replaced before the editor knows of the selection, as on a busy machine.
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 6 });
    for (let round = 0; round < 12; round += 1)
      await editor.fill(round % 3 === 0 ? '{"points": ' : `{"points": ${round}, "note": null}`);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    await page.getByText('inputs.points 35 → 11').waitFor();
    // What was typed last is sent, also where the preview has not followed yet.
    await editor.fill('{"points": 12}');
    await page.getByRole('button', { name: 'Replay with this payload' }).click();
    await page.waitForURL((url) => !url.pathname.endsWith(enqueueRun.run.id));
    const { run } = await app.query('query ($id: ID!) { run(id: $id) { inputPayload } }', {
      id: page.url().split('/').at(-1),
    });
    expect(run.inputPayload).toEqual({ points: 12 });
  });

  test('a run is watched to its end, and canceled with a reason', async () => {
    const componentId = await register(app, { key: 'slow', name: 'Slow', triggers: ['OPERATOR'] });
    const { enqueueRun } = await app.query(ENQUEUE, { input: { componentId } });
    await using host = await startScriptedHost(['hang']);
    const page = await browser.open(`${origin}/admin/runs/${enqueueRun.run.id}`);
    await page.getByText('Attempt 1 of 1 waits for a worker').waitFor();
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.getByText('The run ends at once, and is not executed.').waitFor();
    await page.getByRole('button', { name: 'Leave it queued' }).click();
    const worker = await startTestWorker(app.db, { runnerUrl: host.url });
    await page.getByText('Attempt 1 of 1 is running').waitFor();
    await page.getByTitle(/^Script: /).waitFor();
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.getByRole('textbox', { name: 'Reason' }).fill('sold out');
    await page.getByRole('button', { name: 'Cancel the run' }).click();
    await page.getByText('Canceled after 1 of 1 attempts').waitFor();
    await page.getByText('The reason that was given: sold out').waitFor();
    await page.getByRole('button', { name: 'Retry' }).click();
    await page.getByText('Attempt 2 of 2').first().waitFor();
    await worker.stop();
  });

  test('an id that no run has says so', async () => {
    const page = await browser.open(`${origin}/admin/runs/01890000-0000-7000-8000-000000000000`);
    await page.getByText('There is no such run').waitFor();
  });

  test('nothing failed in the pages, and the policy was never violated', () => {
    expect(browser.problems).toEqual([]);
  });
});
