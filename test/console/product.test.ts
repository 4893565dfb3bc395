import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { register, save } from '../support/catalogue.ts';
import { recordOrder } from '../support/orders.ts';
import { startScriptedHost } from '../support/script-host.ts';
import { startTestWorker } from '../support/worker.ts';
import { seriousViolations } from './support/axe.ts';
import { hasBrowser } from './support/browser.ts';
import { type ConsoleBrowser, openConsoleBrowser } from './support/console.ts';

describe.skipIf(!hasBrowser)('products and components', () => {
  let app: TestApp;
  let browser: ConsoleBrowser;
  let points: string;
  let warranty: string;
  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp(), openConsoleBrowser()]);
    points = await register(app, { key: 'points', name: 'Loyalty points' });
    warranty = await register(app, { key: 'warranty', name: 'Warranty' });
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  const open = (path: string) => browser.open(`${app.url.replace('/graphql', '')}${path}`);
  const openProduct = async (sku: string): Promise<Page> => {
    const page = await open(`/admin/products/${encodeURIComponent(sku)}`);
    await page.getByRole('textbox', { name: 'Title' }).waitFor();
    return page;
  };
  const steps = (page: Page) => page.getByRole('list', { name: 'Steps in order' }).getByRole('listitem');
  const names = async (page: Page) =>
    (await steps(page).allTextContents()).map((text) => (text.startsWith('Loyalty') ? 'points' : 'warranty'));
  const saveProduct = async (page: Page) => {
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText(/^Saved, revision/).waitFor();
  };
  const stored = async (sku: string) => {
    const { product } = await app.query(
      `query ($sku: String) { product(sku: $sku) {
        title attributes revision journeyComponents { channelEligibility component { key } bindings { inputKey ... on RuntimeBinding { path } } }
      } }`,
      { sku },
    );
    return product;
  };

  test('a merchandiser makes a component, attaches it with a path of a real order, runs it and sees it complete', async () => {
    await recordOrder(app, {
      number: '2026-7',
      payload: { customer: { email: 'ada@example.com' } },
      lines: [{ sku: 'MUG', quantity: 1, payload: { giftNote: 'Happy birthday' } }],
    });
    const page = await open('/admin/components');
    await page.getByRole('button', { name: 'New component' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Gift note');
    await page.getByRole('textbox', { name: 'Key' }).fill('gift-note');
    await page.getByRole('textbox', { name: 'Slug' }).fill('gift/note');
    await page.getByRole('button', { name: 'Register the component' }).click();
    await page.getByText('The first version.').waitFor();

    const wayOn = page.getByRole('alert').getByRole('link', { name: 'Add it to a product' });
    await wayOn.waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await wayOn.click();
    await page.getByText('Which product gets the component Gift note?').waitFor();
    await page.getByRole('button', { name: 'New product' }).click();
    await page.getByRole('textbox', { name: 'SKU' }).fill('MUG');
    await page.getByRole('button', { name: 'Create the product' }).click();
    await page.getByRole('combobox', { name: 'Sample' }).click();
    await page.getByRole('option', { name: 'Order 2026-7, MUG' }).click();
    const input = page.getByRole('group', { name: 'Input text' });
    await input.getByRole('combobox', { name: 'Comes from' }).click();
    await page.getByRole('option', { name: 'the order or run' }).click();
    const path = input.getByRole('textbox', { name: 'Path' });
    await path.fill('input.orderItem.wrapping');
    await input.getByText(/^Nothing found: .*wrapping/).waitFor();
    await path.press('Tab');
    await path.click();
    await page.getByRole('option', { name: /^input\.orderItem\.giftNote/ }).click();
    await input.getByText('Found: "Happy birthday"').waitFor();
    await page.getByRole('columnheader', { name: 'every channel' }).waitFor();
    await saveProduct(page);
    expect((await stored('MUG')).journeyComponents).toEqual([
      {
        channelEligibility: [],
        component: { key: 'gift-note' },
        bindings: [{ inputKey: 'text', path: 'input.orderItem.giftNote' }],
      },
    ]);

    await using host = await startScriptedHost([{ status: 200, body: '{"printed":"HAPPY BIRTHDAY"}' }]);
    const worker = await startTestWorker(app.db, { runnerUrl: host.url });
    await page.getByRole('button', { name: 'Run this step' }).click();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText('{"printed":"HAPPY BIRTHDAY"}').waitFor();
    await worker.stop();
    expect(JSON.parse(host.calls[0]!.body).inputs).toMatchObject({ text: 'Happy birthday' });
  });

  test('a component is added to a product of the list, and one that is missing is registered', async () => {
    await register(app, { key: 'engraving', name: 'Engraving' });
    await save(app, { sku: 'LINKED', title: 'Linked mug' });
    const page = await open('/admin/components/engraving');
    await page.getByRole('link', { name: 'Add it to a product' }).first().click();
    await page.getByRole('link', { name: 'Linked mug' }).click();
    await page.getByText('Not saved').waitFor();
    await page.waitForURL('**/admin/products/LINKED');
    await page.reload();
    await page.getByText('Your changes are still here').waitFor();
    expect(await steps(page).allTextContents()).toEqual([expect.stringMatching(/^Engraving/)]);
    await page.getByRole('button', { name: 'Add a step' }).click();
    await page.getByRole('textbox', { name: 'Search components' }).fill('no such component');
    await page.getByRole('link', { name: 'Register a component' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('heading', { name: 'New component' }).waitFor();
    const name = page.getByRole('textbox', { name: 'Name' });
    const slug = page.getByRole('textbox', { name: 'Slug' });
    await name.fill('Care guide');
    await expect.poll(() => slug.inputValue(), { timeout: 20_000 }).toBe('care-guide');
    await slug.fill('guides/care');
    await name.fill('Care guides');
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Key' }).inputValue(), { timeout: 20_000 })
      .toBe('care-guides');
    expect(await slug.inputValue()).toBe('guides/care');
  });

  test('the steps are ordered by the keyboard and by buttons', async () => {
    await save(app, {
      sku: 'ORDERED',
      journeyComponents: [{ componentId: points }, { componentId: warranty }],
    });
    const page = await openProduct('ORDERED');
    await page.getByRole('button', { name: 'Actions for Loyalty points' }).click();
    await page.getByRole('menuitem', { name: 'Move down' }).click();
    await expect.poll(() => names(page)).toEqual(['warranty', 'points']);
    await page.getByRole('menu').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Move Loyalty points' }).focus();
    await page.keyboard.press('Space');
    await page.getByText('Loyalty points is over place 2.').waitFor();
    // The key does nothing until the places have been measured, so it may be needed again.
    await expect
      .poll(async () => {
        await page.keyboard.press('ArrowUp');
        return page.getByText('Loyalty points is over place 1.').isVisible();
      })
      .toBe(true);
    await page.keyboard.press('Space');
    await expect.poll(() => names(page)).toEqual(['points', 'warranty']);
    await page.getByRole('button', { name: 'Actions for Warranty' }).click();
    await page.getByRole('menuitem', { name: 'Move up' }).click();
    await saveProduct(page);
    const { journeyComponents } = await stored('ORDERED');
    expect(journeyComponents.map(({ component }: { component: { key: string } }) => component.key)).toEqual([
      'warranty',
      'points',
    ]);
  });

  test('an error stands beside its field while one types, and nothing is stored', async () => {
    await save(app, { sku: 'WRONG', journeyComponents: [{ componentId: points }] });
    const page = await openProduct('WRONG');
    await page.getByRole('button', { name: 'Fill another input' }).click();
    const input = page.getByRole('group', { name: 'Input the new input' });
    await input
      .getByRole('combobox', { name: 'Input' })
      .or(input.getByRole('textbox', { name: 'Input' }))
      .first()
      .fill('colour');
    await page
      .getByRole('group', { name: 'Input colour' })
      .getByRole('textbox', { name: 'Path' })
      .fill('products.sku');
    await page.getByText(/must begin with/).waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Not saved').waitFor();
    expect((await stored('WRONG')).revision).toBe(1);
  });

  test('two people who save one product keep both changes, and decide what both changed', async () => {
    await save(app, { sku: 'SHARED', title: 'Mug', attributes: { colour: 'blue' } });
    const page = await openProduct('SHARED');
    await page.getByRole('textbox', { name: 'Title' }).fill('Mine');
    await save(app, { sku: 'SHARED', title: 'Theirs', attributes: { colour: 'red' } });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Somebody else saved this product' });
    await dialog.getByRole('radio', { name: 'Mine' }).click();
    await dialog.getByRole('button', { name: 'Merge' }).click();
    await saveProduct(page);
    expect(await stored('SHARED')).toMatchObject({
      title: 'Mine',
      attributes: { colour: 'red' },
      revision: 3,
    });
    // One's own second save is no conflict.
    await page.getByRole('textbox', { name: 'Title' }).fill('Mine again');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved, revision 4').waitFor();
  });

  test('the order of keys is no change, and two versions differ where their values do', async () => {
    await save(app, { sku: 'KEYS', attributes: { colour: 'blue', size: 1 } });
    const page = await openProduct('KEYS');
    const type = async (text: string) => {
      await page.getByRole('textbox', { name: 'Attributes' }).click();
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.insertText(text);
    };
    await type('{"size": 1, "colour": "green"}');
    await page.getByText('Not saved').waitFor();
    await type('{"size": 1, "colour": "blue"}');
    await page.getByText('Saved, revision 1').waitFor();
    await type('{"size": 2, "colour": "blue"}');
    await save(app, { sku: 'KEYS', attributes: { colour: 'blue', size: 3 } });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const attributes = page.getByRole('dialog').getByRole('region', { name: 'Attributes' });
    await attributes.getByText('"size"').first().waitFor();
    const changed = attributes.locator('.cm-changedLine');
    await expect
      .poll(() => changed.allTextContents(), { timeout: 20_000 })
      .toEqual(['  "size": 3', '  "size": 2']);
  });

  test('what is typed while the product is saved stays', async () => {
    await save(app, { sku: 'TYPED', title: 'Mug' });
    const page = await openProduct('TYPED');
    const title = page.getByRole('textbox', { name: 'Title' });
    await title.fill('Sent');
    const typed = Promise.withResolvers<void>();
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('mutation Composer_Save')) await typed.promise;
      await route.continue();
    });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await title.fill('Typed');
    typed.resolve();
    await page.getByText('TYPED is saved.').waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved, revision 3').waitFor();
    expect(await stored('TYPED')).toMatchObject({ title: 'Typed', revision: 3 });
  });

  test('a save by somebody else is shown at once, and is put together with what was typed', async () => {
    await save(app, { sku: 'WATCHED', title: 'Mug', attributes: { colour: 'blue' } });
    const page = await openProduct('WATCHED');
    const notice = page.getByRole('status').filter({ hasText: 'Somebody else saved this product' });
    await save(app, { sku: 'WATCHED', title: 'Cup' });
    await notice.getByRole('button', { name: 'Show the saved product' }).click();
    await page.getByText('Saved, revision 2').waitFor();
    await expect.poll(() => page.getByRole('textbox', { name: 'Title' }).inputValue()).toBe('Cup');
    await page.getByRole('textbox', { name: 'Title' }).fill('Beaker');
    await save(app, { sku: 'WATCHED', attributes: { colour: 'red' } });
    await notice.getByRole('button', { name: 'Compare and merge' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Merge' }).click();
    await notice.waitFor({ state: 'detached' });
    await page.reload();
    await page.getByText('Your changes are still here').waitFor();
    await saveProduct(page);
    expect(await stored('WATCHED')).toMatchObject({
      title: 'Beaker',
      attributes: { colour: 'red' },
      revision: 4,
    });
    await expect.poll(() => notice.count()).toBe(0);
  });

  test('a step whose runs will fail says so, until it is changed', async () => {
    const note = await register(app, { key: 'note', name: 'Gift note', inputSchema: { required: ['text'] } });
    await save(app, { sku: 'LINTED', journeyComponents: [{ componentId: warranty }, { componentId: note }] });
    const page = await openProduct('LINTED');
    await steps(page)
      .filter({ hasText: '1 problem' })
      .getByRole('button', { name: /^Gift note/ })
      .click();
    await page.getByText(/requires the input text, and no binding fills it/).waitFor();
    await page.getByRole('button', { name: 'Fill another input' }).click();
    const input = page.getByRole('group', { name: 'Input the new input' });
    await input
      .getByRole('combobox', { name: 'Input' })
      .or(input.getByRole('textbox', { name: 'Input' }))
      .first()
      .fill('text');
    await page.getByText('1 problem').waitFor({ state: 'detached' });
    await page.getByText('Choose where the value comes from.').waitFor();
  });

  test('a product that one comes back to is as it is stored now, and its steps are those of today', async () => {
    const inputSchema = { type: 'object', properties: { text: { type: 'string' } } };
    const note = await register(app, { key: 'grown', name: 'Gift note', inputSchema });
    await save(app, { sku: 'VISITED', title: 'Mug', journeyComponents: [{ componentId: note }] });
    const page = await openProduct('VISITED');
    await page.getByRole('link', { name: 'grown', exact: true }).click();
    await page.getByRole('heading', { name: 'Gift note', level: 1 }).waitFor();
    await save(app, { sku: 'VISITED', title: 'Cup' });
    await page.goBack();
    await page.getByText('Saved, revision 2').waitFor();
    await expect.poll(() => page.getByRole('textbox', { name: 'Title' }).inputValue()).toBe('Cup');
    await page.getByRole('textbox', { name: 'Title' }).fill('Beaker');
    await app.query(UPDATE, {
      id: note,
      input: { inputSchema: { type: 'object', properties: { language: { enum: ['en', 'de'] } } } },
    });
    await page.reload();
    await page.getByText('Your changes are still here').waitFor();
    await page.getByRole('button', { name: 'Fill another input' }).click();
    await page.getByRole('menuitem', { name: 'language' }).click();
    const input = page.getByRole('group', { name: 'Input language' });
    await input.getByRole('combobox', { name: 'Comes from' }).click();
    await page.getByRole('option', { name: 'a fixed value' }).click();
    await input.getByRole('combobox', { name: 'Value' }).click();
    await page.getByRole('option', { name: 'de', exact: true }).click();
    await input.getByText('Found: "de"').waitFor();
    await saveProduct(page);
  });

  test('leaving with changes asks, and what was typed is there again', async () => {
    await save(app, { sku: 'LEFT', title: 'Before' });
    const page = await openProduct('LEFT');
    await page.getByRole('textbox', { name: 'Title' }).fill('Typed');
    await page.getByRole('link', { name: 'Components', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
    await dialog.getByRole('button', { name: 'Stay' }).click();
    await expect.poll(() => page.getByRole('textbox', { name: 'Title' }).inputValue()).toBe('Typed');
    await page.getByRole('link', { name: 'Components', exact: true }).click();
    await dialog.getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('heading', { name: 'Components', level: 1 }).waitFor();
    await page.goBack();
    await page.getByText('Your changes are still here').waitFor();
    await expect.poll(() => page.getByRole('textbox', { name: 'Title' }).inputValue()).toBe('Typed');
    await page.getByRole('button', { name: 'Discard' }).click();
    await expect.poll(() => page.getByRole('textbox', { name: 'Title' }).inputValue()).toBe('Before');
  });

  test('a new version of a component tells what it changed, and archiving tells what stops', async () => {
    await register(app, { key: 'versioned', name: 'Versioned', retryPolicy: { maxAttempts: 3 } });
    const page = await open('/admin/components/versioned');
    await page.getByRole('textbox', { name: 'Attempts at most' }).fill('5');
    await page.getByRole('button', { name: 'Save a new version' }).click();
    await page.getByText('attempts at most 3 → 5').waitFor();
    await page.getByRole('button', { name: 'Archive…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Archive Versioned?' });
    await dialog.getByText('No product uses it, so nothing stops.').waitFor();
    await dialog.getByRole('button', { name: 'Archive' }).click();
    await page.getByRole('button', { name: 'Restore' }).waitFor();
  });

  test('names with markup and SKUs with slashes are shown as they are', async () => {
    const sku = 'A/1?<b>#"x"';
    await save(app, {
      sku,
      title: '<img src=x onerror=alert(1)>',
      journeyComponents: [{ componentId: points }],
    });
    const page = await open('/admin/products');
    await page.getByRole('link', { name: '<img src=x onerror=alert(1)>' }).click();
    await page.getByText(sku).waitFor();
    expect(browser.problems).toEqual([]);
  });
});

const UPDATE =
  'mutation ($id: ID!, $input: UpdateComponentInput!) { updateComponent(id: $id, input: $input) { userErrors { message } } }';
