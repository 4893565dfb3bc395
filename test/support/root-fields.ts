import {
  type GraphQLInputType,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';
import type { Rule } from '../../src/graphql/rights/rights-table.ts';
import { schema } from '../../src/graphql/schema/schema.ts';

export const NO_ID = '00000000-0000-4000-8000-000000000000';

/** Whether a client with these permissions may use what has the rule. */
export const isAllowed = (permissions: readonly string[], rule: Rule): boolean =>
  rule.every((anyOf) => anyOf.some((one) => permissions.includes(one)));

/** The least operation with each root field of a type. */
export function documentsOf(root: string): [string, string][] {
  const type = schema.getType(root);
  if (!isObjectType(type)) throw new Error(`there is no ${root}`);
  return Object.values(type.getFields()).map((field) => {
    const args = field.args.filter(isRequiredArgument).map((arg) => `${arg.name}: ${least(arg.type)}`);
    const call = `${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''}`;
    const selection = isCompositeType(getNamedType(field.type)) ? ' { __typename }' : '';
    return [`${root}.${field.name}`, `${root.toLowerCase()} { ${call}${selection} }`];
  });
}

function least(type: GraphQLInputType): string {
  if (isNonNullType(type)) return least(type.ofType);
  if (isListType(type)) return '[]';
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(isRequiredInputField);
    return `{${fields.map((field) => `${field.name}: ${least(field.type)}`).join(', ')}}`;
  }
  return (
    { ID: `"${NO_ID}"`, Int: '1', Float: '1', Boolean: 'true' }[type.name] ??
    (/^JSON/.test(type.name) ? '{}' : '"x"')
  );
}
