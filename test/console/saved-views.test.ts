import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { createKey, type TestKey } from '../support/identity.ts';
import { insertComponent, insertRuns, storedRun } from '../support/runs.ts';
import { hasBrowser } from './support/browser.ts';
import { type ConsoleBrowser, openConsoleBrowser } from './support/console.ts';

describe.skipIf(!hasBrowser)('the saved views of the list of runs', () => {
  let app: TestApp;
  let browser: ConsoleBrowser;
  let ada: TestKey;
  let ben: TestKey;
  beforeAll(async () => {
    browser = await openConsoleBrowser();
    app = await startTestApp({}, async (db) => {
      ada = await createKey(db, { name: 'ada', roles: ['OPERATOR'] });
      ben = await createKey(db, { name: 'ben', roles: ['VIEWER'] });
    });
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  const openAs = async ({ key }: TestKey, query = ''): Promise<Page> => {
    const page = await browser.open(`${new URL(app.url).origin}/admin/runs${query}`);
    await page.getByLabel('API key').first().fill(key);
    await page.getByRole('button', { name: 'Sign in with the key' }).click();
    await page.getByText('No run matches these filters').waitFor();
    return page;
  };
  /** The button that opens the views. It has the name of the view that is open. */
  const button = (page: Page, name: string) =>
    page.locator('button[aria-haspopup=dialog]').filter({ hasText: name });
  const filterOf = (page: Page) => {
    const { view: _, ...filter } = Object.fromEntries(new URL(page.url()).searchParams);
    return filter;
  };

  test('a person saves a filter for all, another one opens it, and only the first can delete it', async () => {
    const page = await openAs(ada, '?status=FAILED&channel=web');
    await page.getByRole('button', { name: 'Views', exact: true }).click();
    await page.getByText('No view is saved yet').waitFor();
    await page.getByRole('textbox', { name: 'Save the present filter as' }).fill('Failed "on" <web>');
    await page.getByRole('checkbox', { name: 'Everybody sees it' }).check();
    await page.getByRole('button', { name: 'Save the view' }).click();
    await button(page, 'Failed "on" <web>').waitFor();

    const other = await openAs(ben, '?channel=none');
    await other.getByRole('button', { name: 'Views', exact: true }).click();
    await other.getByRole('button', { name: 'Failed "on" <web> shared by others' }).click();
    await expect.poll(() => filterOf(other)).toEqual({ status: 'FAILED', channel: 'web' });
    await button(other, 'Failed "on" <web>').click();
    await other.getByRole('list', { name: 'Views' }).waitFor();
    await expect.poll(() => other.getByRole('button', { name: /^Delete/ }).count()).toBe(0);

    await button(page, 'Failed "on" <web>').click();
    await page.getByRole('button', { name: 'Delete Failed "on" <web>' }).click();
    await page.getByText('No view is saved yet').waitFor();
  });

  test('a view that is deleted while its list is closed is gone', async () => {
    const page = await openAs(ada, '?channel=app');
    await page.getByRole('button', { name: 'Views', exact: true }).click();
    await page.getByRole('textbox', { name: 'Save the present filter as' }).fill('Short');
    await page.getByRole('button', { name: 'Save the view' }).click();
    await button(page, 'Short').click();
    const closed = Promise.withResolvers<void>();
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('mutation ViewList_Delete')) await closed.promise;
      await route.continue();
    });
    await page.getByRole('button', { name: 'Delete Short' }).click();
    await page.getByRole('heading', { level: 1, name: 'Runs' }).click();
    await page.getByRole('list', { name: 'Views' }).waitFor({ state: 'detached' });
    closed.resolve();
    await button(page, 'Views').click();
    await page.getByText('No view is saved yet').waitFor();
  });

  test('the console opens with the view that a person made the default, as it was saved last', async () => {
    const page = await openAs(ada, '?channel=app');
    await page.getByRole('button', { name: 'Views', exact: true }).click();
    await page.getByRole('textbox', { name: 'Save the present filter as' }).fill('First');
    await page.getByRole('button', { name: 'Save the view' }).click();
    await button(page, 'First').click();
    await page.getByRole('button', { name: 'Open the console with First' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('navigation', { name: 'Status' }).getByRole('button', { name: 'Failed' }).click();
    await button(page, 'Unsaved changes').click();
    await page.getByRole('button', { name: 'Save the changes' }).click();
    await button(page, 'Unsaved changes').waitFor({ state: 'detached' });

    await page.goto(`${new URL(app.url).origin}/`);
    await button(page, 'First').click();
    await expect.poll(() => filterOf(page)).toEqual({ channel: 'app', status: 'FAILED' });
    await page.getByRole('button', { name: 'Delete First' }).click();
    await page.getByText('No view is saved yet').waitFor();
    await page.goto(`${new URL(app.url).origin}/`);
    await page.getByRole('button', { name: 'Views', exact: true }).waitFor();
    await expect.poll(() => filterOf(page)).toEqual({});
  });

  test('a filter that is changed after its view was opened is marked, until it is saved', async () => {
    const page = await openAs(ada, '?channel=web');
    await page.getByRole('button', { name: 'Views', exact: true }).click();
    await page.getByRole('textbox', { name: 'Save the present filter as' }).fill('Mine');
    await page.getByRole('button', { name: 'Save the view' }).click();
    await button(page, 'Mine').waitFor();
    await page.getByRole('navigation', { name: 'Status' }).getByRole('button', { name: 'Failed' }).click();
    await button(page, 'Unsaved changes').click();
    await page.getByRole('button', { name: 'Save the changes' }).click();
    await button(page, 'Mine').waitFor();
    await page.reload();
    await button(page, 'Mine').waitFor();
    await expect.poll(() => filterOf(page)).toEqual({ channel: 'web', status: 'FAILED' });

    await page.getByRole('button', { name: 'Remove the filter Channel' }).click();
    await button(page, 'Unsaved changes').click();
    await page
      .getByRole('list', { name: 'Views' })
      .getByRole('button', { name: 'Mine', exact: true })
      .click();
    await expect.poll(() => filterOf(page)).toEqual({ channel: 'web', status: 'FAILED' });
  });

  test('a view has the columns that were chosen for it', async () => {
    const { id: componentId } = await insertComponent(app.db.pool);
    await insertRuns(app.db.pool, [storedRun({ componentId, channel: 'kiosk' })]);
    const page = await openAs(ada, '?channel=none');
    const list = `${new URL(app.url).origin}/admin/runs?channel=kiosk`;
    const head = (name: string) => page.getByRole('columnheader', { name });
    await page.goto(list);
    await head('Order').waitFor();
    await page.getByRole('button', { name: 'Columns' }).press('Enter');
    await page.getByRole('menuitemcheckbox', { name: 'Order' }).press('Space');
    await head('Order').waitFor({ state: 'hidden' });
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Views', exact: true }).click();
    await page.getByRole('textbox', { name: 'Save the present filter as' }).fill('Without orders');
    await page.getByRole('button', { name: 'Save the view' }).click();
    await button(page, 'Without orders').waitFor();
    await page.reload();
    await head('Channel').waitFor();
    expect(await head('Order').isVisible()).toBe(false);

    await page.goto(list);
    await head('Order').waitFor();
    await page.getByRole('button', { name: 'Views', exact: true }).click();
    await page.getByRole('button', { name: 'Without orders', exact: true }).click();
    await head('Order').waitFor({ state: 'hidden' });
    await expect.poll(() => filterOf(page)).toEqual({ channel: 'kiosk', hide: 'order' });
  });

  test('nothing failed in the pages, and the policy was never violated', () => {
    // The browser reports the answer to a person who has not signed in, and the provider that is not configured.
    const problems = browser.problems.filter((problem) => !/status of (401|404)/.test(problem));
    expect(problems).toEqual([]);
  });
});
