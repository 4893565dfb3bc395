import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/json/json.ts';
import {
  checkInputs,
  inputSchemaMistake,
  UncheckedInputsError,
  whyAllInputsFail,
} from '../../src/script-request/input-schema.ts';

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
    ['an $id beside a reference', { $id: 'gift', $ref: 'gift#/$defs/a', $defs: { a: {} } }],
    ['an empty enum', { properties: { a: { enum: [] } } }],
    ['a dynamic reference', { properties: { child: { $dynamicRef: '#node' } }, $dynamicAnchor: 'node' }],
    ["OpenAPI's nullable beside a type", { properties: { a: { type: 'string', nullable: true } } }],
    ['its dialect', { $schema: 'https://json-schema.org/draft/2020-12/schema' }],
  ])('accepts %s', async (_, schema) => {
    expect(await inputSchemaMistake(schema)).toBeNull();
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
    ['a reference to a prototype', { $ref: '#/__proto__' }, /leads out of it, or to nothing/],
    ['a reference to a constructor', { $ref: '#/constructor' }, /leads out of it, or to nothing/],
    ['a reference to what is no schema', { $ref: '#/title', title: 'a' }, /leads out of it, or to nothing/],
    ['an older draft of references', { $recursiveRef: '#' }, /use \$ref or \$dynamicRef/],
    [
      'an older draft of items',
      { properties: { a: { items: [{}] } } },
      /\/properties\/a\/items .* use prefixItems/,
    ],
    [
      "OpenAPI's nullable without a type",
      { properties: { a: { nullable: true } } },
      /type: \["string", "null"\]/,
    ],
    [
      "OpenAPI's nullable beside an enum without null",
      { type: 'string', nullable: true, enum: ['a'] },
      /add null to the enum/,
    ],
    ['a lookahead', { properties: { a: { pattern: '^(?!b)' } } }, /lookahead/],
    ['a backreference', { properties: { a: { pattern: '(a)\\1' } } }, /backreference/],
    [
      'a pattern of 200 KB',
      { properties: { a: { pattern: 'a'.repeat(200_000) } } },
      /longer than 2000 characters/,
    ],
    [
      '5,000 patterns',
      { patternProperties: Object.fromEntries(many(5_000, (n) => [`^a${n}`, {}])) },
      /200 different patterns/,
    ],
    ['30,000 alternatives', { allOf: many(30_000, () => ({})) }, /more than 5000 schemas/],
    ['references that double', doubled(), /takes too much work; simplify it/],
  ])('refuses %s and says what would be right', async (_, schema, message) => {
    expect(await inputSchemaMistake(schema)).toMatch(message);
  });

  test('the $id of one schema is unknown to all others', async () => {
    const named = {
      $id: 'https://shop.example/a',
      $defs: { b: { $id: 'https://shop.example/b', type: 'string' } },
    };
    expect(await inputSchemaMistake(named)).toBeNull();
    expect(await inputSchemaMistake(named)).toBeNull();
    expect(await inputSchemaMistake({ $ref: 'https://shop.example/b' })).toMatch(/leads out of it/);
  });
});

function doubled(): JsonObject {
  const twice = (n: number): JsonObject => ({ allOf: [{ $ref: `#a${n}` }, { $ref: `#a${n}` }] });
  const definition = (n: number): JsonObject => ({ $anchor: `a${n}`, ...(n === 29 ? {} : twice(n + 1)) });
  return { $ref: '#a0', $defs: Object.fromEntries(many(30, (n) => [`a${n}`, definition(n)])) };
}

describe('checkInputs', () => {
  const check = (schema: JsonObject, inputs: JsonObject) => checkInputs(null, schema, inputs);

  test.each<[JsonObject, JsonObject, string, RegExp]>([
    [{ required: ['orderId'] }, {}, '/orderId', /is required/],
    [{ required: ['constructor'] }, {}, '/constructor', /is required/],
    [{ properties: { 'a/b~c': { type: 'string' } } }, { 'a/b~c': 1 }, '/a~1b~0c', /must be a string/],
    [{ properties: { l: { items: { type: 'number' } } } }, { l: [1, 'x'] }, '/l/1', /must be a number/],
    [{ properties: {}, additionalProperties: false }, { x: 1 }, '/x', /not allowed/],
    [{ properties: { c: { enum: ['a', 1] } } }, { c: 'b' }, '/c', /one of "a", 1/],
    [{ properties: { c: { const: 'a' } } }, { c: 'b' }, '/c', /must be "a"/],
    [{ properties: { m: { format: 'email' } } }, { m: 'nobody' }, '/m', /format "email"/],
    [{ properties: { p: { multipleOf: 0.01 } } }, { p: 19.999 }, '/p', /multiple of 0.01/],
    [
      { properties: { t: { type: ['integer', 'null'] } } },
      { t: 1.5 },
      '/t',
      /must be a whole number or null/,
    ],
    [{ properties: { t: { type: 'string', nullable: true } } }, { t: 1 }, '/t', /must be a string or null/],
    [{ properties: { e: { enum: [] } } }, { e: 1 }, '/e', /not allowed: the enum is empty/],
    [{ properties: { e: { format: 'idn-email' } } }, { e: 'nobody' }, '/e', /format "idn-email"/],
    [{ minProperties: 1 }, {}, '', /at least 1 property/],
  ])('%j on %j points at %s', async (schema, inputs, path, message) => {
    expect(await check(schema, inputs)).toEqual([{ path, message: expect.stringMatching(message) }]);
  });

  test('a choice too long to tell is cut to what can be stored', async () => {
    const [mistake] = await check({ enum: [`x${'😀'.repeat(300)}`] }, {});
    expect(mistake?.message.isWellFormed()).toBe(true);
  });

  test('tells all mistakes, up to fifty', async () => {
    const schema = { properties: { l: { items: { type: 'number' } } }, required: ['a', 'b'] };
    expect(await check(schema, {})).toHaveLength(2);
    expect(await check(schema, { l: Array(1_000).fill('x') })).toHaveLength(50);
  });

  test('{} accepts everything', async () => {
    expect(await check({}, { any: [1, null] })).toEqual([]);
  });

  test('a version is compiled once, and a schema that is not stored is not taken for another', async () => {
    const strict = { required: ['a'] };
    expect(await checkInputs('version-1', strict, {})).toHaveLength(1);
    expect(await checkInputs('version-1', { required: ['b'] }, { a: 1 })).toEqual([]);
    expect(await checkInputs('version-2', { required: ['b'] }, { a: 1 })).toHaveLength(1);
    expect(await check({ required: ['b'] }, { a: 1 })).toHaveLength(1);
  });

  test('a schema that cannot be used leaves the inputs unchecked', async () => {
    await expect(check({ $ref: '#/nowhere' }, {})).rejects.toThrow(UncheckedInputsError);
    await expect(check({ $ref: '#' }, {})).rejects.toThrow(
      /could not be checked.*never end.*Register a new version/,
    );
  });

  test.each<[string, JsonObject, JsonObject]>([
    [
      'a schema that multiplies large inputs',
      { properties: { l: { items: { allOf: many(1_000, () => ({ type: 'string' })) } } } },
      { l: many(50_000, () => 'x') },
    ],
    ['references that double', { properties: { a: doubled() } }, { a: 1 }],
    [
      'a pattern with many states on a long text',
      { properties: { a: { pattern: '(?:a|b)*a(?:a|b){900}c' } } },
      { a: 'ab'.repeat(50_000) },
    ],
    ['a long chain of references', chain(2_000), { a: 1 }],
  ])('ends %s as unchecked, however fast the machine is', async (_, schema, inputs) => {
    expect(await inputSchemaMistake(schema)).toBeNull();
    await expect(check(schema, inputs)).rejects.toThrow(UncheckedInputsError);
  });

  test.each<[string, JsonObject, JsonObject, number]>([
    [
      'thousands of alternatives that fail on thousands of items',
      { properties: { l: { items: { allOf: many(1_200, () => false) } } } },
      { l: many(3_900, () => 1) },
      50,
    ],
    [
      'a pattern that makes other engines backtrack',
      { properties: { a: { pattern: '^(a+)+$' } } },
      { a: `${'a'.repeat(100_000)}!` },
      1,
    ],
    [
      'uniqueness of many objects',
      { properties: { l: { uniqueItems: true } } },
      { l: many(20_000, (n) => ({ n })) },
      0,
    ],
    [
      'a format that makes other engines backtrack',
      { properties: { a: { format: 'url' } } },
      { a: `http://${'a:'.repeat(20_000)}` },
      1,
    ],
  ])('answers for %s', async (_, schema, inputs, errors) => {
    expect(await inputSchemaMistake(schema)).toBeNull();
    expect(await check(schema, inputs)).toHaveLength(errors);
  });
});

describe('whyAllInputsFail', () => {
  test.each<[JsonObject, RegExp]>([
    [{ type: 'string' }, /its root has the type "string"/],
    [{ type: ['array', 'null'] }, /the type \["array","null"\]/],
    [{ enum: [] }, /an enum without an object/],
    [{ enum: ['a', 1] }, /an enum without an object/],
    [{ const: 'a' }, /a const that is no object/],
    [{ not: {} }, /a not that excludes every object/],
    [{ not: { type: 'object' } }, /a not that excludes every object/],
    [{ allOf: [{}, false] }, /\/allOf\/1 is false/],
    [{ anyOf: [{ type: 'string' }, { type: 'number' }] }, /\/anyOf\/0 has the type "string"/],
    [{ $ref: '#/$defs/a', $defs: { a: { type: 'array' } } }, /\/\$defs\/a has the type "array"/],
    [{ required: ['a'], properties: { a: false } }, /the required property "a", which is false/],
    [{ minProperties: 2, maxProperties: 1 }, /minProperties above maxProperties/],
  ])('%j', async (schema, reason) => {
    expect(await whyAllInputsFail(schema)).toMatch(reason);
    expect(await checkInputs(null, schema, { b: 1 }).catch(() => ['unchecked'])).not.toEqual([]);
  });

  test.each<JsonObject>([
    {},
    { type: 'object' },
    { type: ['object', 'string'] },
    { anyOf: [{ type: 'string' }, {}] },
    { enum: [{}] },
    { $ref: '#/nowhere' },
    { not: { type: 'string' } },
    { not: { required: ['a'] } },
    { properties: { a: false } },
  ])('%j may accept inputs', async (schema) => {
    expect(await whyAllInputsFail(schema)).toBeNull();
  });
});

function chain(length: number): JsonObject {
  const link = (n: number): JsonObject => (n === length - 1 ? {} : { $ref: `#/$defs/a${n + 1}` });
  return {
    properties: { a: { $ref: '#/$defs/a0' } },
    $defs: Object.fromEntries(many(length, (n) => [`a${n}`, link(n)])),
  };
}

function many<T>(length: number, make: (n: number) => T): T[] {
  return Array.from({ length }, (_, n) => make(n));
}
