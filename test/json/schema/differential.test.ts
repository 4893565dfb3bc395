import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src/json/json.ts';
import { CheckRun } from '../../../src/json/schema/check-run.ts';
import { compile } from '../../../src/json/schema/compile.ts';
import { SchemaMistake } from '../../../src/json/schema/schema-mistake.ts';

const key = fc.constantFrom('a', 'b', 'c', 'constructor');
const value = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<Json>(null, true, false, 0, 1, 2, 2.5, -1, '', 'a', 'abc', '😀😀'),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(key, tie('json'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).json;

const count = fc.integer({ min: 0, max: 3 });
const type = fc.constantFrom('null', 'boolean', 'number', 'integer', 'string', 'array', 'object');
/** Without keywords that Ajv has wrong: decimals in multipleOf, unevaluatedItems with contains, empty enums. */
const schemas = fc.letrec<{ schema: Json }>((tie) => {
  const schema = tie('schema');
  const list = fc.array(schema, { minLength: 1, maxLength: 3 });
  const map = fc.dictionary(key, schema, { maxKeys: 3, noNullPrototype: true });
  return {
    schema: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.boolean(),
      fc.constantFrom<Json>({}, { $ref: '#/$defs/a' }, { $ref: '#/$defs/b' }),
      fc
        .record(
          {
            type: fc.oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 3 })),
            enum: fc.uniqueArray(value, {
              minLength: 1,
              maxLength: 3,
              comparator: (a, b) => JSON.stringify(a) === JSON.stringify(b),
            }),
            const: value,
            minimum: count,
            exclusiveMaximum: count,
            multipleOf: fc.constantFrom(1, 2, 0.5),
            minLength: count,
            maxLength: count,
            pattern: fc.constantFrom('a', '^a*$', '^.$', '\\W'),
            minItems: count,
            maxItems: count,
            uniqueItems: fc.boolean(),
            items: schema,
            prefixItems: list,
            contains: schema,
            minContains: count,
            maxContains: count,
            minProperties: count,
            maxProperties: count,
            required: fc.uniqueArray(key, { maxLength: 2 }),
            properties: map,
            patternProperties: fc.dictionary(fc.constantFrom('^a', 'b', '.'), schema, { maxKeys: 2 }),
            additionalProperties: schema,
            propertyNames: schema,
            dependentRequired: fc.dictionary(key, fc.uniqueArray(key, { maxLength: 2 }), { maxKeys: 2 }),
            dependentSchemas: map,
            allOf: list,
            anyOf: list,
            oneOf: list,
            not: schema,
            if: schema,
            // biome-ignore lint/suspicious/noThenProperty: JSON Schema's keyword.
            then: schema,
            else: schema,
            unevaluatedProperties: schema,
          },
          { requiredKeys: [] },
        )
        .map((one) => Object.fromEntries(Object.entries(one).slice(0, 6)) as JsonObject),
    ),
  };
}).schema;

/** Accepted, refused, or no schema at all. */
function ours(schema: JsonObject, data: Json): boolean | 'refused' {
  try {
    return compile(schema).check(data, new CheckRun(1_000_000, 50), null);
  } catch (error) {
    if (error instanceof SchemaMistake) return 'refused';
    throw error;
  }
}

const DEFINITIONS = {
  a: { type: ['string', 'object'] },
  b: { properties: { a: { $ref: '#/$defs/b' } }, maxProperties: 2 },
};

it('agrees with Ajv on generated schemas and values', () => {
  let compared = 0;
  fc.assert(
    fc.property(schemas, fc.array(value, { minLength: 3, maxLength: 6 }), (schema, values) => {
      const root = { allOf: [schema], $defs: DEFINITIONS } as JsonObject;
      const ajv = new Ajv2020({
        strict: false,
        ownProperties: true,
        logger: false,
        validateSchema: false,
        validateFormats: false,
      });
      const validate = ajv.compile(root);
      for (const data of values) {
        expect(ours(root, data), JSON.stringify({ root, data })).toBe(validate(data));
        compared += 1;
      }
    }),
    { numRuns: 300 },
  );
  expect(compared).toBeGreaterThan(900);
});

/** Values that may be wrong for a keyword. */
const anything = fc.constantFrom<Json>(
  null,
  true,
  -1,
  0,
  1.5,
  'a',
  '(',
  [],
  ['a'],
  ['a', 'a'],
  [{}],
  {},
  { a: {} },
  { a: 1 },
  { '(': {} },
  'string',
  ['string', 'null'],
);
const KEYWORDS = [
  'type',
  'enum',
  'minimum',
  'multipleOf',
  'minLength',
  'pattern',
  'maxItems',
  'uniqueItems',
  'items',
  'prefixItems',
  'contains',
  'minContains',
  'required',
  'properties',
  'patternProperties',
  'additionalProperties',
  'propertyNames',
  'dependentRequired',
  'dependentSchemas',
  'allOf',
  'anyOf',
  'not',
  'if',
  'then',
  'unevaluatedItems',
  '$defs',
  '$anchor',
  'title',
  'deprecated',
  'examples',
  'contentSchema',
  'format',
  'default',
  'const',
  'minProperties',
  'exclusiveMinimum',
  '$comment',
  'readOnly',
  'contentEncoding',
];

it('refuses what the meta-schema refuses', () => {
  const ajv = new Ajv2020({ strict: false, logger: false });
  for (const keyword of KEYWORDS) {
    fc.assert(
      fc.property(anything, (given) => {
        const schema = { properties: { a: { [keyword]: given } } } as JsonObject;
        const isBadPattern = JSON.stringify(given).includes('(') && /attern/.test(keyword);
        const isValid = ajv.validateSchema(schema) === true && !isBadPattern;
        expect(ours(schema, {}) !== 'refused', JSON.stringify(schema)).toBe(isValid);
      }),
      { numRuns: 40 },
    );
  }
});
