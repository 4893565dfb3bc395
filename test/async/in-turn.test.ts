import { expect, test } from 'vitest';
import { createInTurn } from '../../src/async/in-turn.ts';

test('work is done one piece at a time, and a failing one does not hold up the next', async () => {
  const log: string[] = [];
  const inTurn = createInTurn();
  const all = Promise.withResolvers<void>();
  for (const name of ['a', 'b', 'c']) {
    inTurn.add(async () => {
      log.push(`${name} begins`);
      await new Promise(setImmediate);
      log.push(`${name} ends`);
      if (name === 'a') throw new Error('the database is away');
      if (name === 'c') all.resolve();
    });
  }
  await all.promise;
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});

test('a stop waits for the one in work and begins no other', async () => {
  const begun: string[] = [];
  const finish = Promise.withResolvers<void>();
  const inTurn = createInTurn();
  for (const name of ['a', 'b']) {
    inTurn.add(() => {
      begun.push(name);
      return finish.promise;
    });
  }
  const stopped = inTurn.stop();
  finish.resolve();
  await stopped;
  expect(begun).toEqual(['a']);
});
