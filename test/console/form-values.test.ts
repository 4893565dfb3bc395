import fc from 'fast-check';
import { expect, test } from 'vitest';
import { errorTree, offsetAt, readTime, writeTime } from '../../src/console/parts/form-values.ts';
import { fitsFormat, formatOf } from '../../src/json/schema/formats.ts';

const two = (count: number) => String(count).padStart(2, '0');
const clocks = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), fc.integer({ min: 1, max: 59 }))
  .chain(([hour, minute, second]) =>
    fc.constantFrom(`${two(hour)}:${two(minute)}`, `${two(hour)}:${two(minute)}:${two(second)}`),
  );

test('a time that a form writes is one of JSON Schema, and is read as it was typed, in any time zone', () => {
  fc.assert(
    fc.property(clocks, fc.integer({ min: -14 * 60, max: 14 * 60 }), (clock, minutes) => {
      const offset = offsetAt({ getTimezoneOffset: () => minutes } as Date);
      const time = writeTime(clock, offset);
      expect(fitsFormat(formatOf('time')!, time)).toBe(true);
      expect(readTime(time)).toEqual({ clock, offset });
    }),
  );
  const east = { getTimezoneOffset: () => -330 } as Date;
  expect(writeTime('10:30', offsetAt(east))).toBe('10:30:00+05:30');
});

test('a time keeps its own offset, and a text that is no time is not shown', () => {
  expect(readTime('10:30:00Z')).toEqual({ clock: '10:30', offset: 'Z' });
  expect(readTime('10:30:15.5-03:00')).toEqual({ clock: '10:30:15.5', offset: '-03:00' });
  expect(readTime('10:30')).toEqual({ clock: '10:30', offset: null });
  for (const text of ['', 'soon', '1:30', '10:30+1'])
    expect(readTime(text)).toEqual({ clock: '', offset: null });
});

test('errors stand at the place of their field, whatever its name', () => {
  const tree = errorTree([
    { path: '', message: 'too few' },
    { path: '/a~1b/0/~0c', message: 'too long' },
    { path: '/a~1b/0/~0c', message: 'not a date' },
    { path: '/__proto__/x', message: 'nonsense' },
  ]);
  expect(tree).toEqual({
    __errors: ['too few'],
    'a/b': { 0: { '~c': { __errors: ['too long', 'not a date'] } } },
  });
  expect(({} as { x?: unknown }).x).toBeUndefined();
});
