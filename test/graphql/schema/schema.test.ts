import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { printApi } from '../../../src/graphql/schema/print-api.ts';
import { schema } from '../../../src/graphql/schema/schema.ts';
import { unplainWords } from '../../support/plain-words.ts';

/** What open work still owes of the contract: it ends up empty. `Type` is a whole type, `Type.field` one of its members. */
const OWED: string[] = [];

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const contract = buildSchema(read('../../fixtures/contract.graphql'));

describe('the schema', () => {
  it('is printed in schema.graphql as it is', () => {
    expect(read('../../../schema.graphql') === printApi(), 'stale: run node scripts/schema.ts').toBe(true);
  });

  it('has all of the contract but what is owed', () => {
    const types = Object.values(contract.getTypeMap()).filter((type) => !isIntrospectionType(type));
    const missing = types.flatMap(missingOf).sort();
    expect(missing.filter((member) => !OWED.includes(member))).toEqual([]);
    expect(
      OWED.filter((member) => !missing.includes(member)),
      'owed no more',
    ).toEqual([]);
  });

  it('describes every type, field, argument, input field and enum value in plain words', () => {
    const elements = Object.values(schema.getTypeMap())
      .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))
      .flatMap(elementsOf);
    expect(elements.length).toBeGreaterThan(500);
    expect(elements.filter(({ text }) => !text?.trim()).map(({ name }) => name)).toEqual([]);
    const unplain = elements.map(({ name, text }) => ({ name, words: unplainWords(text ?? '') }));
    expect(unplain.filter(({ words }) => words.length > 0)).toEqual([]);
  });

  it('asks for no argument and no input field that the contract does not know', () => {
    const asked = Object.values(contract.getTypeMap()).flatMap((type) => {
      const ours = schema.getType(type.name);
      if (isInputObjectType(type) && isInputObjectType(ours))
        return required(ours.getFields(), type.getFields(), type.name);
      if (!isObjectType(type) || !isObjectType(ours)) return [];
      return Object.values(type.getFields()).flatMap(({ name, args }) =>
        required(byName(ours.getFields()[name]?.args), byName(args), `${type.name}.${name}`),
      );
    });
    expect(asked).toEqual([]);
  });
});

/** A type and all of its members, each with its description. */
function elementsOf(type: GraphQLNamedType): { name: string; text: string | null | undefined }[] {
  const own = { name: type.name, text: type.description };
  const members: { name: string; description?: string | null }[] = isEnumType(type)
    ? [...type.getValues()]
    : isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)
      ? Object.values(type.getFields())
      : [];
  return [
    own,
    ...members.flatMap((member) => {
      const args: readonly { name: string; description?: string | null }[] =
        'args' in member ? (member.args as []) : [];
      return [
        { name: `${type.name}.${member.name}`, text: member.description },
        ...args.map((arg) => ({ name: `${type.name}.${member.name}(${arg.name})`, text: arg.description })),
      ];
    }),
  ];
}

/** What of a contract's type is missing, or differs in its type or nullability. */
function missingOf(type: GraphQLNamedType): string[] {
  const ours = schema.getType(type.name);
  if (ours?.constructor !== type.constructor) return [type.name];
  if (isScalarType(type)) return [];
  if (isEnumType(type) && isEnumType(ours)) {
    const values = new Set(ours.getValues().map(({ name }) => name));
    return type.getValues().flatMap(({ name }) => (values.has(name) ? [] : [`${type.name}.${name}`]));
  }
  if (isInputObjectType(type) && isInputObjectType(ours)) {
    const differing = differences(type.getFields(), ours.getFields(), type.name);
    return type.isOneOf === ours.isOneOf ? differing : [...differing, `${type.name} @oneOf`];
  }
  if ((isObjectType(type) || isInterfaceType(type)) && (isObjectType(ours) || isInterfaceType(ours))) {
    const interfaces = ours.getInterfaces().map(({ name }) => name);
    return [
      ...type
        .getInterfaces()
        .flatMap(({ name }) => (interfaces.includes(name) ? [] : [`${type.name} ${name}`])),
      ...differences(type.getFields(), ours.getFields(), type.name),
      ...Object.values(type.getFields()).flatMap(({ name, args }) => {
        const own = ours.getFields()[name];
        return own ? differences(byName(args), byName(own.args), `${type.name}.${name}`) : [];
      }),
    ];
  }
  throw new Error(`${type.name} is of a kind that the contract does not use`);
}

type Members = { [name: string]: { type: unknown; default?: unknown } };

function differences(theirs: Members, ours: Members, of: string): string[] {
  return Object.entries(theirs).flatMap(([name, { type }]) =>
    String(ours[name]?.type) === String(type) ? [] : [`${of}.${name}`],
  );
}

const required = (ours: Members, theirs: Members, of: string): string[] =>
  Object.keys(ours).flatMap((name) =>
    !(name in theirs) && String(ours[name]?.type).endsWith('!') ? [`${of}.${name}`] : [],
  );

const byName = (args: readonly { name: string; type: unknown }[] = []): Members =>
  Object.fromEntries(args.map((arg) => [arg.name, arg]));
