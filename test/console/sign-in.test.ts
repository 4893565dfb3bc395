import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { createKey, type TestKey } from '../support/identity.ts';
import { hasBrowser } from './support/browser.ts';
import { type ConsoleBrowser, openConsoleBrowser } from './support/console.ts';

describe.skipIf(!hasBrowser)('a service that knows its clients', () => {
  let app: TestApp;
  let browser: ConsoleBrowser;
  let admin: TestKey;
  beforeAll(async () => {
    browser = await openConsoleBrowser();
    app = await startTestApp({}, async (db) => {
      admin = await createKey(db, { name: 'ada' });
    });
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  test('a person signs in with a key, comes to the page they wanted, and signs out', async () => {
    const page = await browser.open(`${new URL(app.url).origin}/admin/runs?status=FAILED`);
    await page.getByRole('heading', { name: 'Sign in to Journey Runtime' }).waitFor();
    await page.getByLabel('API key').first().fill('jrk_wrong');
    await page.getByRole('button', { name: 'Sign in with the key' }).click();
    await page.getByText(/jrk_…|not valid/).waitFor();
    await page.getByLabel('API key').first().fill(admin.key);
    await page.getByRole('button', { name: 'Sign in with the key' }).click();
    await page.getByText('No run matches these filters').waitFor();
    await expect.poll(() => new URL(page.url()).search).toBe('?status=FAILED');
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'ada' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in to Journey Runtime' }).waitFor();
  });
});
