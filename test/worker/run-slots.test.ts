import { expect, test } from 'vitest';
import { createSlots } from '../../src/worker/run-slots.ts';

const LONG_MS = 60_000;

/** Slots whose work lasts until it is finished by name. */
function open(size: number) {
  const begun: string[] = [];
  const gates = new Map<string, () => void>();
  const slots = createSlots<string>(size, (item) => {
    begun.push(item);
    return new Promise((resolve) => gates.set(item, resolve));
  });
  return { ...slots, begun, finish: (item: string) => gates.get(item)!() };
}

test('begins as many as there are slots, and the others in their order as slots come free', async () => {
  const { fill, whenFree, begun, finish } = open(2);
  const filled = fill(['a', 'b', 'c', 'd'], LONG_MS);
  expect(begun).toEqual(['a', 'b']);
  finish('b');
  await expect.poll(() => begun).toEqual(['a', 'b', 'c']);
  finish('c');
  expect(await filled).toEqual([]);
  expect(begun).toEqual(['a', 'b', 'c', 'd']);
  let isFree = false;
  const free = whenFree().then(() => {
    isFree = true;
  });
  await new Promise(setImmediate);
  expect(isFree).toBe(false);
  finish('a');
  await free;
});

test('returns those that got no slot in time', async () => {
  const { fill, begun } = open(1);
  expect(await fill(['a', 'b', 'c'], 1)).toEqual(['b', 'c']);
  expect(begun).toEqual(['a']);
});

test('closed, it begins no more, leaves nobody waiting, and resolves when nothing is in work', async () => {
  const { fill, whenFree, close, begun, finish } = open(1);
  const filled = fill(['a', 'b'], LONG_MS);
  let isClosed = false;
  const closed = close().then(() => {
    isClosed = true;
  });
  expect(await filled).toEqual(['b']);
  await whenFree();
  expect(isClosed).toBe(false);
  finish('a');
  await closed;
  expect(await fill(['c'], LONG_MS)).toEqual(['c']);
  expect(begun).toEqual(['a']);
});
