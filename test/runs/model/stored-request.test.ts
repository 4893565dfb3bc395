import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/json/json.ts';
import { type RequestSources, storedRequest, wholeRequest } from '../../../src/runs/model/stored-request.ts';
import type { Binding } from '../../../src/script-request/bindings/binding-model.ts';

const json = fc
  .dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ stringUnit: 'grapheme' }), { maxKeys: 4 })
  .map((value) => value as JsonObject);

const NOTHING = { inputPayload: {}, context: {}, metadata: {}, bindingSnapshot: [] };
const ofGroup = (input: JsonObject, context: JsonObject = {}): RequestSources => ({
  own: NOTHING,
  shared: { input, context },
});

describe('a request as it is stored', () => {
  it('is given back byte for byte, whatever it and its sources hold', () => {
    const shared = fc.option(fc.record({ input: json, context: json }));
    const own = fc.record({
      inputPayload: json,
      context: json,
      metadata: json,
      bindingSnapshot: fc.constant<Binding[]>([]),
    });
    fc.assert(
      fc.property(shared, own, json, fc.nat({ max: 3 }), (shared, own, more, times) => {
        const input = { ...shared?.input, ...own.inputPayload };
        const body = JSON.stringify({
          ...Object.fromEntries(Array(times).entries()),
          inputs: { ...input, ...more },
          input,
          context: { ...shared?.context, ...own.context },
          metadata: own.metadata,
        });
        const sources = { own, shared };
        expect(wholeRequest(storedRequest(body, sources), sources)).toBe(body);
      }),
    );
  });

  it.each([
    ['a dollar sign', { $$: 'x'.repeat(80), '$&': 'y'.repeat(80), '$`': 'z'.repeat(80) }],
    ['what another part holds', { ['x'.repeat(80)]: 'y'.repeat(90), short: 'x'.repeat(80) }],
  ])('is given back though the key of a part holds %s', (_, input) => {
    const body = JSON.stringify({ input });
    for (const sources of [ofGroup(input), { own: { ...NOTHING, inputPayload: input }, shared: null }])
      expect(wholeRequest(storedRequest(body, sources), sources)).toBe(body);
  });

  it('does not store what its group stores, though one part of it stands within another', () => {
    const cart = { note: '$& $1 "\\u0001" \u2028'.repeat(20) };
    const input = { cart, order: { cart, id: 'x'.repeat(500) } };
    const sources = ofGroup(input, { checkout: cart });
    const body = JSON.stringify({ input, inputs: input, context: { checkout: cart } });
    const stored = storedRequest(body, sources);
    expect(stored.length).toBeLessThan(250);
    expect(wholeRequest(stored, sources)).toBe(body);
  });

  it('does not store what its run stores, in its payloads or in the inputs that are made of them', () => {
    const own = {
      inputPayload: { order: { id: 'x'.repeat(500) }, n: 1 },
      context: { session: 'y'.repeat(500) },
      metadata: { note: 'z'.repeat(500) },
      bindingSnapshot: [
        { kind: 'static' as const, inputKey: 'a', value: 'v'.repeat(500), required: true, secret: false },
      ],
    };
    const sources = { own, shared: null };
    const { inputPayload: input, context, metadata, bindingSnapshot } = own;
    const body = JSON.stringify({ inputs: { ...input, a: 1 }, bindingSnapshot, input, context, metadata });
    const stored = storedRequest(body, sources);
    expect(stored.length).toBeLessThan(200);
    expect(wholeRequest(stored, sources)).toBe(body);
  });
});
