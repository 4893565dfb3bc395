import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditFilterOf } from '../../src/console/audit/audit-filter.ts';
import { keyStateOf, noFurtherKey } from '../../src/console/keys/key-state.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { bearer, createKey, post, type TestKey } from '../support/identity.ts';
import { seriousViolations, showIn } from './support/axe.ts';
import { hasBrowser } from './support/browser.ts';
import { type ConsoleBrowser, openConsoleBrowser } from './support/console.ts';
import { cutTables } from './support/tables.ts';

const REGISTER = `mutation ($key: String!) { registerComponent(input: {
  key: $key, name: "Points", triggers: [OPERATOR], script: { slug: "a", runtime: "node" }
}) { component { id } userErrors { message } } }`;

describe.skipIf(!hasBrowser)('keys and the audit log', () => {
  let app: TestApp;
  let browser: ConsoleBrowser;
  let origin: string;
  let admin: TestKey;
  beforeAll(async () => {
    browser = await openConsoleBrowser();
    app = await startTestApp({}, async (db) => {
      admin = await createKey(db, { name: 'ada', kind: 'PERSON' });
      await createKey(db, { name: 'olga', roles: ['OPERATOR'] });
    });
    origin = new URL(app.url).origin;
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  const open = async (path: string, key: string): Promise<Page> => {
    const page = await browser.open(`${origin}${path}`);
    await page.getByRole('textbox', { name: 'API key' }).fill(key);
    await page.getByRole('button', { name: 'Sign in with the key' }).click();
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    return page;
  };
  /** Whether the API accepts a key. */
  const statusWith = async (key: string) => (await post(app, bearer(key), '{ viewer { name } }')).status;
  /** The key that a dialog shows once. The page stores it before the dialog closes. */
  const takeKey = async (page: Page): Promise<string> => {
    const field = page.getByRole('dialog').getByRole('textbox', { name: 'API key' });
    const key = await field.inputValue();
    // The dialog that shows a key is not closed by a slip.
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'I have stored it' }).click();
    await field.waitFor({ state: 'detached' });
    return key;
  };

  test('an administrator creates a principal, rotates its key without a gap, and disables it', async () => {
    const page = await open('/admin/keys', admin.key);
    await page.getByRole('button', { name: 'New principal…' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('shop backend');
    await page.getByRole('button', { name: 'Create it with a key' }).click();
    await page.getByText('Give at least one role or permission.').waitFor();
    await page.getByRole('checkbox', { name: 'CHECKOUT' }).check();
    await page.getByRole('button', { name: 'Create it with a key' }).click();
    const first = await takeKey(page);
    expect(first).toMatch(/^jrk_live_/);
    expect(await statusWith(first)).toBe(200);

    const card = page.getByRole('region', { name: 'shop backend' });
    await card.getByRole('button', { name: 'Rotate the key…' }).click();
    await page.getByRole('button', { name: 'Create the key' }).click();
    const second = await takeKey(page);
    expect([await statusWith(first), await statusWith(second)]).toEqual([200, 200]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await cutTables(page)).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });
    const third = card.getByRole('button', { name: 'Rotate the key…' });
    await expect.poll(() => third.getAttribute('aria-disabled')).toBe('true');

    await card.getByRole('button', { name: `Revoke the key ${first.split('_')[2]}` }).click();
    await page.getByRole('button', { name: 'Revoke the key', exact: true }).click();
    await card.getByText('revoked').waitFor();
    await expect.poll(() => statusWith(first)).toBe(401);
    expect(await statusWith(second)).toBe(200);

    await card.getByRole('button', { name: 'Change…' }).click();
    await page.getByRole('checkbox', { name: 'VIEWER' }).check();
    await page.getByRole('textbox', { name: 'Name' }).fill('shop');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const renamed = page.getByRole('region', { name: 'shop', exact: true });
    await renamed.getByText('VIEWER', { exact: true }).waitFor();

    await renamed.getByRole('button', { name: 'Disable…' }).click();
    await page.getByRole('button', { name: 'Disable the principal' }).click();
    await renamed.getByText('disabled', { exact: true }).waitFor();
    await expect.poll(() => statusWith(second)).toBe(401);
  });

  test('the dialogs of the page are accessible in both schemes', async () => {
    const page = await open('/admin/keys', admin.key);
    const card = page.getByRole('region', { name: 'olga' });
    const dialog = page.getByRole('dialog');
    const check = async () => {
      for (const scheme of ['light', 'dark'] as const) {
        await showIn(page, scheme);
        // Ends transitions, in which axe would find colours that are half transparent.
        await page.screenshot({ animations: 'disabled' });
        expect(await seriousViolations(page)).toEqual([]);
      }
    };
    for (const [button, shown] of [
      [page.getByRole('button', { name: 'New principal…' }), 'Create it with a key'],
      [card.getByRole('button', { name: 'Change…' }), 'Save'],
      [card.getByRole('button', { name: 'Disable…' }), 'Disable the principal'],
      [card.getByRole('button', { name: 'Rotate the key…' }), 'Create the key'],
    ] as const) {
      await button.click();
      await dialog.getByRole('button', { name: shown, exact: true }).waitFor();
      await check();
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    }
    await card.getByRole('button', { name: 'Rotate the key…' }).click();
    await dialog.getByRole('button', { name: 'Create the key' }).click();
    await dialog.getByRole('textbox', { name: 'API key' }).waitFor();
    await check();
    await takeKey(page);
  });

  test('the audit log says who changed what, with a link, and which operations were rejected', async () => {
    await post(app, bearer(admin.key), REGISTER, { key: 'audited' });
    const page = await open('/admin/audit', admin.key);
    const row = page.getByRole('row').filter({ hasText: 'registerComponent' });
    await row.getByText('ada').waitFor();
    await row.getByRole('button', { name: /^none to \w{8}$/ }).click();
    await page.getByText(/^[0-9a-f]{64}$/).waitFor();
    await page.keyboard.press('Escape');
    await row.getByRole('button', { name: 'registerComponent' }).click();
    await expect.poll(() => new URL(page.url()).search).toBe('?action=registerComponent');
    await expect.poll(() => page.getByRole('row').count()).toBe(2);
    await row.getByRole('link', { name: 'audited' }).click();
    await page.getByRole('heading', { name: 'Points' }).waitFor();
    await page.goBack();
    await page.getByRole('textbox', { name: 'From' }).fill('2000-01-01');
    await page.getByRole('textbox', { name: 'To' }).fill('2000-01-02');
    await page.getByText('No entry of the audit log matches').waitFor();
  });

  test('for others both pages say which permission is missing', async () => {
    const olga = await createKey(app.db, { name: 'olga', roles: ['OPERATOR'] });
    const page = await open('/admin/keys', olga.key);
    await page.getByText('This needs the permission MANAGE_PRINCIPALS').waitFor();
    await page.getByRole('link', { name: 'Audit log' }).click();
    await page.getByText('This needs the permission READ_AUDIT_LOG').waitFor();
    // Neither page sends an operation that the service has to reject.
    const { body } = await post(
      app,
      bearer(admin.key),
      '{ auditLog(where: { rejected: true }) { nodes { principal action } } }',
    );
    expect(body.data.auditLog.nodes).toEqual([]);
  });

  test('nothing failed in the pages, and the policy was never violated', () => {
    // Before the person signs in, the API answers 401, and there is no identity provider to sign in at.
    expect(browser.problems.filter((problem) => !/status of (401|404)/.test(problem))).toEqual([]);
  });
});

test('a key is valid until it expires or is revoked, and a principal has two at most', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  const later = '2026-01-02T00:00:00Z';
  expect(keyStateOf({}, now)).toBe('valid');
  expect(keyStateOf({ expiresAt: later }, now)).toBe('valid');
  expect(keyStateOf({ expiresAt: later }, Date.parse(later))).toBe('expired');
  expect(keyStateOf({ expiresAt: later, revokedAt: later }, Date.parse(later))).toBe('revoked');
  const noFurther = (...apiKeys: object[]) => noFurtherKey({ apiKeys }, now);
  expect(noFurther({}, { revokedAt: later })).toBeNull();
  expect(noFurther({}, {})).toMatch(/Two keys are valid/);
  expect(noFurtherKey({ apiKeys: [], disabledAt: later }, now)).toMatch(/disabled/);
});

test('the filter of the audit log is that of its address, and whole days', () => {
  expect(auditFilterOf({ principal: 'p', action: 'a', object: 'o', kind: 'changes' }, true)).toEqual({
    principal: ['p'],
    action: ['a'],
    objectId: 'o',
    rejected: false,
  });
  expect(auditFilterOf({ from: '2026-02-28', to: '2026-02-28', kind: 'rejections' }, true)).toEqual({
    rejected: true,
    after: '2026-02-28T00:00:00.000Z',
    before: '2026-03-01T00:00:00.000Z',
  });
  expect(auditFilterOf({ from: 'yesterday', to: '2026-99-99', kind: 'x' }, false)).toEqual({});
});
