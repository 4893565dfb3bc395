import { describe, expect, test } from 'vitest';
import type { Binding } from '../../../src/script-request/bindings/binding-model.ts';
import { type BindingScope, resolveBindings } from '../../../src/script-request/bindings/resolve.ts';

const scope: BindingScope = {
  product: {
    id: 'p',
    sku: 'SKU-1',
    slug: 's',
    title: 'T',
    attributes: { colour: 'red', sku: 'own', none: null },
  },
  productComponent: { id: 'a', metadata: { drawer: 'primary' } },
  component: { id: 'c', key: 'gift', version: 3 },
  input: { order: { id: 'ord_1', lines: [{ qty: 2 }] } },
  context: { preview: true },
  metadata: { initiator: 'checkout' },
  trigger: { type: 'CHECKOUT', channel: null },
};
const at = (path: string, required = true): Binding => ({
  kind: /^(product|component)/.test(path) ? 'product_field' : 'runtime',
  inputKey: path,
  path,
  required,
});

describe('resolveBindings', () => {
  test.each([
    ['product.sku', 'SKU-1'],
    ['product.attributes.sku', 'own'],
    ['product.colour', 'red'],
    ['product.none', null],
    ['productComponent.metadata.drawer', 'primary'],
    ['component.version', 3],
    ['input.order.lines[0].qty', 2],
    ['context.preview', true],
    ['metadata.initiator', 'checkout'],
    ['trigger.channel', null],
  ])('%s resolves', (path, value) => {
    const { resolutions, values, missing } = resolveBindings([at(path)], scope);
    expect(resolutions).toEqual([{ binding: at(path), resolved: true, value, reason: null }]);
    expect(values).toEqual({ [path]: value });
    expect(missing).toEqual([]);
  });

  test('leaves out what is missing, and names what was required of it', () => {
    const { resolutions, values, missing } = resolveBindings(
      [at('input.nope'), at('product.nope', false)],
      scope,
    );
    expect(values).toEqual({});
    expect(missing).toEqual(['input.nope']);
    expect(resolutions.map(({ reason }) => reason)).toEqual([
      'input has no key "nope"; its keys are "order"',
      'product.attributes has no key "nope"; its keys are "colour", "sku", "none"',
    ]);
  });

  test('a run without a product says so', () => {
    const { resolutions } = resolveBindings([at('product.sku')], { ...scope, product: null });
    expect(resolutions[0]?.reason).toBe('the run has no product');
  });

  test('a stored path that is no path is missing, not an exception', () => {
    const bad: Binding = { kind: 'runtime', inputKey: 'x', path: 'product.sku', required: true };
    expect(resolveBindings([bad], scope)).toMatchObject({
      missing: ['x'],
      resolutions: [{ resolved: false }],
    });
  });

  test('answers in the order given, and fills static first, product_field next, runtime last', () => {
    const fixed: Binding = { kind: 'static', inputKey: 'fixed', value: 1, required: true, secret: false };
    const bindings = [at('input.order.id'), at('product.sku'), fixed];
    const { resolutions, values } = resolveBindings(bindings, scope);
    expect(resolutions.map(({ binding }) => binding)).toEqual(bindings);
    expect(Object.keys(values)).toEqual(['fixed', 'product.sku', 'input.order.id']);
  });

  test('an inputKey named like an inherited member is an own key of the values', () => {
    const fixed: Binding = {
      kind: 'static',
      inputKey: 'constructor',
      value: 'mine',
      required: true,
      secret: false,
    };
    const { values } = resolveBindings([fixed], scope);
    expect(Object.entries(values)).toEqual([['constructor', 'mine']]);
  });
});
