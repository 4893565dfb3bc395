import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { largeRequestHash, requestHash } from '../../../src/runs/enqueue/request-hash.ts';

const hash = (request: object) => requestHash(request).toString('hex');

it('is the same for whatever order keys come in', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (request) => {
      const shuffled = JSON.parse(JSON.stringify(request), (_key, value) =>
        value && typeof value === 'object' && !Array.isArray(value)
          ? Object.fromEntries(Object.entries(value).reverse())
          : value,
      );
      expect(hash(shuffled)).toBe(hash(JSON.parse(JSON.stringify(request))));
    }),
  );
});

it('is another for another value, wherever it stands', () => {
  const runAt = new Date(0);
  const requests = [
    {},
    { a: 1 },
    { a: '1' },
    { a: [1, 2] },
    { a: [2, 1] },
    { a: [[1], 2] },
    { a: { b: null } },
    { a: {} },
    { a: { b: 'c' } },
    { 'a":{"b': 'c' },
    { runAt },
    { runAt: new Date(1) },
    JSON.parse('{"a": {"__proto__": 1}}'),
  ];
  expect(new Set(requests.map(hash)).size).toBe(requests.length);
});

it('takes a field sent as null for one that was left out', () => {
  expect(hash({ a: 1, channel: null, trigger: undefined })).toBe(hash({ a: 1 }));
});

it('is that of the whole text, however long it is', async () => {
  const list = Array.from({ length: 20_000 }, (_, n) => ({
    a: n / 4,
    b: `😀${n}`,
    c: [n, -n - 0.5, true, null],
  }));
  const hash = createHash('sha256').update(JSON.stringify({ list }));
  const whole = hash.digest();
  expect(requestHash({ list })).toEqual(whole);
  expect(await largeRequestHash({ list, channel: null })).toEqual(whole);
});
