import { getNamedType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { FIELD_RULES, INPUT_RULES, type Rule, TYPE_RULES } from '../../../src/graphql/rights/rights-table.ts';
import { schema } from '../../../src/graphql/schema/schema.ts';

const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
const outputs = types.filter((type) => isObjectType(type) || isInterfaceType(type));
const ofConnection = (name: string) => name.replace(/(Connection|Edge)$/, '');
const roots = ['Query', 'Mutation', 'Subscription'];
const rootFields = roots.flatMap((root) =>
  Object.keys((schema.getType(root) as (typeof outputs)[number]).getFields()).map(
    (field) => `${root}.${field}`,
  ),
);

describe('the table of rights', () => {
  it('has a rule for every type', () => {
    const names = new Set(outputs.map(({ name }) => ofConnection(name)));
    expect([...names].filter((name) => !Object.hasOwn(TYPE_RULES, name))).toEqual([]);
  });

  it('has a rule for every root field', () => {
    expect(rootFields.filter((field) => !Object.hasOwn(FIELD_RULES, field))).toEqual([]);
  });

  it('has no rule for what the schema lacks', () => {
    const known = new Set(
      types.flatMap((type) =>
        'getFields' in type ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`) : [],
      ),
    );
    const meta = ['Query.__schema', 'Query.__type'];
    expect(Object.keys(TYPE_RULES).filter((name) => !schema.getType(name))).toEqual([]);
    expect(
      [...Object.keys(FIELD_RULES), ...Object.keys(INPUT_RULES)].filter((name) => !known.has(name)),
    ).toEqual(meta);
  });

  it('lets nobody read JSON of a run, an event or an order without READ_PAYLOADS', () => {
    const payloads = outputs
      .filter(({ name }) => /^(Run|RunEvent|RunError|RunTelemetry|BulkOperation|Order|OrderLine)$/.test(name))
      .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })))
      .filter(({ field }) => /^JSON/.test(getNamedType(field.type).name) || /Preview$/.test(field.name));
    expect(payloads.length).toBeGreaterThan(9);
    const open = payloads.filter(
      ({ type, field }) => !needsPayloads(FIELD_RULES[`${type.name}.${field.name}`]),
    );
    expect(open).toEqual([]);
  });

  it('lets nobody filter by JSON of a run without READ_PAYLOADS', () => {
    const fields = jsonFieldsOf('RunFilter');
    expect(fields).toContain('RunFilter.inputPayload');
    expect(fields).toContain('RunExclusion.inputPayload');
    expect(fields.filter((field) => !needsPayloads(INPUT_RULES[field]))).toEqual([]);
  });
});

const needsPayloads = (rule: Rule = []) => rule.some((anyOf) => anyOf.join() === 'READ_PAYLOADS');

/** The fields with JSON of an input type, and of the types below it. */
function jsonFieldsOf(name: string): string[] {
  const type = schema.getType(name);
  if (!isInputObjectType(type)) return [];
  return Object.values(type.getFields()).flatMap((field) => {
    const below = getNamedType(field.type).name;
    return below.startsWith('JSON') ? [`${name}.${field.name}`] : jsonFieldsOf(below);
  });
}
