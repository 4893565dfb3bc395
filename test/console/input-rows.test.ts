import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseExactly } from '../../src/console/api/exact-numbers.ts';
import {
  choicesOf,
  isChoice,
  KINDS,
  type Kind,
  kindNamed,
  kindOf,
  otherKeywords,
  type Schema,
  withChoices,
  withKind,
} from '../../src/console/component/input-kinds.ts';
import { limitAt, withKeyword, withLimit } from '../../src/console/component/input-limits.ts';
import {
  type InputRows,
  isFinished,
  keywordsBeside,
  kindOfRow,
  mistakesIn,
  newRow,
  rowsOf,
  schemaOf,
} from '../../src/console/component/input-rows.ts';
import type { JsonObject } from '../../src/json/json.ts';
import { schemaMistake } from '../../src/script-request/checks/schema-check.ts';

const KIND_NAMES = Object.keys(KINDS) as Kind[];
const names = fc.oneof(
  fc.constantFrom('text', 'sku', '', '1', '__proto__', 'constructor', 'a.b', 'größe'),
  fc.string(),
);
const kinds = fc.constantFrom(...KIND_NAMES);
const choices = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 4 });
/** Keywords that no row shows, and some that do not belong to the type beside them. */
const keywords = fc.dictionary(
  fc.constantFrom('title', 'pattern', 'default', '$ref', 'anyOf', 'x-note', 'maxLength', 'minimum', 'items'),
  fc.jsonValue({ maxDepth: 2 }),
);
/** Schemas that rows show. */
const shown = fc.record({ kind: kinds, choices, others: keywords }).map(({ kind, choices: list, others }) => {
  const schema = { ...others, ...KINDS[kind].shape };
  return isChoice(kind) ? withChoices(schema, list) : schema;
});
/** Any schema of an input, whether rows show it or not. */
const schemas = fc.oneof(
  shown,
  keywords,
  fc.boolean(),
  fc.constantFrom<object>(
    {},
    { type: ['string', 'null'] },
    { enum: [1, 'a'] },
    { enum: ['a', 'a'] },
    { type: 'number', enum: [1] },
    { type: 'array', items: { type: 'number' } },
    { type: 'array', prefixItems: [{}] },
    { $ref: '#/$defs/a' },
  ),
);
const roots = fc
  .record(
    {
      type: fc.constant('object'),
      properties: fc.dictionary(names, schemas, { maxKeys: 6 }),
      required: fc.uniqueArray(names, { maxLength: 4 }),
      additionalProperties: fc.boolean(),
      $defs: fc.jsonValue({ maxDepth: 1 }),
    },
    { requiredKeys: [] },
  )
  // As the page reads a schema, with names such as __proto__ and every digit.
  .map((schema) => parseExactly(JSON.stringify(schema)) as Schema);

const rowsFrom = (schema: Schema): InputRows => {
  const inputs = rowsOf(schema);
  if (!inputs) throw new Error(`Rows should show ${JSON.stringify(schema)}.`);
  return inputs;
};
const json = (value: unknown) => JSON.stringify(value);
const propertiesOf = (schema: Schema) => Object.entries((schema.properties ?? {}) as Schema);

describe('rows', () => {
  test('give the schema that they were made from, to the letter', () => {
    fc.assert(
      fc.property(roots, (schema) => void expect(json(schemaOf(rowsFrom(schema)))).toBe(json(schema))),
    );
    const exact = '{"properties":{"n":{"type":"number","minimum":0.10,"maximum":9007199254740993}}}';
    expect(json(schemaOf(rowsFrom(parseExactly(exact) as Schema)))).toBe(exact);
  });

  test('change the input that is edited, and nothing else', () => {
    const edits = fc.record({ at: fc.nat(), kind: kinds, title: fc.string(), isRequired: fc.boolean() });
    fc.assert(
      fc.property(roots, edits, (schema, { at, kind, title, isRequired }) => {
        const inputs = rowsFrom(schema);
        const editable = inputs.rows.filter((row) => kindOfRow(row) !== null);
        fc.pre(editable.length > 0);
        const edited = editable[at % editable.length]!;
        const row = {
          ...edited,
          isRequired,
          schema: withKeyword(withKind(edited.schema as Schema, kind), 'title', title || undefined),
        };
        if (isChoice(kind)) row.schema = withChoices(row.schema, ['S']);
        const rows = inputs.rows.map((other) => (other === edited ? row : other));
        fc.pre(Object.keys(mistakesIn(row, rows)).length === 0);
        const after = schemaOf({ ...inputs, rows });
        expect(kindOf(row.schema)).toBe(kind);
        expect(propertiesOf(after)).toEqual(
          propertiesOf(schema).map(([name, value]) => [name, name === row.name ? row.schema : value]),
        );
        const [before, required] = [schema, after].map((one) => new Set((one.required ?? []) as string[]));
        expect(required!.has(row.name)).toBe(isRequired);
        expect([...required!].filter((name) => name !== row.name)).toEqual(
          [...before!].filter((name) => name !== row.name),
        );
        const { properties: _, required: __, ...rest } = schema;
        expect(after).toMatchObject(rest);
      }),
    );
  });

  test('are the same once they are read from the schema that they gave', () => {
    const added = fc.array(fc.record({ name: names, kind: kinds, choices, isRequired: fc.boolean() }), {
      maxLength: 3,
    });
    fc.assert(
      fc.property(roots, added, fc.nat(), (schema, list, removed) => {
        const inputs = rowsFrom(schema);
        const kept = inputs.rows.filter((_, index) => index !== removed);
        const rows = list.map(({ name, kind, isRequired, choices: values }) => {
          const start = withKind({}, kind);
          return {
            ...{ ...newRow(), name, isRequired },
            schema: isChoice(kind) ? withChoices(start, values) : start,
          };
        });
        const next = { ...inputs, rows: [...kept, ...rows] };
        fc.pre(isFinished(next));
        const view = ({ rows: all }: InputRows) =>
          new Map(all.map((row) => [row.name, [row.isRequired, kindOfRow(row), json(row.schema)]]));
        expect(view(rowsFrom(schemaOf(next)))).toEqual(view(next));
      }),
    );
  });

  test('show no schema of another type, with very many inputs, or that is none', () => {
    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [at, {}]));
    for (const schema of [
      { type: 'string' },
      { type: ['object', 'null'] },
      { properties: [] },
      { properties: null },
      { required: 'sku' },
      { required: ['sku', 'sku'] },
      { properties: many(101) },
    ])
      expect(rowsOf(schema)).toBeNull();
    expect(rowsFrom({ properties: many(100) }).rows).toHaveLength(100);
    expect(rowsFrom({}).rows).toEqual([]);
  });

  test('keep the place of an input that is renamed, and its name in the required ones', () => {
    const inputs = rowsFrom({
      required: ['b', 'other', 'a'],
      properties: { a: { type: 'string' }, b: true },
    });
    const rows = inputs.rows.map((row) => (row.name === 'a' ? { ...row, name: 'c' } : row));
    expect(json(schemaOf({ ...inputs, rows }))).toBe(
      '{"required":["b","other","c"],"properties":{"c":{"type":"string"},"b":true}}',
    );
  });

  test('forget a required input that is removed or no longer required', () => {
    const schema = { required: ['a', 'b'], properties: { a: {}, b: {}, c: {} } };
    const { base, rows } = rowsFrom(schema);
    expect(schemaOf({ base, rows: rows.slice(1) }).required).toEqual(['b']);
    const [first, ...others] = rows;
    expect(schemaOf({ base, rows: [{ ...first!, isRequired: false }, ...others] }).required).toEqual(['b']);
    const again = { ...newRow(), name: 'a' };
    expect(schemaOf({ base, rows: [again, ...others] }).required).toEqual(['b']);
  });

  test('with mistakes leave their inputs as they were, and the others follow', () => {
    const base = { required: ['a'], properties: { a: { type: 'string' }, b: {}, c: { type: 'integer' } } };
    const [a, b, c] = rowsFrom(base).rows;
    const rows = [
      { ...a!, name: '', isRequired: false, schema: { type: 'number' } },
      { ...b!, isRequired: true },
      { ...c!, schema: { type: 'boolean' } },
      newRow(),
    ];
    expect(schemaOf({ base, rows })).toEqual({
      required: ['a', 'b'],
      properties: { a: { type: 'string' }, b: {}, c: { type: 'boolean' } },
    });
  });

  test('say what the schema has beside them', () => {
    const { base, rows } = rowsFrom({ type: 'object', allOf: [], properties: {}, $defs: {} });
    expect(keywordsBeside({ base, rows })).toEqual(['allOf', '$defs']);
  });
});

describe('an input', () => {
  test.each<[object, Kind | null, string[]]>([
    [{ type: 'string' }, 'text', []],
    [{ type: 'string', format: 'uuid', maxLength: 3 }, 'text', ['format']],
    [{ type: 'string', format: 'date' }, 'date', []],
    [{ type: 'string', format: 'date-time', pattern: 'Z$' }, 'dateTime', ['pattern']],
    [{ enum: ['S', 'L'], title: 'Size' }, 'choice', []],
    [{ type: 'string', enum: ['S'], default: 'S' }, 'choice', ['default']],
    [{ type: 'array', items: { enum: ['S'] }, minItems: 1 }, 'choices', []],
    [{ type: 'array', items: { type: 'string', maxLength: 9 } }, 'texts', ['items.maxLength']],
    [{ type: 'object', properties: { street: {} } }, 'object', ['properties']],
    [{ type: 'integer', minimum: 1, multipleOf: 5 }, 'integer', ['multipleOf']],
    [{ type: 'constructor' }, null, []],
    [{ type: 'string', enum: ['S', null] }, null, []],
    [{ type: 'array' }, null, []],
    [{}, null, []],
  ])('with the schema %j is of the kind %j, and has beside it %j', (schema, kind, others) => {
    expect(kindOf(schema)).toBe(kind);
    expect(kind ? otherKeywords(schema as Schema, kind) : []).toEqual(others);
  });

  test('has the limits of its kind, and its choices, when the kind changes', () => {
    const text = { type: 'string', maxLength: 9, pattern: '^a', description: 'Help' };
    expect(withKind(text, 'text')).toEqual(text);
    expect(withKind(text, 'integer')).toEqual({ type: 'integer', pattern: '^a', description: 'Help' });
    const number = { type: 'number', minimum: 1 };
    expect(withKind(number, 'integer')).toEqual({ type: 'integer', minimum: 1 });
    expect(choicesOf(withKind({ enum: ['S', 'L'] }, 'choices'))).toEqual(['S', 'L']);
    expect(withKind({ enum: ['S', 'L'] }, 'text')).toEqual({ type: 'string' });
  });

  test('of each kind has a schema that the service accepts', () => {
    const limited = (kind: Kind) =>
      (kindNamed(kind).limits ?? []).reduce(
        (schema, limit) => withLimit(schema, limit, '3'),
        withKind({}, kind),
      );
    const properties = Object.fromEntries(KIND_NAMES.map((kind) => [kind, limited(kind) as JsonObject]));
    expect(schemaMistake({ properties }, { size: 10_000, steps: 100_000 })).toBeNull();
  });
});

describe('a row', () => {
  const text = { type: 'string' };
  const row = (name: string, schema: object = text) => ({ ...newRow(), name, schema });

  test('needs a name that no other has, and at least one choice', () => {
    const rows = [row(''), row('a'), row('a'), row('b', { enum: [] }), row('c')];
    expect(rows.map((one) => mistakesIn(one, rows))).toEqual([
      { name: 'Enter a name.' },
      { name: 'Another input has this name.' },
      { name: 'Another input has this name.' },
      { choices: 'Enter at least one choice.' },
      {},
    ]);
    expect(isFinished({ base: {}, rows })).toBe(false);
    expect(isFinished({ base: {}, rows: rows.slice(4) })).toBe(true);
  });

  test('that is written in JSON has no mistake, even without a name', () => {
    const { rows } = rowsFrom({ properties: { '': text, pair: { prefixItems: [] } } });
    expect(rows.map((one) => [kindOfRow(one), mistakesIn(one, rows)])).toEqual([
      [null, {}],
      [null, {}],
    ]);
  });

  const [, most] = KINDS.text.limits;
  const [minimum] = KINDS.number.limits;
  test.each([
    ['9', most, 9, undefined],
    [' 9 ', most, 9, undefined],
    ['', most, undefined, undefined],
    ['1.5', most, '1.5', 'Enter a whole number.'],
    ['-1', most, '-1', 'Enter a whole number.'],
    ['-0.5', minimum, -0.5, undefined],
    ['1e3', minimum, 1000, undefined],
    ['1.', minimum, '1.', 'Enter a number, such as 0.5.'],
    ['1,5', minimum, '1,5', 'Enter a number, such as 0.5.'],
  ])('with the limit %j stores it, or says what is wrong', (typed, limit, stored, mistake) => {
    const start = limit === most ? text : { type: 'number' };
    const schema = withLimit(start, limit, typed);
    expect(JSON.parse(json(schema))).toEqual(
      stored === undefined ? start : { ...start, [limit.keyword]: stored },
    );
    expect(limitAt(schema, limit)).toBe(typed.trim());
    expect(Object.values(mistakesIn(row('a', schema), []))).toEqual(mistake ? [mistake] : []);
  });

  test('whose limits leave nothing between them has a mistake', () => {
    const mistakes = (schema: object) => mistakesIn(row('a', { ...text, ...schema }), []);
    expect(mistakes({ minLength: 3, maxLength: 2 })).toEqual({ most: 'Nothing is between these limits.' });
    expect(mistakes({ minLength: 3, maxLength: 3 })).toEqual({});
    expect(mistakes({ minLength: 3 })).toEqual({});
  });
});
