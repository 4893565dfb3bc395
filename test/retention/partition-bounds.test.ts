import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallestIdAt } from '../../src/postgres/uuid.ts';
import {
  droppableUntil,
  followingBound,
  nextBound,
  type Partition,
} from '../../src/retention/partition-bounds.ts';

/** The partitions of a table between these times. */
const partitionsAt = (...times: number[]): Partition[] =>
  [null, ...times.map(smallestIdAt)].map((from, index) => ({
    from,
    to: times[index] === undefined ? null : smallestIdAt(times[index]!),
    bound: null,
    isChecked: false,
  }));
const NOW = Date.parse('2026-03-01T00:00:00Z');
const HOUR = 3_600_000;

describe('the next bound of runs', () => {
  it('is a period after now where there is one partition', () => {
    expect(nextBound(partitionsAt(), NOW, HOUR)).toBe(smallestIdAt(NOW + HOUR));
  });
  it('is a period after the last one, half a period before that one', () => {
    const last = NOW + HOUR / 2;
    expect(nextBound(partitionsAt(NOW - HOUR, last), NOW, HOUR)).toBe(smallestIdAt(last + HOUR));
    expect(nextBound(partitionsAt(NOW - HOUR, last + 1), NOW, HOUR)).toBeNull();
  });
  it('never lies in the past, however long no process made one', () => {
    expect(nextBound(partitionsAt(NOW - 100 * HOUR), NOW, HOUR)).toBe(smallestIdAt(NOW + HOUR));
  });
  it('keeps to a period for each partition while a process looks', () => {
    let times: number[] = [];
    for (let now = NOW; now < NOW + 20 * HOUR; now += HOUR / 10) {
      const bound = nextBound(partitionsAt(...times), now, HOUR);
      if (bound) times = [...times, Number.parseInt(bound.slice(0, 8) + bound.slice(9, 13), 16)];
      expect(times.at(-1)).toBeGreaterThan(now + HOUR / 2);
    }
    expect(times.length).toBe(21);
  });
});

describe('the bound of a table that follows', () => {
  it('is the next one of the runs that has not passed', () => {
    const runs = partitionsAt(NOW - HOUR, NOW + HOUR, NOW + 2 * HOUR);
    expect(followingBound(partitionsAt(), runs, NOW)).toBe(smallestIdAt(NOW + HOUR));
    expect(followingBound(partitionsAt(NOW + HOUR), runs, NOW)).toBe(smallestIdAt(NOW + 2 * HOUR));
    expect(followingBound(runs, runs, NOW)).toBeNull();
  });
});

describe('partitions are dropped', () => {
  it('up to the last one that ends before the limit, if there are two of them', () => {
    const own = partitionsAt(NOW - 3 * HOUR, NOW - 2 * HOUR, NOW - HOUR);
    expect(droppableUntil(own, smallestIdAt(NOW - 2 * HOUR))).toBe(smallestIdAt(NOW - 2 * HOUR));
    expect(droppableUntil(own, smallestIdAt(NOW - 2 * HOUR - 1))).toBeNull();
    expect(droppableUntil(partitionsAt(), smallestIdAt(NOW))).toBeNull();
  });
  it('never with a run that is younger', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000)), fc.nat(1_000), (times, limit) => {
        const until = droppableUntil(partitionsAt(...times.sort((a, b) => a - b)), smallestIdAt(limit));
        expect(until === null || until <= smallestIdAt(limit)).toBe(true);
      }),
    );
  });
});
