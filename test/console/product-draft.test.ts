import { describe, expect, test } from 'vitest';
import { mergeDrafts } from '../../src/console/product/conflict.ts';
import { fieldErrors } from '../../src/console/product/field-errors.ts';
import { choicesIn, inputSchemaOf, labelOf } from '../../src/console/product/input-hints.ts';
import { pathOptions } from '../../src/console/product/paths.ts';
import {
  draftOf,
  inputOf,
  isSame,
  moved,
  newBinding,
  newStep,
  textOf,
  unboundInputs,
  valueIn,
} from '../../src/console/product/product-draft.ts';
import { sourceText, whenText } from '../../src/console/product/step-sentence.ts';

const component = {
  id: 'c1',
  key: 'gift-note',
  name: 'Gift note',
  triggers: ['CHECKOUT', 'OPERATOR'] as const,
  inputSchema: { required: ['text'], properties: { colour: {}, text: {}, paper: {} } },
};
const stored = {
  title: 'Mug',
  attributes: { colour: 'blue' },
  journeyComponents: [
    {
      id: 'a1',
      component,
      channelEligibility: ['web', 'app'],
      isRequired: true,
      metadata: { slot: 1 },
      bindings: [
        { __typename: 'RuntimeBinding' as const, inputKey: 'text', required: true, path: 'input.note' },
        {
          __typename: 'StaticBinding' as const,
          inputKey: 'paper',
          required: true,
          secret: false,
          value: '12',
        },
        { __typename: 'StaticBinding' as const, inputKey: 'pin', required: true, secret: true, value: null },
        { __typename: 'SecretBinding' as const, inputKey: 'token', required: false, name: 'PRINTER' },
      ],
    },
  ],
};

describe('a draft', () => {
  test('of a stored product sends the same product, and no value for a secret that is stored', () => {
    expect(inputOf(draftOf(stored), 'MUG', null)).toEqual({
      sku: 'MUG',
      shop: null,
      title: 'Mug',
      attributes: { colour: 'blue' },
      journeyComponents: [
        {
          id: 'a1',
          componentId: 'c1',
          channelEligibility: ['web', 'app'],
          isRequired: true,
          metadata: { slot: 1 },
          bindings: [
            { runtime: { inputKey: 'text', required: true, path: 'input.note' } },
            { static: { inputKey: 'paper', required: true, secret: false, value: '12' } },
            { static: { inputKey: 'pin', required: true, secret: true } },
            { secret: { inputKey: 'token', required: false, name: 'PRINTER' } },
          ],
        },
      ],
    });
  });

  test('sends nothing while the attributes are not an object', () => {
    for (const attributes of ['{', '[]', '3', 'null'])
      expect(inputOf({ ...draftOf(stored), attributes }, 'MUG', null)).toBeNull();
    expect(inputOf({ ...draftOf(stored), attributes: ' ' }, 'MUG', null)?.attributes).toEqual({});
  });

  test('is the same by what would be stored, not by its spaces', () => {
    const draft = draftOf(stored);
    expect(isSame(draft, { ...draft, attributes: '{"colour":"blue"}' })).toBe(true);
    expect(isSame(draft, { ...draft, attributes: '{"colour":' })).toBe(false);
    expect(isSame(draft, { ...draft, title: 'Cup' })).toBe(false);
  });

  test('begins a step with a binding for each required input, and offers the others', () => {
    const step = newStep(component);
    expect(step.bindings.map(({ inputKey }) => inputKey)).toEqual(['text']);
    expect(unboundInputs(step)).toEqual(['colour', 'paper']);
    expect(unboundInputs({ ...step, bindings: [] })[0]).toBe('text');
  });

  test('lets a step run without an input that its schema does not require', () => {
    const isRequired = (name: string) => newBinding(component, name).isRequired;
    expect(['text', 'paper', ''].map(isRequired)).toEqual([true, false, true]);
  });
});

test.each(['text', '12', '"12"', 'true', '', '{"a":1}', '[1]', 'null', '1e3'])(
  'the text %j is read as it was shown',
  (text) => {
    expect(valueIn(textOf(valueIn(text)))).toEqual(valueIn(text));
  },
);

test('a step moves within the list, and not out of it', () => {
  expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
  expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
  expect(moved(['a', 'b'], 0, 2)).toEqual(['a', 'b']);
  expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
});

test('errors stand beside their field', () => {
  const [step] = draftOf(stored).steps;
  const errors = fieldErrors(
    [
      { path: ['title'], message: 'too long' },
      {
        path: ['journeyComponents', '0', 'bindings', '0', 'runtime', 'path'],
        message: 'must begin with input',
      },
      { path: ['journeyComponents', '0', 'bindings', '1', 'static', 'inputKey'], message: 'is there twice' },
      { path: ['journeyComponents', '0', 'channelEligibility', '3'], message: 'too long' },
      { path: ['journeyComponents', '0', 'componentId'], message: 'is archived' },
      { path: ['journeyComponents', '7'], message: 'unknown' },
      { path: [], message: 'busy' },
    ],
    draftOf(stored).steps,
  );
  expect(errors).toEqual({
    title: 'too long',
    [`a1.${step!.bindings[0]!.key}.value`]: 'must begin with input',
    [`a1.${step!.bindings[1]!.key}.inputKey`]: 'is there twice',
    'a1.channels': 'too long',
    a1: 'is archived',
    form: 'unknown busy',
  });
});

test('an input is labelled and has choices by its schema', () => {
  const properties = { size: { title: 'Size', description: 'Of the box', enum: ['S', '7', 7, null] } };
  const schema = inputSchemaOf({ ...component, inputSchema: { properties } }, 'size');
  expect(labelOf(schema)).toBe('Size: Of the box');
  expect(choicesIn(schema)).toEqual(['S', '"7"', '7', 'null']);
  expect(choicesIn({ type: 'boolean' })).toEqual(['true', 'false']);
  expect(choicesIn({ const: 'only' })).toEqual(['only']);
  expect(choicesIn({ type: 'string' })).toEqual([]);
  for (const inputSchema of [{}, { properties: 1 }, { properties: { size: true } }])
    expect(inputSchemaOf({ ...component, inputSchema }, 'size')).toEqual({});
});

test('the paths of a request lead to its values, and say which none can be', () => {
  const request = { product: { sku: 'A', 'a.b': { c: 1 }, list: [{ n: 1 }] }, input: { note: 'hi' } };
  expect(pathOptions(request, 'product').map(({ path, obstacle }) => [path, obstacle === null])).toEqual([
    ['product.sku', true],
    ['product.a.b', false],
    ['product.a.b.c', false],
    ['product.list', true],
    ['product.list[0]', true],
    ['product.list[0].n', true],
  ]);
  expect(pathOptions(request, 'run')).toEqual([{ path: 'input.note', value: 'hi', obstacle: null }]);
  expect(pathOptions(null, 'run')).toEqual([]);
  expect(pathOptions({ input: { list: Array(1_000).fill(0) } }, 'run')).toHaveLength(500);
});

test('a step reads as a sentence', () => {
  const { steps } = draftOf(stored);
  expect(whenText(steps[0]!)).toBe('At checkout and by operators, on web and app');
  expect(whenText({ component, channels: [] })).toBe('At checkout and by operators, on every channel');
  expect(steps[0]!.bindings.map(sourceText)).toEqual([
    'input.note',
    '"12"',
    'a hidden value',
    'the secret PRINTER',
  ]);
});

describe('two people who save one product', () => {
  const base = draftOf(stored);
  test('keep what only one of them changed', () => {
    const merged = mergeDrafts(base, { ...base, title: 'Mine' }, { ...base, attributes: '{"size":1}' });
    expect(merged).toEqual({ merged: { ...base, title: 'Mine', attributes: '{"size":1}' }, conflicts: [] });
  });
  test('decide what both changed', () => {
    const mine = { ...base, title: 'Mine', steps: [] };
    const merged = mergeDrafts(base, mine, { ...base, title: 'Theirs' });
    expect(merged).toEqual({ merged: mine, conflicts: [{ part: 'title', label: 'Title' }] });
  });
  test('have changed nothing by the order of keys alone', () => {
    const [blue, red] = ['blue', 'red'].map((colour) => ({
      ...base,
      attributes: `{"a":{"x":1,"y":[2]},"colour":"${colour}"}`,
    }));
    const mine = { ...blue!, attributes: '{"colour":"blue", "a":{"y":[2],"x":1}}' };
    expect(mergeDrafts(blue!, mine, red!)).toEqual({ merged: red, conflicts: [] });
    expect(isSame(blue!, mine)).toBe(true);
    const metadata = (slots: object) => ({
      ...base,
      steps: base.steps.map((step) => ({ ...step, metadata: { ...slots } })),
    });
    expect(
      mergeDrafts(metadata({ a: 1, b: 2 }), metadata({ b: 2, a: 1 }), metadata({ a: 1, b: 3 })).conflicts,
    ).toEqual([]);
    // The order of a list counts.
    expect(isSame(blue!, { ...blue!, attributes: blue!.attributes.replace('[2]', '[2,1]') })).toBe(false);
  });
  test('agree where both changed it alike', () => {
    const both = { ...base, title: 'Same' };
    expect(mergeDrafts(base, both, both)).toEqual({ merged: both, conflicts: [] });
  });
});
