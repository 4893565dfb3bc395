import { buildSchema, parse } from 'graphql';
import { expect, it } from 'vitest';
import { createClientRest } from '../../../src/async/own-turn.ts';
import { answerOf } from '../../../src/graphql/execution/execute-operation.ts';
import { createLoaders } from '../../../src/graphql/loaders.ts';
import { inSteps } from '../../../src/graphql/schema/in-steps.ts';
import { Steps } from '../../../src/graphql/steps.ts';

const ITEMS = 20;
const WORK_MS = 5;

/**
 * Executes `query` on a list whose items take WORK_MS each. Returns the turn of the event loop of each item's work, and the
 * keys of each call of the loader.
 */
async function execute(query: string) {
  const schema = inSteps(
    buildSchema(`
      type Query { items: [Item!]! ${Array.from({ length: ITEMS }, (_, n) => `item${n}: Item`).join(' ')} }
      type Item { work: Boolean! loaded: Item self: Item }`),
  );
  const turns: number[] = [];
  const calls: number[] = [];
  let turn = 0;
  let isOver = false;
  const count = () => {
    turn += 1;
    if (!isOver) setImmediate(count);
  };
  count();
  const steps = new Steps(createClientRest());
  const loaders = createLoaders(steps);
  const loader = () =>
    loaders.of('items', async (keys) => {
      calls.push(keys.length);
      return new Map(keys.map((key) => [key, item(0)]));
    });
  const work = () => {
    for (const until = performance.now() + WORK_MS; performance.now() < until; );
    turns.push(turn);
    return true;
  };
  const item = (n: number): object => ({
    work,
    loaded: () => loader().load(String(n)),
    self: async () => item(n),
  });
  const rootValue = {
    items: async () => Array.from({ length: ITEMS }, (_, n) => item(n)),
    ...Object.fromEntries(Array.from({ length: ITEMS }, (_, n) => [`item${n}`, () => work() && item(n)])),
  };
  const document = parse(query);
  const operation = document.definitions.find((one) => one.kind === 'OperationDefinition')!;
  const answer = answerOf(schema, document, operation);
  const { data, errors } = await answer({ rootValue, contextValue: { steps } });
  isOver = true;
  expect(errors).toBeUndefined();
  return { turns, calls, data };
}

it.each([
  ['the items of a list', '{ items { work } }'],
  ['objects that were waited for', '{ items { self { work } } }'],
  ['objects that one call has loaded', '{ items { loaded { work } } }'],
  [
    'fields that return objects',
    `{ ${Array.from({ length: ITEMS }, (_, n) => `item${n} { self { __typename } }`).join(' ')} }`,
  ],
])('divides the work on %s among turns', async (_, query) => {
  const { turns } = await execute(query);
  expect(turns).toHaveLength(ITEMS);
  const inOneTurn = Object.values(Object.groupBy(turns, (turn) => turn)).map((items) => items!.length);
  // The third item of a turn begins after 10 ms at the earliest, the fourth after 15; one more may have begun to wait by then.
  expect(Math.max(...inOneTurn)).toBeLessThanOrEqual(4);
});

it('loads by one call what steps in different turns request', async () => {
  const { turns, calls, data } = await execute('{ items { work loaded { self { __typename } } } }');
  expect(new Set(turns).size).toBeGreaterThan(1);
  expect(calls).toEqual([ITEMS]);
  expect(data!.items).toEqual(Array(ITEMS).fill({ work: true, loaded: { self: { __typename: 'Item' } } }));
});

it('returns null for an item whose promise was rejected while its step waited', async () => {
  const schema = inSteps(buildSchema('type Query { items: [Item] } type Item { work: Boolean! }'));
  const steps = new Steps(createClientRest());
  const item = () => ({
    work: () => {
      for (const until = performance.now() + WORK_MS; performance.now() < until; );
      return true;
    },
  });
  const items = async () => [
    ...Array.from({ length: ITEMS }, async () => item()),
    Promise.reject(new Error('It failed.')),
  ];
  const document = parse('{ items { work } }');
  const answer = answerOf(schema, document, document.definitions[0] as never);
  const { data, errors } = await answer({ rootValue: { items }, contextValue: { steps } });
  expect(data!.items).toEqual([...Array(ITEMS).fill({ work: true }), null]);
  expect(errors).toMatchObject([{ message: 'It failed.', path: ['items', ITEMS] }]);
});
