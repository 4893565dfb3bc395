import {
  type GraphQLNamedType,
  getNamedType,
  isAbstractType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { schema } from '../../src/graphql/schema/schema.ts';

/** A selection of every field of a type, and so on below for `depth` levels; of lists that page, one item. */
export function allFields(typeName: string, depth: number): string {
  const type = schema.getType(typeName);
  if (!type) throw new Error(`The API has no type ${typeName}.`);
  return selection(type, depth);
}

function selection(type: GraphQLNamedType, depth: number): string {
  if (isAbstractType(type))
    return `{ ${schema
      .getPossibleTypes(type)
      .map((one) => `... on ${one.name} ${selection(one, depth)}`)
      .join(' ')} }`;
  if (!isObjectType(type)) return '';
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const below = getNamedType(field.type);
    if (field.args.some(isRequiredArgument)) return [];
    // Lists of implementations may have fields of one name and several types; none has so far.
    const args = field.args.some(({ name }) => name === 'first') ? '(first: 1)' : '';
    if (isLeafType(below)) return [`${field.name}${args}`];
    return depth > 0 ? [`${field.name}${args} ${selection(below, depth - 1)}`] : [];
  });
  return `{ __typename ${fields.join(' ')} }`;
}
