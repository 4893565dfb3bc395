import {
  defaultFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import type { Context } from '../context.ts';

/**
 * Divides the work of an operation into steps, between which other clients are served: each object that was waited for,
 * and each item of a long list. A page with all fields of its runs would delay them for a tenth of a second.
 */
export function withSteps(schema: GraphQLSchema): GraphQLSchema {
  const fields = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) => Object.values(type.getFields()))
    .filter(({ type }) => isCompositeType(getNamedType(type)));
  for (const field of fields) {
    const resolve = field.resolve ?? defaultFieldResolver;
    field.resolve = (parent, args, context: Context, info) => {
      const value = resolve(parent, args, context, info);
      if (!(value instanceof Promise)) return divided(value, context, info);
      return value.then((found) => context.client.rest().then(() => divided(found, context, info)));
    };
  }
  return schema;
}

/** Makes each item of a long list a step. */
function divided(value: unknown, { client }: Context, info: GraphQLResolveInfo): unknown {
  if (!Array.isArray(value) || value.length * fieldsOf(info) < LONG) return value;
  return value.map((item) => client.rest().then(() => item));
}

/** The fields of all items from which a list is long. Fewer take less time than dividing them. */
const LONG = 100;

/** The number of fields that are selected within an item, at any depth; those within lists count once. */
const fieldsOf = ({ fieldNodes, fragments }: GraphQLResolveInfo): number =>
  fieldNodes.reduce((sum, { selectionSet }) => sum + countOf(selectionSet, fragments), 0);

/** By the part of a document. Documents are parsed once, and a fragment may be spread in many places. */
const counts = new WeakMap<SelectionSetNode, number>();

function countOf(set: SelectionSetNode | undefined, fragments: GraphQLResolveInfo['fragments']): number {
  if (!set) return 0;
  const known = counts.get(set);
  if (known !== undefined) return known;
  const count = set.selections.reduce((sum, one) => {
    if (one.kind === Kind.FRAGMENT_SPREAD)
      return sum + countOf(fragments[one.name.value]!.selectionSet, fragments);
    return sum + (one.kind === Kind.FIELD ? 1 : 0) + countOf(one.selectionSet, fragments);
  }, 0);
  counts.set(set, count);
  return count;
}
