import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { containing } from '../../src/console/runs/json-path.ts';
import { payloadPaths } from '../../src/console/runs/payload-paths.ts';

/** Whether a value contains another one, as jsonb @> does. */
function contains(value: unknown, part: unknown): boolean {
  if (Array.isArray(part))
    return Array.isArray(value) && part.every((one) => value.some((item) => contains(item, one)));
  if (typeof part === 'object' && part !== null)
    return (
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      Object.entries(part).every(
        ([key, inner]) => Object.hasOwn(value, key) && contains((value as never)[key], inner),
      )
    );
  return value === part;
}

describe('the paths of payloads', () => {
  test('are those of texts, numbers, booleans and nulls, with the values found there', () => {
    const payloads = [
      { order: { number: '7', paid: true }, lines: [{ sku: 'TENT', n: 1 }, { sku: 'MUG' }] },
      { order: { number: 'A-8' } },
    ];
    expect(payloadPaths(payloads)).toEqual([
      { path: 'order.number', values: ['"7"', 'A-8'] },
      { path: 'order.paid', values: ['true'] },
      { path: 'lines[].sku', values: ['TENT', 'MUG'] },
      { path: 'lines[].n', values: ['1'] },
    ]);
  });

  test('give a filter that finds the payload, each with each of its values', () => {
    const keys = fc.oneof(fc.constantFrom('a', 'b c', '__proto__', 'x.y', 'z[]', ''), fc.string());
    const payloads = fc
      .jsonValue({ maxDepth: 4 })
      .chain((value) =>
        fc.record({ value: fc.constant(value), key: keys }).map((made) => ({ [made.key]: made.value })),
      );
    fc.assert(
      fc.property(payloads, (payload) => {
        for (const { path, values } of payloadPaths([payload]))
          for (const value of values) {
            const condition = containing(path, value);
            expect(condition && contains(payload, condition), `${path} = ${value}`).toBe(true);
          }
      }),
    );
  });

  test('of a payload of any size are bounded', () => {
    const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`key${index}`, index]));
    const long = { list: Array.from({ length: 5_000 }, (_, index) => index) };
    expect(payloadPaths([wide])).toHaveLength(500);
    expect(payloadPaths([long])[0]!.values).toHaveLength(20);
  });
});
