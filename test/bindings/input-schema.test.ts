import { describe, expect, test } from 'vitest';
import { checkInputs, inputSchemaMistake } from '../../src/bindings/input-schema.ts';
import type { JsonObject } from '../../src/json/json.ts';

describe('inputSchemaMistake', () => {
  test.each<[string, JsonObject]>([
    ['{}', {}],
    [
      'an ordinary schema',
      { type: 'object', properties: { a: { type: 'string', format: 'email' } }, required: ['a'] },
    ],
    ['unknown keywords and formats', { 'x-ui': 'drawer', properties: { a: { format: 'sku', example: 1 } } }],
    ['its own definitions', { $defs: { a: { type: 'string' } }, properties: { a: { $ref: '#/$defs/a' } } }],
    ['a recursive schema', { properties: { child: { $ref: '#' } } }],
    ['an $id', { $id: 'https://shop.example/gift', $ref: '#/$defs/a', $defs: { a: {} } }],
    ['its dialect', { $schema: 'https://json-schema.org/draft/2020-12/schema' }],
  ])('accepts %s', (_, schema) => {
    expect(inputSchemaMistake(schema)).toBeNull();
  });

  test.each<[string, unknown, RegExp]>([
    ['a list', [], /JSON object/],
    ['true', true, /JSON object/],
    ['an unknown type', { type: 'strng' }, /not a valid JSON Schema: \/type/],
    ['a broken pattern', { properties: { a: { pattern: '(' } } }, /not a valid JSON Schema/],
    ['another draft', { $schema: 'http://json-schema.org/draft-07/schema#' }, /2020-12/],
    ['a remote reference', { $ref: 'https://example.com/schema.json' }, /#\/\$defs\/name/],
    ['a reference to nowhere', { $ref: '#/$defs/none' }, /#\/\$defs\/name/],
    ['a reference that never ends', { $ref: '#' }, /never end/],
    ['$async', { $async: true }, /\$async/],
  ])('refuses %s and says what would be right', (_, schema, message) => {
    expect(inputSchemaMistake(schema)).toMatch(message);
  });

  test('the $id of one schema is unknown to all others', () => {
    const named = {
      $id: 'https://shop.example/a',
      $defs: { b: { $id: 'https://shop.example/b', type: 'string' } },
    };
    expect(inputSchemaMistake(named)).toBeNull();
    expect(inputSchemaMistake(named)).toBeNull();
    expect(inputSchemaMistake({ $ref: 'https://shop.example/b' })).toMatch(/leads out of it/);
  });
});

describe('checkInputs', () => {
  const check = (schema: JsonObject, inputs: JsonObject) => checkInputs(null, schema, inputs);

  test.each<[JsonObject, JsonObject, string, RegExp]>([
    [{ required: ['orderId'] }, {}, '/orderId', /is required/],
    [{ required: ['constructor'] }, {}, '/constructor', /is required/],
    [{ properties: { 'a/b~c': { type: 'string' } } }, { 'a/b~c': 1 }, '/a~1b~0c', /must be string/],
    [{ properties: { l: { items: { type: 'number' } } } }, { l: [1, 'x'] }, '/l/1', /must be number/],
    [{ properties: {}, additionalProperties: false }, { x: 1 }, '/x', /not allowed/],
    [{ properties: { c: { enum: ['a', 1] } } }, { c: 'b' }, '/c', /one of "a", 1/],
    [{ properties: { c: { const: 'a' } } }, { c: 'b' }, '/c', /must be "a"/],
    [{ properties: { m: { format: 'email' } } }, { m: 'nobody' }, '/m', /format "email"/],
    [{ minProperties: 1 }, {}, '', /fewer than 1/],
  ])('%j on %j points at %s', (schema, inputs, path, message) => {
    expect(check(schema, inputs)).toEqual([{ path, message: expect.stringMatching(message) }]);
  });

  test('a choice too long to tell is cut to what can be stored', () => {
    const [mistake] = check({ enum: [`x${'😀'.repeat(300)}`] }, {});
    expect(mistake?.message.isWellFormed()).toBe(true);
  });

  test('tells all mistakes, up to fifty', () => {
    const schema = { properties: { l: { items: { type: 'number' } } }, required: ['a', 'b'] };
    expect(check(schema, {})).toHaveLength(2);
    expect(check(schema, { l: Array(1_000).fill('x') })).toHaveLength(50);
  });

  test('{} accepts everything', () => {
    expect(check({}, { any: [1, null] })).toEqual([]);
  });

  test('a version is compiled once, and a schema that is not stored is not taken for another', () => {
    const strict = { required: ['a'] };
    expect(checkInputs('version-1', strict, {})).toHaveLength(1);
    expect(checkInputs('version-1', { required: ['b'] }, { a: 1 })).toEqual([]);
    expect(checkInputs('version-2', { required: ['b'] }, { a: 1 })).toHaveLength(1);
    expect(check({ required: ['b'] }, { a: 1 })).toHaveLength(1);
  });

  test('a schema that cannot be compiled is a mistake, not an exception', () => {
    expect(check({ $ref: '#/nowhere' }, {})).toEqual([
      { path: '', message: expect.stringMatching(/inputSchema/) },
    ]);
    expect(check({ $ref: '#' }, {})).toEqual([{ path: '', message: expect.stringMatching(/never end/) }]);
  });

  test.each<[string, JsonObject, JsonObject]>([
    ['a pattern that backtracks', { properties: { a: { pattern: '^(a+)+$' } } }, { a: `${'a'.repeat(60)}!` }],
    [
      'uniqueness of many objects',
      { properties: { l: { uniqueItems: true } } },
      { l: many(30_000, (n) => ({ n })) },
    ],
    [
      'a schema that multiplies large inputs',
      { properties: { l: { items: { allOf: many(1_000, () => ({ type: 'string' })) } } } },
      { l: many(50_000, () => 1) },
    ],
  ])('ends %s instead of blocking the process', (_, schema, inputs) => {
    expect(inputSchemaMistake(schema)).toBeNull();
    const startedAt = performance.now();
    expect(check(schema, inputs)).toEqual([{ path: '', message: expect.stringMatching(/too long/) }]);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});

function many<T>(length: number, make: (n: number) => T): T[] {
  return Array.from({ length }, (_, n) => make(n));
}
