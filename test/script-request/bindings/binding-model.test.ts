import { describe, expect, test } from 'vitest';
import {
  type Binding,
  type BindingInput,
  bindingMistakes,
  normaliseBindings,
} from '../../../src/script-request/bindings/binding-model.ts';

const secret = (inputKey: string, value: string | null): Binding => ({
  kind: 'static',
  inputKey,
  value,
  required: true,
  secret: true,
});

describe('normaliseBindings', () => {
  test('fills what is left out', () => {
    const inputs: BindingInput[] = [
      { static: { inputKey: 'a' } },
      { productField: { inputKey: 'b', path: 'product.sku' } },
      { runtime: { inputKey: 'c', path: 'input.x', required: false } },
    ];
    expect(normaliseBindings(inputs)).toEqual([
      { kind: 'static', inputKey: 'a', value: null, required: true, secret: false },
      { kind: 'product_field', inputKey: 'b', path: 'product.sku', required: true },
      { kind: 'runtime', inputKey: 'c', path: 'input.x', required: false },
    ]);
  });

  test.each([undefined, null])('a secret given as %s keeps the stored one of its inputKey', (value) => {
    const stored = [secret('other', 'x'), secret('token', 'kept')];
    const input = { static: { inputKey: 'token', value, secret: true } };
    expect(normaliseBindings([input], stored)).toEqual([secret('token', 'kept')]);
  });

  test('a stored secret never becomes the value of a binding that is not secret', () => {
    const input = { static: { inputKey: 'token', value: null, secret: false } };
    expect(normaliseBindings([input], [secret('token', 'kept')])).toEqual([
      { kind: 'static', inputKey: 'token', value: null, required: true, secret: false },
    ]);
  });
});

describe('bindingMistakes', () => {
  const runtime = (inputKey: string, path = 'input.x'): Binding => ({
    kind: 'runtime',
    inputKey,
    path,
    required: true,
  });
  const fixed = (value: unknown): Binding => ({
    kind: 'static',
    inputKey: 'a',
    value: value as string,
    required: true,
    secret: false,
  });

  test.each<[string, Binding[], string[], RegExp]>([
    ['an empty inputKey', [runtime('')], ['0', 'inputKey'], /empty/],
    ['a long inputKey', [runtime('x'.repeat(129))], ['0', 'inputKey'], /128/],
    ['__proto__ as inputKey', [runtime('__proto__')], ['0', 'inputKey'], /__proto__/],
    ['a NUL in an inputKey', [runtime('a\0')], ['0', 'inputKey'], /NUL/],
    ['an inputKey used twice', [runtime('a'), runtime('b'), runtime('a')], ['2', 'inputKey'], /"a"/],
    ['a root of the other kind', [runtime('a', 'product.sku')], ['0', 'path'], /input\., context\./],
    ['a path into a prototype', [runtime('a', 'input.__proto__.x')], ['0', 'path'], /__proto__/],
    ['a NUL in a path', [runtime('a', 'input.\0')], ['0', 'path'], /NUL/],
    ['a static value that is no JSON', [fixed({ deep: [-0] })], ['0', 'value', 'deep', '0'], /send 0$/],
    ['a secret that nobody stored', [secret('a', null)], ['0', 'value'], /no secret is stored/],
    ['more than a hundred bindings', Array.from({ length: 101 }, (_, n) => runtime(`k${n}`)), [], /100/],
    [
      'too much in all',
      [fixed('x'.repeat(200_000)), { ...fixed('y'.repeat(100_000)), inputKey: 'b' }],
      [],
      /bytes/,
    ],
  ])('tells %s', (_, bindings, path, message) => {
    expect(bindingMistakes(bindings)).toMatchObject([{ path, message: expect.stringMatching(message) }]);
  });

  test('tells all mistakes of a list at once', () => {
    const paths = bindingMistakes([runtime('', 'x'), secret('s', null)]).map(({ path }) => path.join('.'));
    expect(paths).toEqual(['0.inputKey', '0.path', '1.value']);
  });

  test('finds none in a hundred good ones', () => {
    expect(bindingMistakes(Array.from({ length: 100 }, (_, n) => runtime(`k${n}`)))).toEqual([]);
  });
});
