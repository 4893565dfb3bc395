import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { EVENT_XID } from '../../src/feed/log/event-xid.ts';
import type { TestApp } from '../support/app.ts';
import { register } from '../support/catalogue.ts';
import { insertRuns, storedRun } from '../support/runs.ts';
import { hasBrowser } from './support/browser.ts';
import { RunsPage } from './support/runs-page.ts';
import { openStage } from './support/stories.ts';

const RUNS = 10_000;
const CHANGED = 2_000;
/** A busy machine reads the 100 pages slowly. */
const PATIENCE = { timeout: 240_000 };

describe.skipIf(!hasBrowser)('a list of 10,000 runs', () => {
  const stage = openStage();
  let list: RunsPage;
  /** The messages of the page's WebSocket so far. */
  let messages = 0;
  beforeAll(async () => {
    const componentId = await register(stage.app, { key: 'points', name: 'Points' });
    const { rows } = await stage.app.db.pool.query('select current_version_id as id from journey_components');
    const first = Date.now() - RUNS * 1_000;
    await insertRuns(
      stage.app.db.pool,
      Array.from({ length: RUNS }, (_, index) =>
        storedRun({
          componentId,
          componentVersionId: rows[0].id,
          channel: `channel-${index}`,
          queuedAt: new Date(first + index * 1_000),
        }),
      ),
    );
    const page = await stage.browser.open('about:blank');
    page.on('websocket', (socket) => socket.on('framereceived', () => (messages += 1)));
    await page.goto(`${stage.origin}/admin/runs`);
    list = new RunsPage(page);
    await list.row(`channel-${RUNS - 1}`).waitFor();
    await list.live.waitFor();
  });

  test('scrolls to its end, and draws only the rows on the screen', { timeout: 250_000 }, async () => {
    await list.scrollToRow(RUNS + 1);
    await list.row('channel-0').waitFor();
    await expect.poll(() => list.rows.last().getAttribute('aria-rowindex')).toBe(`${RUNS + 1}`);
    await expect.poll(() => list.rows.count()).toBeLessThan(60);
    await list.scrollTo(0);
    await list.row(`channel-${RUNS - 1}`).waitFor();
  });

  test('renders once a frame what 2,000 events changed, not once an event', async () => {
    const before = messages;
    await list.page.evaluate(COUNT_RENDERED);
    await changeNewest(stage.app, CHANGED);
    await expect.poll(() => messages - before, PATIENCE).toBeGreaterThanOrEqual(CHANGED);
    await list.rows.first().getByText('Canceled').waitFor();
    const { commits, rows } = (await list.page.evaluate('counted')) as { commits: number; rows: number };
    expect(commits).toBeGreaterThan(0);
    expect(commits).toBeLessThan(CHANGED / 10);
    expect(rows).toBeLessThan(CHANGED / 4);
  });

  test('moves no row while 2,000 events change the rows that a person looks at', async () => {
    await list.scrollTo(52 * 500);
    const shown = list.rows.filter({ hasText: `channel-${RUNS - 510}` });
    await shown.waitFor();
    const place = (await shown.boundingBox())!.y;
    await changeNewest(stage.app, CHANGED, 'COMPLETED');
    await shown.getByText('Completed').waitFor();
    expect((await shown.boundingBox())!.y).toBe(place);
  });

  test('nothing failed in the page, and the policy was never violated', () => {
    expect(stage.browser.problems).toEqual([]);
  });
});

/** Counts the renderings of the list from now on: how often the document changed, and how many rows each time. */
const COUNT_RENDERED = `{
  globalThis.counted = { commits: 0, rows: 0 };
  const rowOf = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest('[role=row]');
  new MutationObserver((records) => {
    counted.commits += 1;
    counted.rows += new Set(records.map(({ target }) => rowOf(target))).size;
  }).observe(document.querySelector('[role=table]'), {
    subtree: true, childList: true, characterData: true, attributes: true,
  });
}`;

/** Ends the newest runs, each with an event, in one transaction: the feed sends all of them as fast as it can. */
async function changeNewest({ db, services }: TestApp, count: number, status = 'CANCELED'): Promise<void> {
  await db.pool.query(
    `with changed as (
       update journey_component_runs r set status = $2::text::journey_run_status, event_sequence = event_sequence + 1,
         event_xid = greatest(event_xid, ${EVENT_XID}), completed_at = now()
       where id in (select id from journey_component_runs order by id desc limit $1)
       returning id, event_sequence, event_xid
     )
     insert into journey_run_events (run_id, sequence, xid, type, status, attempt)
     select id, event_sequence, event_xid, $2::text::journey_run_event_type, $2::text::journey_run_status, 0 from changed`,
    [count, status],
  );
  services.ring();
}

describe.skipIf(!hasBrowser)('a page that nobody touches', () => {
  const stage = openStage();

  test('sends no request, and two people see the same change', async () => {
    const componentId = await register(stage.app, { key: 'points', name: 'Points' });
    const { enqueueRun } = await stage.app.query(
      'mutation ($input: EnqueueRunInput!) { enqueueRun(input: $input) { run { id } } }',
      { input: { componentId } },
    );
    const origin = stage.origin;
    const [watching, acting] = [
      await stage.browser.open('about:blank'),
      await stage.browser.open('about:blank'),
    ];
    const requests: string[] = [];
    for (const page of [watching, acting]) await page.clock.install();
    await watching.goto(`${origin}/admin/runs`);
    await acting.goto(`${origin}/admin/runs/${enqueueRun.run.id}`);
    const list = new RunsPage(watching);
    await watching.getByText('Errors by cause').click();
    await watching.getByText('No run has failed.').waitFor();
    await list.row('Points').waitFor();
    await acting.getByText('Attempt 1 of 1 waits for a worker').waitFor();
    for (const page of [watching, acting]) {
      await page.getByText('Live', { exact: true }).waitFor();
      page.on('request', (request) => requests.push(request.url()));
      // Less than the 15 seconds in which the WebSocket expects an answer to its ping.
      await page.clock.runFor(14_000);
    }
    expect(requests).toEqual([]);
    await cancel(acting);
    await list.row('Points').getByText('Canceled', { exact: true }).waitFor();
  });
});

async function cancel(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await page.getByRole('button', { name: 'Cancel the run' }).click();
  await page.getByText('Canceled before it started.').waitFor();
}
