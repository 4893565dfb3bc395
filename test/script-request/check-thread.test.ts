import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/json/json.ts';
import { parseJson } from '../../src/json/parse.ts';
import { inCheckThread } from '../../src/script-request/checks/check-thread.ts';
import { checkInputs, inputSchemaMistake } from '../../src/script-request/input-schema.ts';

/** Too large to be compiled at once. */
const padded = (schema: JsonObject): JsonObject => ({
  ...schema,
  allOf: Array.from({ length: 1_500 }, () => ({ type: 'object' })),
});
const LONG_LIST = {
  schema: { properties: { l: { items: { allOf: Array.from({ length: 40 }, () => ({ type: 'string' })) } } } },
  inputs: { l: Array.from({ length: 10_000 }, () => 'x') },
};

/** Whether the work is done before the event loop turns. */
async function isDoneAtOnce(work: Promise<unknown>): Promise<boolean> {
  let isDone = false;
  const done = work.then(() => {
    isDone = true;
  });
  await nextTurn();
  const atOnce = isDone;
  await done;
  return atOnce;
}

describe('much work leaves the event loop free', () => {
  test.each<[string, () => Promise<unknown>]>([
    ['checking many items', () => checkInputs(null, LONG_LIST.schema, LONG_LIST.inputs)],
    ['compiling a large schema', () => checkInputs(null, padded({}), {})],
    ['registering a large schema', () => inputSchemaMistake(padded({}))],
    [
      'registering many patterns',
      () =>
        inputSchemaMistake({
          patternProperties: Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`^a${n}$`, {}])),
        }),
    ],
  ])('%s', async (_, work) => {
    expect(await isDoneAtOnce(work())).toBe(false);
  });

  test('and little work is done at once', async () => {
    const schema = { properties: { sku: { type: 'string', pattern: '^[A-Z]' } }, required: ['sku'] };
    expect(await isDoneAtOnce(checkInputs(null, schema, { sku: 'A-1' }))).toBe(true);
    expect(await isDoneAtOnce(inputSchemaMistake(schema))).toBe(true);
  });
});

test('errors are the same in the thread, to the last digit of a number', async () => {
  const inputs = parseJson('{"n": 9007199254740993, "p": 19.999, "list": ["a", 1]}') as JsonObject;
  const properties = {
    n: { const: 9007199254740992 },
    p: { multipleOf: 0.01 },
    list: { items: { type: 'string' } },
  };
  const here = await checkInputs(null, { properties }, inputs);
  expect(here.map(({ path }) => path)).toEqual(['/n', '/p', '/list/1']);
  expect(await checkInputs(null, padded({ properties }), inputs)).toEqual(here);
});

test('mistakes are the same in the thread', async () => {
  const properties = { a: { type: 'text' } };
  expect(await inputSchemaMistake(padded({ properties }))).toBe(await inputSchemaMistake({ properties }));
});

test('a thread that fails is replaced for the next task', async () => {
  const failing = inCheckThread({ kind: 'mistake', schema: 'not JSON', steps: 1_000 });
  const next = inCheckThread({ kind: 'mistake', schema: '{}', steps: 1_000 });
  await expect(failing).rejects.toThrow(SyntaxError);
  expect(await next).toBeNull();
});
