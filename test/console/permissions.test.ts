import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../src/identity/role.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { bearer, createKey, post, type TestKey } from '../support/identity.ts';
import { hasBrowser } from './support/browser.ts';
import { type ConsoleBrowser, openConsoleBrowser } from './support/console.ts';
import { RunsPage } from './support/runs-page.ts';

describe.skipIf(!hasBrowser)('a person whose role allows less', () => {
  const keys = {} as Record<Role, TestKey>;
  let app: TestApp;
  let browser: ConsoleBrowser;
  let run: string;
  beforeAll(async () => {
    browser = await openConsoleBrowser();
    app = await startTestApp({}, async (db) => {
      for (const role of ['ADMIN', 'VIEWER', 'MERCHANDISER', 'OPERATOR'] as const)
        keys[role] = await createKey(db, { name: role.toLowerCase(), roles: [role] });
    });
    const asAdmin = async (query: string, variables?: object) =>
      (await post(app, bearer(keys.ADMIN.key), query, variables)).body.data;
    const { registerComponent } = await asAdmin(
      'mutation { registerComponent(input: { key: "points", name: "Points", triggers: [OPERATOR], script: { slug: "a", runtime: "node" } }) { component { id } } }',
    );
    const { enqueueRun } = await asAdmin(
      'mutation ($input: EnqueueRunInput!) { enqueueRun(input: $input) { run { id } } }',
      { input: { componentId: registerComponent.component.id, inputPayload: { sku: 'TENT' } } },
    );
    run = enqueueRun.run.id;
    await asAdmin(
      'mutation ($input: SaveProductInput!) { saveProduct(input: $input) { userErrors { message } } }',
      {
        input: {
          sku: 'MUG',
          title: 'Mug',
          journeyComponents: [
            {
              componentId: registerComponent.component.id,
              bindings: [{ productField: { inputKey: 'sku', path: 'product.sku' } }],
            },
          ],
        },
      },
    );
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  const openAs = async (role: Role, path: string): Promise<Page> => {
    const page = await browser.open(`${new URL(app.url).origin}${path}`);
    await page.getByLabel('API key').first().fill(keys[role].key);
    await page.getByRole('button', { name: 'Sign in with the key' }).click();
    return page;
  };

  test.each(['VIEWER', 'MERCHANDISER'] as const)(
    'a %s sees the runs, and why they cannot be operated',
    async (role) => {
      const list = new RunsPage(await openAs(role, '/admin/runs?status=QUEUED'));
      await list.row('Points').waitFor();
      await list.page.getByRole('button', { name: 'All that match' }).click();
      await list.page.getByText('This needs the permission OPERATE_RUNS').waitFor();
      await expect
        .poll(() => list.page.getByRole('menuitem', { name: 'Cancel them…' }).isDisabled())
        .toBe(true);
      await list.page.keyboard.press('Escape');
      await list.row('Points').getByRole('link').click();
      const cancel = list.page.getByRole('button', { name: 'Cancel', exact: true });
      await cancel.hover();
      await list.page.getByRole('tooltip').getByText('This needs the permission OPERATE_RUNS').waitFor();
      await cancel.focus();
      await list.page.keyboard.press('Enter');
      await expect.poll(() => list.page.getByRole('dialog', { name: 'Cancel this run?' }).count()).toBe(0);
      if (role === 'VIEWER') await list.page.getByText('This needs the permission READ_PAYLOADS.').waitFor();
    },
  );

  test('a viewer looks at products and components, and reads why nothing can be changed', async () => {
    const page = await openAs('VIEWER', '/admin/products');
    const reasonOf = async (name: string) =>
      page.getByRole('button', { name, exact: true }).getAttribute('aria-description');
    await page.getByRole('link', { name: 'Mug' }).waitFor();
    expect(await reasonOf('New product')).toBe('This needs the permission WRITE_CATALOGUE');
    await page.getByRole('link', { name: 'Mug' }).click();
    await page.getByText('You can look, and save nothing').waitFor();
    expect(await reasonOf('Save')).toBe('This needs the permission WRITE_CATALOGUE');
    expect(await reasonOf('Run this step')).toBe('This needs the permission ENQUEUE_RUNS');
    expect(await reasonOf('Preview request')).toBe(
      'This needs the permission ENQUEUE_RUNS or WRITE_CATALOGUE',
    );
    await page
      .getByText(/Orders and runs are not offered: this needs the permission READ_PAYLOADS/i)
      .waitFor();
    await page.getByRole('link', { name: 'Components', exact: true }).click();
    await page.getByRole('link', { name: 'Points' }).click();
    await page.getByText('You can look, and save nothing').waitFor();
    expect(await reasonOf('Archive…')).toBe('This needs the permission WRITE_CATALOGUE');
    await page.getByText('by admin').waitFor();
  });

  test('a merchandiser composes a product and runs a step', async () => {
    const page = await openAs('MERCHANDISER', '/admin/products/MUG');
    const input = page.getByRole('group', { name: 'Input sku' });
    await input.getByText('Found: "MUG"').waitFor();
    await expect.poll(() => page.getByText(/Orders and runs are not offered/).count()).toBe(0);
    await page.getByRole('button', { name: 'Run this step' }).click();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByRole('dialog').getByText('Queued').waitFor();
    expect(browser.problems.filter((problem) => !problem.startsWith('Failed to load resource'))).toEqual([]);
  });

  test('an operator may do all of it', async () => {
    const page = await openAs('OPERATOR', `/admin/runs/${run}`);
    await page.getByText('This run has no bindings').waitFor();
    const cancel = page.getByRole('button', { name: 'Cancel', exact: true });
    await expect.poll(() => cancel.getAttribute('aria-disabled')).toBeNull();
    await cancel.click();
    await page.getByRole('button', { name: 'Cancel the run' }).click();
    await page.getByText('Canceled before it started.').waitFor();
  });
});
