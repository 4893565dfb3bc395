import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isJsonObject, type Json, type JsonObject } from '../../../src/json/json.ts';
import {
  lookup,
  PRODUCT_FIELD_ROOTS,
  parsePath,
  RUNTIME_ROOTS,
} from '../../../src/script-request/bindings/path.ts';

describe('parsePath', () => {
  test.each([
    ['input.order', ['order']],
    ['input.order.lines[0].sku', ['order', 'lines', 0, 'sku']],
    ['input.matrix[1][20]', ['matrix', 1, 20]],
    ['input.a key.with-dash.$x', ['a key', 'with-dash', '$x']],
    ['input.0', ['0']],
    ['input.toString', ['toString']],
  ])('reads %s', (text, steps) => {
    expect(parsePath(text, RUNTIME_ROOTS)).toEqual({ ok: true, path: { root: 'input', steps } });
  });

  test.each([
    ['', /input\., context\., metadata\. or trigger\./],
    ['order.id', /must begin with input\./],
    ['product.sku', /must begin with/],
    ['inputs.x', /must begin with/],
    ['input', /keys between dots/],
    ['input.', /keys between dots/],
    ['input..x', /keys between dots/],
    ['input[0]', /keys between dots/],
    ['input.x[]', /keys between dots/],
    ['input.x[-1]', /keys between dots/],
    ['input.x[01]', /keys between dots/],
    ['input.x[0', /keys between dots/],
    ['input.x]', /keys between dots/],
    ['input.x.', /keys between dots/],
    ['input.__proto__', /__proto__/],
    ['input.x.constructor.name', /constructor/],
    ['input.x[0].prototype', /prototype/],
    [`input.${'x'.repeat(600)}`, /512/],
  ])('refuses %s and says what would be right', (text, message) => {
    expect(parsePath(text, RUNTIME_ROOTS)).toEqual({ ok: false, message: expect.stringMatching(message) });
  });

  test('lists the roots of the kind', () => {
    expect(parsePath('input.x', PRODUCT_FIELD_ROOTS)).toMatchObject({
      message: 'must begin with product., productComponent. or component.',
    });
  });
});

describe('lookup', () => {
  const scope: { [root: string]: JsonObject | null } = {
    input: { order: { lines: [{ sku: 'A' }, null], note: null, total: '9.90' }, length: 2, empty: {} },
    context: null,
  };

  test.each([
    ['input.order.lines[0].sku', 'A'],
    ['input.order.lines[1]', null],
    ['input.order.note', null],
    ['input.length', 2],
  ])('%s finds its value', (text, value) => {
    expect(find(text, scope)).toEqual({ found: true, value });
  });

  test.each([
    ['input.order.id', 'input.order has no key "id"; its keys are "lines", "note", "total"'],
    ['input.empty.id', 'input.empty has no key "id"; it is empty'],
    ['input.order.note.text', 'input.order.note is null, so it has no key "text"'],
    ['input.order.total.length', 'input.order.total is a string, so it has no key "length"'],
    ['input.order.lines.sku', 'input.order.lines is a list: name an item, like input.order.lines[0]'],
    ['input.order.lines.length', 'input.order.lines is a list: name an item, like input.order.lines[0]'],
    ['input.order.lines[2]', 'input.order.lines has 2 items, none at [2]'],
    ['input.order[0]', 'input.order is an object, not a list; its keys are "lines", "note", "total"'],
    ['input.toString', 'input has no key "toString"; its keys are "order", "length", "empty"'],
    ['context.x', 'the run has no context'],
    ['metadata.x', 'the run has no metadata'],
  ])('%s is missing, with the reason', (text, reason) => {
    expect(find(text, scope)).toEqual({ found: false, reason });
  });

  test('names a few keys of a large object, and the beginnings of long ones', () => {
    const names = [
      'x'.repeat(39) + '😀'.repeat(9),
      ...Array.from({ length: 99 }, (_, index) => `key ${index}`),
    ];
    const input = Object.fromEntries(names.map((name) => [name, 1]));
    const found = find('input.nope', { input });
    expect(found).toMatchObject({
      reason: expect.stringMatching(/x{39}.…", "key 0", .*"key 10" and 88 more$/),
    });
    expect(JSON.stringify(found).length).toBeLessThan(400);
  });

  const keys = fc
    .stringMatching(/^[a-z_$ -]{1,8}$/)
    .filter((key) => !['constructor', 'prototype'].includes(key));
  const trees = fc.letrec<{ value: Json; object: JsonObject }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<Json>(null, true, 'text', 7),
      fc.array(tie('value'), { maxLength: 3 }),
      tie('object'),
    ),
    object: fc.dictionary(keys, tie('value'), { maxKeys: 3 }),
  })).object;

  test('finds exactly the own values of any tree', () => {
    fc.assert(
      fc.property(trees, (input) => {
        for (const [text, value] of places(input, 'input'))
          expect(find(text, { input })).toEqual({ found: true, value });
      }),
    );
  });

  test('finds nothing that is inherited, whatever the names', () => {
    const inherited = fc.constantFrom(
      ...Object.getOwnPropertyNames(Object.prototype),
      ...Object.getOwnPropertyNames(Array.prototype),
      ...Object.getOwnPropertyNames(String.prototype),
    );
    fc.assert(
      fc.property(trees, inherited, fc.nat(), (input, name, pick) => {
        const all = places(input, 'input');
        const [text, value] = all[pick % Math.max(1, all.length)] ?? ['input', input];
        const own = isJsonObject(value) && Object.hasOwn(value, name);
        expect(find(`${text}.${name}`, { input }).found).toBe(own);
      }),
    );
  });
});

function find(text: string, scope: { [root: string]: JsonObject | null }) {
  const parsed = parsePath(text, RUNTIME_ROOTS);
  return parsed.ok ? lookup(parsed.path, scope) : { found: false, reason: parsed.message };
}

function places(value: Json, at: string): [string, Json][] {
  if (Array.isArray(value))
    return value.flatMap((item, index) => [[`${at}[${index}]`, item], ...places(item, `${at}[${index}]`)]);
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => [
    [`${at}.${key}`, item],
    ...places(item, `${at}.${key}`),
  ]);
}
