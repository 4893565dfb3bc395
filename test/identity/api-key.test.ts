import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newApiKey, readApiKey } from '../../src/identity/keys/api-key.ts';

test('a key is read as it was made, and no two are alike', () => {
  const keys = Array.from({ length: 200 }, () => newApiKey('live'));
  for (const { text, ...parts } of keys) {
    expect(text).toMatch(/^jrk_live_[0-9A-Za-z]{17}_[0-9A-Za-z]{49}$/);
    expect(readApiKey(text)).toEqual(parts);
  }
  expect(new Set(keys.map(({ id }) => id)).size).toBe(200);
  expect(new Set(keys.map(({ text }) => text.slice(-49))).size).toBe(200);
});

test('a key with one character changed, dropped, added or swapped is recognized as malformed', () => {
  const { text } = newApiKey('test');
  const edits = fc.tuple(
    fc.nat(text.length - 1),
    fc.constantFrom(...'aZ09_ \u00e9'),
    fc.constantFrom('set', 'drop', 'add', 'swap'),
  );
  fc.assert(
    fc.property(edits, ([at, character, kind]) => {
      const edited = {
        set: text.slice(0, at) + character + text.slice(at + 1),
        drop: text.slice(0, at) + text.slice(at + 1),
        add: text.slice(0, at) + character + text.slice(at),
        swap:
          text.slice(0, at) +
          text
            .slice(at, at + 2)
            .split('')
            .reverse()
            .join('') +
          text.slice(at + 2),
      }[kind];
      expect(readApiKey(edited)?.hash ?? null).toEqual(edited === text ? newHash(text) : null);
    }),
    { numRuns: 1_000 },
  );
});

test.each(['', 'jrk_', 'jrk_live', `jrk_live_${'a'.repeat(17)}_${'b'.repeat(49)}`, 'x'.repeat(100_000)])(
  '%s is no key',
  (text) => expect(readApiKey(text)).toBeNull(),
);

const newHash = (text: string) => readApiKey(text)!.hash;
