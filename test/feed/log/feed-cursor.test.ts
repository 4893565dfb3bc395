import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareCursors, decodeCursor, encodeCursor, markOf } from '../../../src/feed/log/feed-cursor.ts';

const cursors = fc.record({
  era: fc.integer({ min: 1, max: 999_999_999 }),
  xid: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  position: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
  mark: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
});

test('a cursor survives being written and read', () => {
  fc.assert(
    fc.property(cursors, (cursor) => {
      expect(decodeCursor(encodeCursor(cursor))).toEqual(cursor);
    }),
  );
});

test('a cursor that an earlier version wrote, without a version, is the same place', () => {
  fc.assert(
    fc.property(cursors, ({ era, xid, position, mark }) => {
      const text = Buffer.from(`${era}.${xid}.${position}.${mark.toString(16)}`).toString('base64url');
      expect(decodeCursor(text)).toEqual({ era, xid, position, mark });
    }),
  );
});

test('a cursor of a later version is refused', () => {
  fc.assert(
    fc.property(cursors, fc.integer({ min: 2, max: 99 }), (cursor, version) => {
      const place = Buffer.from(encodeCursor(cursor), 'base64url').toString().slice('1:'.length);
      const text = Buffer.from(`${version}:${place}`).toString('base64url');
      expect(() => decodeCursor(text)).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }));
    }),
  );
});

test('a text that is no cursor is refused, and never read as another one', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.base64String(),
        cursors.map(encodeCursor).map((text) => `${text}=`),
      ),
      (text) => {
        expect(() => decodeCursor(text)).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }));
      },
    ),
  );
});

test('a cursor with one character changed is refused or is another place', () => {
  fc.assert(
    fc.property(cursors, fc.nat(), (cursor, at) => {
      const text = encodeCursor(cursor);
      const index = at % text.length;
      const changed = text.slice(0, index) + (text[index] === 'A' ? 'B' : 'A') + text.slice(index + 1);
      try {
        expect(decodeCursor(changed)).not.toEqual(cursor);
      } catch (error) {
        expect(error).toMatchObject({ code: 'BAD_REQUEST' });
      }
    }),
  );
});

test('places are ordered by era, then transaction, then position', () => {
  const place = (era: number, xid: bigint, position: bigint) => ({ era, xid, position, mark: 0 });
  const ordered = [
    place(1, 9n, 9n),
    place(2, 1n, 5n),
    place(2, 2n, 1n),
    place(2, 2n, 2n),
    place(2, 2n ** 60n, 0n),
  ];
  expect(ordered.toReversed().sort(compareCursors)).toEqual(ordered);
  expect(compareCursors(place(2, 2n, 2n), place(2, 2n, 2n))).toBe(0);
});

test('the mark tells events apart that were given the same numbers', () => {
  const at = new Date('2026-01-01T00:00:00.000Z');
  const event = { runId: '019b0000-0000-7000-8000-000000000001', sequence: 2, at };
  const marks = [
    event,
    { ...event, sequence: 3 },
    { ...event, at: new Date(at.getTime() + 1) },
    { ...event, runId: '019b0000-0000-7000-8000-000000000002' },
  ].map(markOf);
  expect(new Set(marks).size).toBe(4);
});
