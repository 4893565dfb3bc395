import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inJsonbOrder } from '../../src/json/jsonb-order.ts';

test('shorter keys come first, then by bytes, at every level', () => {
  const ordered = inJsonbOrder({ bb: [{ z: 1, aa: 2, b: 3 }], é: 1, a: null, B: true, ab: {} });
  expect(JSON.stringify(ordered)).toBe('{"B":true,"a":null,"ab":{},"bb":[{"b":3,"z":1,"aa":2}],"é":1}');
});

test('changes nothing but the order, and settles', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const once = inJsonbOrder(JSON.parse(JSON.stringify(value)));
      expect(once).toEqual(JSON.parse(JSON.stringify(value)));
      expect(JSON.stringify(inJsonbOrder(once))).toBe(JSON.stringify(once));
    }),
  );
});

test('copies nothing that is in order', () => {
  const inOrder = { a: [{ b: 1, aa: { c: null } }, []], bb: '' };
  expect(inJsonbOrder(inOrder)).toBe(inOrder);
  const partly = { bb: inOrder, a: [inOrder, { d: 1, c: 2 }] };
  const ordered = inJsonbOrder(partly);
  expect(ordered.bb).toBe(inOrder);
  expect(JSON.stringify(ordered.a[1])).toBe('{"c":2,"d":1}');
  expect(JSON.stringify(partly.a[1])).toBe('{"d":1,"c":2}');
});
