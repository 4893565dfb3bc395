import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { register } from '../support/catalogue.ts';
import { seriousViolations, showIn } from './support/axe.ts';
import { hasBrowser } from './support/browser.ts';
import { type ConsoleBrowser, openConsoleBrowser } from './support/console.ts';

const WITHIN = { timeout: 30_000 };

describe.skipIf(!hasBrowser)('the inputs of a component, as rows', () => {
  let app: TestApp;
  let browser: ConsoleBrowser;
  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp(), openConsoleBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  const open = (path: string) => browser.open(`${new URL(app.url).origin}${path}`);
  /** Registers a component with these inputs, and opens its page. */
  const openWith = async (key: string, inputSchema: object) => {
    await register(app, { key, name: 'Gift note', inputSchema });
    const page = await open(`/admin/components/${key}`);
    await save(page).waitFor();
    return page;
  };
  const storedSchema = async (key: string): Promise<unknown> =>
    (await app.query('query ($key: String!) { component(key: $key) { inputSchema } }', { key })).component
      .inputSchema;

  const save = (page: Page) => page.getByRole('button', { name: 'Save a new version' });
  const whyNoSave = (page: Page) => save(page).getAttribute('aria-description');
  const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true });
  const row = (page: Page, name: string) => page.getByRole('group', { name: `Input ${name}`, exact: true });
  const field = (page: Page, input: string, name: string) =>
    row(page, input).getByRole('textbox', { name, exact: true });
  const add = async (page: Page, name: string) => {
    await page.getByRole('button', { name: 'Add an input' }).click();
    await field(page, 'without a name', 'Input').fill(name);
    await row(page, name).waitFor();
  };
  const choose = async (page: Page, input: string, kind: string) => {
    await row(page, input).getByRole('combobox', { name: 'Kind' }).click();
    await page.getByRole('option', { name: kind, exact: true }).click();
  };
  const addChoices = async (page: Page, input: string, choices: readonly string[]) => {
    const box = row(page, input).getByRole('combobox', { name: 'Choices' });
    for (const choice of choices) {
      await box.fill(choice);
      await box.press('Enter');
    }
  };
  const focusedName = (page: Page) =>
    page.evaluate(
      `(() => { const { labels, ariaLabel, textContent } = document.activeElement; return labels?.[0]?.textContent ?? ariaLabel ?? textContent; })()`,
    );
  const jsonText = (page: Page) => page.getByRole('textbox', { name: 'Input schema' });
  const editorFiles = (page: Page) =>
    page.evaluate(
      `performance.getEntriesByType('resource').filter(({ name }) => name.includes('CodeEditor')).length`,
    );

  test('a merchandiser describes the inputs of a new component without JSON', async () => {
    const page = await open('/admin/components/new');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Gift wrap');
    await page.getByRole('textbox', { name: 'Slug', exact: true }).fill('gift/wrap');
    await row(page, 'text').getByRole('checkbox', { name: 'Required' }).uncheck();
    await field(page, 'text', 'Characters at most').fill('40');
    await field(page, 'text', 'Label').fill('Your words');
    await add(page, 'size');
    await choose(page, 'size', 'One of a list');
    await addChoices(page, 'size', ['S', 'L']);
    await row(page, 'size').getByRole('checkbox', { name: 'Required' }).check();
    await add(page, 'count');
    await choose(page, 'count', 'Whole number');
    await field(page, 'count', 'At least').fill('1');
    await field(page, 'count', 'Help text').fill('How many boxes');
    await add(page, 'address');
    await choose(page, 'address', 'Object');
    await row(page, 'address').getByText('Its fields are written in JSON.').waitFor();
    await row(page, 'address').getByRole('button', { name: 'Remove the input address' }).click();
    await row(page, 'address').waitFor({ state: 'detached' });
    await add(page, 'day');
    await choose(page, 'day', 'Date');
    await page.getByRole('textbox', { name: 'Your words', exact: true }).fill('Hello');
    await page.getByLabel('day', { exact: true }).fill('2026-11-27');
    expect(await editorFiles(page)).toBe(0);
    await page.getByRole('button', { name: 'Register the component' }).click();
    await page.getByRole('heading', { name: 'Gift wrap', level: 1 }).waitFor();
    expect(await storedSchema('gift-wrap')).toEqual({
      type: 'object',
      required: ['size'],
      properties: {
        text: { type: 'string', title: 'Your words', maxLength: 40 },
        size: { type: 'string', enum: ['S', 'L'] },
        count: { type: 'integer', minimum: 1, description: 'How many boxes' },
        day: { type: 'string', format: 'date' },
      },
    });
  });

  test('a change in one tab shows in the other', async () => {
    const page = await openWith('tabs', { type: 'object', properties: { note: { type: 'string' } } });
    await field(page, 'note', 'Input').fill('wish');
    await tab(page, 'JSON').click();
    await expect.poll(() => jsonText(page).textContent(), WITHIN).toMatch(/"wish"/);
    await jsonText(page).click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText('{"properties": {"colour": {"type": "string", "maxLength": 5}}}');
    await tab(page, 'Rows').click();
    await expect.poll(() => field(page, 'colour', 'Characters at most').inputValue(), WITHIN).toBe('5');
    expect(await page.getByRole('group', { name: /^Input / }).count()).toBe(1);
  });

  test('leaving a row that is not finished is confirmed, and the keyboard saves a finished one', async () => {
    const page = await openWith('left', { type: 'object', properties: { note: { type: 'string' } } });
    await page.getByRole('button', { name: 'Add an input' }).click();
    await field(page, 'without a name', 'Help text').fill('What the card says');
    await page.getByRole('link', { name: 'Orders', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
    await dialog.getByText('The row of the inputs that is not finished is lost.').waitFor();
    await dialog.getByRole('button', { name: 'Stay' }).click();
    await field(page, 'without a name', 'Input').fill('card');
    await row(page, 'card').waitFor();
    await expect.poll(() => whyNoSave(page), WITHIN).toBeNull();
    await page.keyboard.press('Control+s');
    await page.getByText('Gift note is saved.').waitFor();
    expect(await storedSchema('left')).toMatchObject({
      properties: { note: { type: 'string' }, card: { description: 'What the card says' } },
    });
    await page.getByRole('link', { name: 'Orders', exact: true }).click();
    await page.getByRole('heading', { name: 'Orders', level: 1 }).waitFor();
  });

  test('a text that is not JSON stays in front, with its error', async () => {
    const page = await openWith('broken', { type: 'object', properties: { note: { type: 'string' } } });
    await tab(page, 'JSON').click();
    await jsonText(page).click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText('{"properties": ');
    await page.getByRole('alert').getByText('The schema is not a JSON object yet.').waitFor();
    expect(await tab(page, 'Rows').isDisabled()).toBe(true);
    await page.reload();
    await page.getByText('Your changes are still here').waitFor();
    await expect.poll(() => jsonText(page).textContent(), WITHIN).toBe('{"properties": ');
    await page.getByRole('button', { name: 'Discard' }).click();
    await row(page, 'note').waitFor();
  });

  test('what rows cannot show is written in JSON, and stays as it is', async () => {
    const pair = { prefixItems: [{ type: 'number' }, { type: 'string' }], items: false };
    const note = { type: 'string', pattern: '^[A-Z]', maxLength: 9 };
    const page = await openWith('kept', {
      $defs: { a: { type: 'number' } },
      properties: { pair, note, price: { $ref: '#/$defs/a' } },
    });
    await row(page, 'pair').getByText('is written in JSON').waitFor();
    await row(page, 'note').getByText('Also has pattern.').waitFor();
    await page.getByText('The schema also has $defs.').waitFor();
    await row(page, 'pair').getByRole('checkbox', { name: 'Required' }).check();
    await field(page, 'note', 'Characters at most').fill('12');
    await save(page).click();
    await page.getByText('the input pair is now required').first().waitFor();
    expect(await storedSchema('kept')).toEqual({
      $defs: { a: { type: 'number' } },
      required: ['pair'],
      properties: { pair, note: { ...note, maxLength: 12 }, price: { $ref: '#/$defs/a' } },
    });
    await row(page, 'price').getByRole('button', { name: 'Open the JSON' }).click();
    await jsonText(page).waitFor();
    expect(await focusedName(page)).toBe('JSON');
  });

  test('a schema that is no list of inputs opens as JSON, which says why there are no rows', async () => {
    const page = await openWith('rowless', { properties: { a: {} }, required: ['a'], type: ['object'] });
    await page.getByText(/^Rows show a schema of the type object/).waitFor();
    expect(await tab(page, 'Rows').isDisabled()).toBe(true);
  });

  test('a row that is not finished says so beside its field, and nothing is saved meanwhile', async () => {
    const page = await openWith('unfinished', {
      type: 'object',
      properties: { note: { type: 'string' }, colour: { type: 'string' } },
    });
    await field(page, 'colour', 'Input').fill('note');
    await expect.poll(() => page.getByText('Another input has this name.').count(), WITHIN).toBe(2);
    await expect.poll(() => whyNoSave(page), WITHIN).toBe('A row of the inputs is not finished');
    await row(page, 'note').last().getByRole('textbox', { name: 'Input', exact: true }).fill('');
    await row(page, 'without a name').getByText('Enter a name.').waitFor();
    await page.getByRole('button', { name: 'Discard' }).click();
    await expect.poll(() => field(page, 'colour', 'Input').inputValue(), WITHIN).toBe('colour');
    await expect.poll(() => whyNoSave(page), WITHIN).toBe('Nothing is changed');
    await choose(page, 'colour', 'Several of a list');
    await row(page, 'colour').getByText('Enter at least one choice.').waitFor();
    await addChoices(page, 'colour', ['red', 'Red']);
    await field(page, 'note', 'Characters at most').fill('many');
    await row(page, 'note').getByText('Enter a whole number.').waitFor();
    await expect.poll(() => whyNoSave(page), WITHIN).toBe('A row of the inputs is not finished');
    await field(page, 'note', 'Characters at most').fill('9');
    await expect.poll(() => whyNoSave(page), WITHIN).toBeNull();
    await save(page).click();
    await page
      .getByText(/^schema: properties\.note\.maxLength none → 9$/)
      .first()
      .waitFor();
    expect(await storedSchema('unfinished')).toEqual({
      type: 'object',
      properties: {
        note: { type: 'string', maxLength: 9 },
        colour: { type: 'array', items: { type: 'string', enum: ['red', 'Red'] }, uniqueItems: true },
      },
    });
  });

  test('an input is added after one that has no name yet', async () => {
    const page = await openWith('twice', { type: 'object' });
    for (const _ of [1, 2]) await page.getByRole('button', { name: 'Add an input' }).click();
    await row(page, 'without a name').nth(1).waitFor();
    await row(page, 'without a name').first().getByText('Enter a name.').waitFor();
  });

  test('the keyboard adds, edits and removes rows, and its focus stays near them', async () => {
    const page = await openWith('keyed', { type: 'object', properties: { note: { type: 'string' } } });
    const { keyboard } = page;
    await page.getByRole('button', { name: 'Add an input' }).focus();
    await keyboard.press('Enter');
    await expect.poll(() => focusedName(page), WITHIN).toBe('Input');
    await keyboard.type('colour');
    // Enter ends the field; it does not save.
    await keyboard.press('Enter');
    await expect.poll(() => field(page, 'colour', 'Input').inputValue(), WITHIN).toBe('colour');
    await row(page, 'note').getByRole('button', { name: 'Remove the input note' }).focus();
    await keyboard.press('Enter');
    await page.getByRole('status').getByText('The input note is removed.').waitFor();
    await expect.poll(() => focusedName(page), WITHIN).toBe('Input colour');
    await row(page, 'colour').getByRole('button', { name: 'Remove the input colour' }).focus();
    await keyboard.press('Space');
    await expect.poll(() => focusedName(page), WITHIN).toBe('Add an input');
    await page.getByText('The script has no inputs yet.').waitFor();
    await page.getByRole('combobox', { name: 'Runs' }).press('Enter');
    await page.getByRole('textbox', { name: 'Runtime', exact: true }).fill('node-24');
    await keyboard.press('Enter');
    const { component } = await app.query('{ component(key: "keyed") { version } }');
    expect(component).toEqual({ version: 1 });
  });

  test('rows are accessible in both themes, and fit a phone', async () => {
    const page = await openWith('seen', {
      properties: {
        note: { type: 'string', maxLength: 40, pattern: '^[A-Z]' },
        size: { enum: ['S', 'L'] },
        pair: { prefixItems: [{}] },
      },
      required: ['note'],
      additionalProperties: false,
    });
    await page.getByRole('button', { name: 'Add an input' }).click();
    await field(page, 'without a name', 'Input').blur();
    await row(page, 'without a name').getByText('Enter a name.').waitFor();
    for (const scheme of ['light', 'dark'] as const) {
      await showIn(page, scheme);
      // Ends transitions, in which axe would find colours that are half transparent.
      await page.screenshot({ animations: 'disabled' });
      expect(await seriousViolations(page)).toEqual([]);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    const overflow = () => page.evaluate('document.documentElement.scrollWidth - innerWidth');
    await expect.poll(overflow, WITHIN).toBeLessThanOrEqual(0);
  });

  test('nothing failed in the pages, and the policy was never violated', () => {
    expect(browser.problems).toEqual([]);
  });
});
