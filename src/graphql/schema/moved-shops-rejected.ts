import {
  defaultFieldResolver,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
} from 'graphql';
import { shopMoved } from '../../errors.ts';
import type { Context } from '../context.ts';

/** Rejects root fields with an argument that names a shop in another cell, where this one would find nothing. */
export function withMovedShopsRejected(schema: GraphQLSchema): GraphQLSchema {
  for (const type of [schema.getQueryType()!, schema.getMutationType()!, schema.getSubscriptionType()!])
    for (const field of Object.values(type.getFields())) {
      const paths = field.args.flatMap(({ name, type: argument }) =>
        name === 'shop' ? [[name]] : pathsToShops(argument).map((path) => [name, ...path]),
      );
      if (paths.length === 0) continue;
      const check = (args: object, { feed }: Context) => {
        const moved = feed.movedShops();
        if (moved.size > 0 && paths.some((path) => valuesAt(args, path).some((shop) => moved.has(shop))))
          throw shopMoved();
      };
      const { resolve = defaultFieldResolver, subscribe } = field;
      if (subscribe)
        field.subscribe = (parent, args, context: Context, info) => {
          check(args, context);
          return subscribe(parent, args, context, info);
        };
      else
        field.resolve = (parent, args, context: Context, info) => {
          check(args, context);
          return resolve(parent, args, context, info);
        };
    }
  return schema;
}

/** The paths of the fields `shop` within an input, except for those of shops that a filter excludes. */
function pathsToShops(input: GraphQLInputType, within: readonly string[] = []): string[][] {
  const type = getNamedType(input);
  if (!isInputObjectType(type) || within.includes(type.name)) return [];
  const fields = Object.values(type.getFields()).filter(({ name }) => name !== 'not');
  return fields.flatMap((field) =>
    field.name === 'shop'
      ? [['shop']]
      : pathsToShops(field.type, [...within, type.name]).map((path) => [field.name, ...path]),
  );
}

/** The texts at a path, through any lists. */
function valuesAt(value: unknown, path: readonly string[]): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path));
  const [name, ...rest] = path;
  if (name === undefined) return typeof value === 'string' ? [value.trim()] : [];
  return typeof value === 'object' && value !== null
    ? valuesAt((value as { [key: string]: unknown })[name], rest)
    : [];
}
