import { expect, it } from 'vitest';
import { createClientRest, rest } from '../../src/async/own-turn.ts';

/** Work of at least this many milliseconds. */
function work(ms: number): void {
  for (const until = performance.now() + ms; performance.now() < until; );
}

it('lets others work after long work', async () => {
  let hasOtherWorked = false;
  await rest();
  setImmediate(() => {
    hasOtherWorked = true;
  });
  work(11);
  await rest();
  expect(hasOtherWorked).toBe(true);
});

it('divides the work of many callers among turns', async () => {
  const worked: number[] = [];
  let turn = 0;
  let isOver = false;
  const count = () => {
    turn += 1;
    if (!isOver) setImmediate(count);
  };
  count();
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      await rest();
      worked.push(turn);
      work(5);
    }),
  );
  isOver = true;
  expect(worked).toHaveLength(20);
  // The third piece of a turn begins after 10 ms at the earliest, the fourth after 15.
  const inOneTurn = Object.values(Object.groupBy(worked, (one) => one)).map((pieces) => pieces!.length);
  expect(Math.max(...inOneTurn)).toBeLessThanOrEqual(3);
});

it('lets other work go between the work of a client that waits at once', async () => {
  const worked: string[] = [];
  const step = createClientRest();
  const steps = Array.from({ length: 5 }, () =>
    step().then(() => {
      work(11);
      worked.push('step');
    }),
  );
  const other = rest().then(() => worked.push('other'));
  await Promise.all([...steps, other]);
  expect(worked.indexOf('other')).toBeLessThanOrEqual(2);
});
