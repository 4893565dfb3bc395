import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/json/json.ts';
import { storedRequest, wholeRequest, withShared } from '../../../src/runs/model/shared-payload.ts';

const json = fc
  .dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ stringUnit: 'grapheme' }), { maxKeys: 4 })
  .map((value) => value as JsonObject);

describe('a request as it is kept', () => {
  it('is given back byte for byte, whatever it and what it shares hold', () => {
    const shared = fc.record({ input: json, context: json });
    fc.assert(
      fc.property(shared, json, fc.nat({ max: 3 }), ({ input, context }, own, times) => {
        const body = JSON.stringify({
          own,
          ...Object.fromEntries(Array(times).entries()),
          input,
          inputs: input,
          context,
        });
        const kept = storedRequest(body, { input, context });
        expect(wholeRequest(kept, { input, context })).toBe(body);
      }),
    );
  });

  it.each([
    ['a dollar sign', { $$: 'x'.repeat(80), '$&': 'y'.repeat(80), '$`': 'z'.repeat(80) }],
    ['what another part holds', { ['x'.repeat(80)]: 'y'.repeat(90), short: 'x'.repeat(80) }],
  ])('is given back though the key of a part holds %s', (_, input) => {
    const shared = { input, context: {} };
    const body = JSON.stringify({ input });
    expect(wholeRequest(storedRequest(body, shared), shared)).toBe(body);
  });

  it('does not keep what its group keeps, though one part of it stands within another', () => {
    const cart = { note: '$& $1 "\\u0001" \u2028'.repeat(20) };
    const shared = { input: { cart, order: { cart, id: 'x'.repeat(500) } }, context: { checkout: cart } };
    const body = JSON.stringify({ input: shared.input, inputs: shared.input, context: shared.context });
    const kept = storedRequest(body, shared);
    expect(kept.length).toBeLessThan(250);
    expect(wholeRequest(kept, shared)).toBe(body);
    expect(storedRequest(body, null)).toBe(body);
  });
});

describe('the payload of a run in a group', () => {
  it("is its own part over what the group shares, with its keys in the database's order", () => {
    const payload = withShared({ orderItems: [], order: 1, cart: {} }, { orderItem: 2, order: 3 });
    expect(JSON.stringify(payload)).toBe('{"cart":{},"order":3,"orderItem":2,"orderItems":[]}');
  });
});
