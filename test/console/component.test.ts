import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { register, save } from '../support/catalogue.ts';
import { hasBrowser } from './support/browser.ts';
import { isInSight } from './support/sight.ts';
import { openStage } from './support/stories.ts';

describe.skipIf(!hasBrowser)('a component', () => {
  const stage = openStage();

  const open = (path: string, options?: BrowserContextOptions) =>
    stage.browser.open(`${stage.origin}${path}`, options);
  /** Registers a component with an input `text`, a step of a product for each of these texts. */
  const registerNote = async (key: string, texts: readonly string[] = []) => {
    const inputSchema = { type: 'object', required: ['text'], properties: { text: { maxLength: 9 } } };
    const id = await register(stage.app, { key, name: 'Gift note', inputSchema });
    for (const value of texts)
      await save(stage.app, {
        sku: `${key} ${value}`,
        title: `The ${value} mug`,
        journeyComponents: [{ componentId: id, bindings: [{ static: { inputKey: 'text', value } }] }],
      });
    return id;
  };
  const replaceText = async (page: Page, text: string) => {
    await page.getByRole('tab', { name: 'JSON' }).click();
    await page.getByRole('textbox', { name: 'Input schema' }).click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText(text);
  };
  const replaceSchema = (page: Page, schema: object) => replaceText(page, JSON.stringify(schema));
  const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
  const state = (page: Page, text: string) => page.getByRole('listitem').getByText(text);

  test('samples that must pass and must fail are checked while one types, and are there again', async () => {
    await registerNote('sampled');
    const page = await open('/admin/components/sampled');
    await page.getByRole('button', { name: 'A sample that must pass' }).click();
    await state(page, 'Must pass, and fails: /text').waitFor();
    await field(page, 'Inputs of sample 1').fill('{"text": "short"}');
    await state(page, 'Passes, as it must.').waitFor();
    await page.getByRole('button', { name: 'A sample that must fail' }).click();
    await field(page, 'Inputs of sample 2').fill('{"text": "much too long"}');
    await state(page, 'Fails, as it must: /text').waitFor();
    await replaceSchema(page, { type: 'object' });
    await state(page, 'Must fail, and passes.').waitFor();
    await page.getByText('1 sample is not as expected.').waitFor();
    await field(page, 'Inputs of sample 2').fill('nonsense');
    await state(page, 'This is not a JSON object yet.').waitFor();
    await page.reload();
    await page.getByText('Your changes are still here').waitFor();
    await expect.poll(() => field(page, 'Inputs of sample 1').inputValue()).toBe('{"text": "short"}');
    await page.getByRole('button', { name: 'Discard' }).click();
    const save = page.getByRole('button', { name: 'Save a new version' });
    await expect.poll(() => save.getAttribute('aria-description')).toBe('Nothing is changed');
  });

  test('a new component is offered the providers of others, and each trigger says what it is', async () => {
    await register(stage.app, { key: 'printed', providerDependencies: [{ key: 'label-printer' }] });
    const page = await open('/admin/components/new');
    await page.getByText('at checkout', { exact: true }).first().click();
    await page
      .getByRole('option', { name: /^by presets/ })
      .getByText('before there is an order')
      .waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('combobox', { name: 'Providers' }).click();
    await page.getByRole('option', { name: 'label-printer' }).click();
    await page.getByText('label-printer', { exact: true }).waitFor();
  });

  test('what a new version breaks is shown before it is saved', async () => {
    await registerNote('breaking', ['short', 'lengthy']);
    const page = await open('/admin/components/breaking');
    await field(page, 'Name').fill('Gift card');
    await page.getByText('No new version: only the name or the description changes.').waitFor();
    await replaceSchema(page, { type: 'object', properties: { text: { maxLength: 5 } } });
    const effect = page.getByText('Version 2 breaks 1 of the 2 steps that use it');
    await effect.waitFor();
    await page.evaluate('document.querySelector("[data-scroll-restoration-id]").scrollTo(0, 0)');
    await page.getByRole('button', { name: 'Breaks 1 step' }).click();
    await expect.poll(() => isInSight(effect), { timeout: 20_000 }).toBe(true);
    await page.getByRole('link', { name: 'The lengthy mug' }).first().waitFor();
    await replaceSchema(page, { type: 'object', properties: { text: { maxLength: 50 } } });
    await page.getByText('Version 2 breaks nothing: all of the 2 steps that use it still fit.').waitFor();
    await replaceSchema(page, { type: 'nonsense' });
    await page
      .getByRole('alert')
      .getByText(/inputSchema/)
      .first()
      .waitFor();
    await replaceSchema(page, { type: 'object', properties: { note: {} }, required: ['note'] });
    await page.getByRole('button', { name: 'Save a new version' }).click();
    await page.getByText('the input note is new, and required').waitFor();
    await page.getByRole('region', { name: 'Products' }).getByText('1 problem').nth(1).waitFor();
  });

  test('the form follows the schema, and its values become a sample', async () => {
    await registerNote('formed');
    const page = await open('/admin/components/formed');
    await replaceSchema(page, {
      type: 'object',
      properties: { wish: { type: 'string', title: 'Your wish' } },
    });
    await page.getByRole('textbox', { name: 'Your wish' }).fill('sunshine');
    await page.getByRole('button', { name: 'A sample that must pass' }).click();
    expect(JSON.parse(await field(page, 'Inputs of sample 1').inputValue())).toEqual({ wish: 'sunshine' });
  });

  test('the form has a field for each type of input, and the service accepts its values', async () => {
    await registerNote('typed');
    const page = await open('/admin/components/typed', { timezoneId: 'Asia/Kathmandu' });
    const properties = {
      count: { type: 'integer' },
      day: { type: 'string', format: 'date' },
      sentAt: { type: 'string', format: 'date-time' },
      openedAt: { type: 'string', format: 'time' },
      size: { enum: ['S', 'L'] },
      isGift: { type: 'boolean' },
      words: { type: 'array', items: { type: 'string' }, minItems: 1 },
      toppings: { type: 'array', items: { enum: ['nuts', 'fudge'] }, uniqueItems: true },
    };
    const note = {
      type: 'object',
      properties: { lines: { type: 'object', properties: { first: { type: 'string' } } } },
    };
    await replaceSchema(page, {
      type: 'object',
      properties: { ...properties, note },
      required: Object.keys(properties),
    });
    await field(page, 'count').fill('7');
    await page.getByLabel('day').fill('2026-11-27');
    await page.getByLabel('sentAt').fill('2026-11-27T10:30');
    await page.getByLabel('openedAt').fill('10:30');
    await page.getByText('Offset from UTC: +05:45.').waitFor();
    await field(page, 'first').fill('Dear Ada');
    await field(page, 'first').fill('');
    await page.getByRole('combobox', { name: 'size' }).click();
    await page.getByRole('option', { name: 'L' }).click();
    await page.getByRole('checkbox', { name: 'isGift' }).check();
    await page.getByRole('textbox', { name: /^words/ }).fill('hello');
    await page.getByRole('combobox', { name: 'toppings' }).click();
    await page.getByRole('option', { name: 'fudge' }).click();
    await page.getByRole('button', { name: 'A sample that must pass' }).click();
    await state(page, 'Passes, as it must.').waitFor();
    const { sentAt, ...inputs } = JSON.parse(await field(page, 'Inputs of sample 1').inputValue());
    expect(inputs).toEqual({
      count: 7,
      day: '2026-11-27',
      openedAt: '10:30:00+05:45',
      size: 'L',
      isGift: true,
      words: ['hello'],
      toppings: ['fudge'],
    });
    const shown = await page.evaluate((text) => new Date(text).toLocaleString('sv'), sentAt);
    expect(shown).toBe('2026-11-27 10:30:00');
  });

  test('the keywords of a schema are completed, and what is typed stays as it is', async () => {
    await registerNote('completed');
    const page = await open('/admin/components/completed');
    const editor = page.getByRole('textbox', { name: 'Input schema' });
    await page.getByRole('tab', { name: 'JSON' }).click();
    await editor.click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.press('Delete');
    await page.keyboard.type('{"prop');
    await page.getByRole('option', { name: /^properties/ }).click();
    await page.keyboard.type('{"colour": {"type": "str');
    await page.getByRole('option', { name: 'string' }).click();
    await page.keyboard.type('}}}');
    await page.getByRole('textbox', { name: 'colour' }).waitFor();
    expect(await editor.textContent()).toBe('{"properties": {"colour": {"type": "string"}}}');
  });

  test('a schema without a form says why', async () => {
    await registerNote('formless');
    const page = await open('/admin/components/formless');
    const unfinished = page.getByText(/^The schema is not finished/);
    await replaceText(page, '{"type": "object", "prop');
    await unfinished.waitFor();
    await replaceSchema(page, { properties: { pair: { prefixItems: [{}] } } });
    await page.getByText(/^No form can show this schema.*prefixItems/).waitFor();
    await replaceSchema(page, { type: 'object' });
    await page.getByText(/^The schema names no inputs/).waitFor();
    await replaceSchema(page, { type: 'nonsense' });
    await unfinished.waitFor();
  });

  test('two people who save a version keep both changes', async () => {
    const id = await registerNote('shared');
    const page = await open('/admin/components/shared');
    await field(page, 'Description').fill('Mine');
    await stage.app.query(
      `mutation ($id: ID!) { updateComponent(id: $id, input: { timeoutSeconds: 7, name: "Theirs" }) { userErrors { message } } }`,
      { id },
    );
    await page.getByRole('button', { name: 'Save a new version' }).click();
    await page.getByText('Somebody else saved version 2 meanwhile').waitFor();
    await page.getByRole('button', { name: 'Put my changes on version 2' }).click();
    await page.getByText('Your changes are still here').waitFor();
    await expect.poll(() => field(page, 'Name').inputValue()).toBe('Theirs');
    await expect.poll(() => field(page, 'Description').inputValue()).toBe('Mine');
    await page.getByRole('button', { name: 'Save a new version' }).click();
    await page.getByText('Your changes are still here').waitFor({ state: 'detached' });
    const { component } = await stage.app.query(
      '{ component(key: "shared") { name description timeoutSeconds } }',
    );
    expect(component).toEqual({ name: 'Theirs', description: 'Mine', timeoutSeconds: 7 });
  });

  test('what is typed while a version is saved stays', async () => {
    await registerNote('late');
    const page = await open('/admin/components/late');
    await field(page, 'Name').fill('Sent');
    await page.getByRole('textbox', { name: 'Attempts at most' }).fill('5');
    const typed = Promise.withResolvers<void>();
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('mutation ComponentEditor_Update')) await typed.promise;
      await route.continue();
    });
    await page.getByRole('button', { name: 'Save a new version' }).click();
    await field(page, 'Name').fill('Typed');
    typed.resolve();
    await page.getByText('Your changes are still here').waitFor();
    await expect.poll(() => field(page, 'Name').inputValue()).toBe('Typed');
    await page.getByRole('button', { name: 'Save a new version' }).click();
    await page.getByText('Your changes are still here').waitFor({ state: 'detached' });
    const { component } = await stage.app.query('{ component(key: "late") { name version } }');
    expect(component).toEqual({ name: 'Typed', version: 2 });
  });

  test('any two versions are compared', async () => {
    const id = await registerNote('compared');
    for (const timeoutSeconds of [7, 9, 11])
      await stage.app.query(
        'mutation ($id: ID!, $input: UpdateComponentInput!) { updateComponent(id: $id, input: $input) { userErrors { message } } }',
        { id, input: { timeoutSeconds } },
      );
    const page = await open('/admin/components/compared');
    const changes = page.getByRole('list', { name: /^Changes from version/ }).getByRole('listitem');
    await changes.getByText(/^time limit .* → 11$/).waitFor();
    await page.getByLabel('From version', { exact: true }).selectOption('2');
    await page.getByLabel('To version', { exact: true }).selectOption('3');
    await changes.getByText('time limit 7 → 9', { exact: true }).waitFor();
    await expect.poll(() => changes.count()).toBe(1);
    await page.getByLabel('From version', { exact: true }).selectOption('3');
    await page.getByText('Scripts see no difference between these two.').waitFor();
  });

  test('archiving says what stops', async () => {
    await registerNote('archived', ['red', 'blue']);
    const page = await open('/admin/components/archived');
    await page.getByRole('button', { name: 'Archive…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Archive Gift note?' });
    await dialog.getByText('It stops running on 2 products, which keep the step:').waitFor();
    await dialog.getByText('The blue mug').waitFor();
    await dialog.getByText('No run of it is under way.').waitFor();
    await dialog.getByRole('button', { name: 'Archive' }).click();
    await page.getByRole('button', { name: 'Restore' }).click();
    await page.getByRole('button', { name: 'Archive…' }).waitFor();
    expect(stage.browser.problems).toEqual([]);
  });
});
