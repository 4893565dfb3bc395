import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Serving, startServe } from '../support/command.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { hasBrowser } from './support/browser.ts';
import { type ConsoleBrowser, openConsoleBrowser } from './support/console.ts';
import { RunsPage } from './support/runs-page.ts';

describe.skipIf(!hasBrowser)('while the service is away', () => {
  let database: TestDatabase;
  let browser: ConsoleBrowser;
  let serving: Serving;
  const serve = (port: string) =>
    startServe({
      DATABASE_URL: database.url,
      PORT: port,
      JOURNEY_RUNTIME_CONSOLE_ENABLED: 'true',
      JOURNEY_RUNTIME_WORKER_ENABLED: 'false',
    });
  beforeAll(async () => {
    [database, browser] = await Promise.all([createTestDatabase(), openConsoleBrowser()]);
    serving = await serve('0');
  });
  afterAll(async () => {
    serving?.child.kill('SIGKILL');
    await browser?.close();
    await database?.drop();
  });

  const query = async (document: string) => {
    const response = await fetch(`${serving.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: document }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: the document says what the response has.
    return ((await response.json()) as any).data;
  };

  test('the page says since when it is interrupted, and then misses no run', async () => {
    const { registerComponent } = await query(
      'mutation { registerComponent(input: { key: "points", name: "Points", triggers: [OPERATOR], script: { slug: "a", runtime: "node" } }) { component { id } } }',
    );
    const enqueue = (key: string) =>
      query(
        `mutation { enqueueRun(input: { componentId: "${registerComponent.component.id}", channel: "${key}" }) { run { id } } }`,
      );
    await enqueue('before');
    const list = new RunsPage(await browser.open(`${serving.url}/admin/runs`));
    await list.row('before').waitFor();
    await list.live.waitFor();

    serving.child.kill('SIGKILL');
    await once(serving.child, 'exit');
    await list.page.getByText(/^Interrupted since \d\d:\d\d:\d\d; trying again$/).waitFor();
    await list.page.getByText(/^The service cannot be reached since \d\d:\d\d:\d\d\./).waitFor();
    await list.page.getByRole('button', { name: 'Reload' }).click();
    const problem = list.page.getByText('No connection to the service');
    await problem.waitFor();
    serving = await serve(new URL(serving.url).port);
    await enqueue('after');
    await list.row('after').waitFor();
    await list.live.waitFor();
    await expect.poll(() => list.rows.count()).toBe(2);
    expect(await problem.count()).toBe(0);
  });

  test('a page whose code is not loaded leaves the frame as it is, and is tried again', async () => {
    const page = await browser.open(`${serving.url}/admin/products`);
    await page.getByText('There are no products yet').waitFor();
    await page.route('**/assets/AuditPage*', (route) => route.abort());
    await page.getByRole('link', { name: 'Audit log' }).click();
    const failure = page.getByText('The code of the page could not be loaded.');
    await failure.waitFor();
    await page.getByRole('link', { name: 'Products' }).click();
    await page.getByText('There are no products yet').waitFor();
    await page.getByRole('link', { name: 'Audit log' }).click();
    await failure.waitFor();
    await page.unroute('**/assets/AuditPage*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Audit log', level: 1 }).waitFor();
  });
});
