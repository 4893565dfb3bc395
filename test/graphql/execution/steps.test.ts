import { buildSchema, parse } from 'graphql';
import { expect, it } from 'vitest';
import { createClientRest } from '../../../src/async/own-turn.ts';
import { answerOf } from '../../../src/graphql/execution/execute-operation.ts';
import { withSteps } from '../../../src/graphql/schema/steps.ts';

const ITEMS = 20;
const WORK_MS = 5;

/** Executes `query` on a list whose items take WORK_MS each, and returns the turn of the event loop of each item's work. */
async function turnsOf(query: string): Promise<number[]> {
  const schema = withSteps(
    buildSchema('type Query { items: [Item!]! } type Item { work: Boolean! a: Int self: Item }'),
  );
  const turns: number[] = [];
  let turn = 0;
  let isOver = false;
  const count = () => {
    turn += 1;
    if (!isOver) setImmediate(count);
  };
  count();
  const item = () => ({
    work: () => {
      for (const until = performance.now() + WORK_MS; performance.now() < until; );
      turns.push(turn);
      return true;
    },
    self: async () => item(),
  });
  const document = parse(query);
  const operation = document.definitions.find((one) => one.kind === 'OperationDefinition')!;
  const { data, errors } = await answerOf(
    schema,
    document,
    operation,
  )({
    rootValue: { items: async () => Array.from({ length: ITEMS }, item) },
    contextValue: { client: { rest: createClientRest() } },
  });
  isOver = true;
  expect(errors).toBeUndefined();
  expect(data!.items).toHaveLength(ITEMS);
  return turns;
}

it.each([
  ['of a long list', '{ items { work b: a c: a d: a e: a } }'],
  ['of a long list by a fragment', '{ items { ...F } } fragment F on Item { work b: a c: a d: a e: a }'],
  ['that were loaded, one for each item', '{ items { self { work } } }'],
])('divides the work on the objects %s among turns', async (_, query) => {
  const turns = await turnsOf(query);
  expect(turns).toHaveLength(ITEMS);
  const inOneTurn = Object.values(Object.groupBy(turns, (turn) => turn)).map((items) => items!.length);
  // The third item of a turn begins after 10 ms at the earliest, the fourth after 15; one more has begun to wait by then.
  expect(Math.max(...inOneTurn)).toBeLessThanOrEqual(4);
});
