import { type GraphQLError, type GraphQLSchema, Kind, type OperationDefinitionNode } from 'graphql';

/**
 * The fields that resolvers have rejected, such as `Query.orders` for a client that is held to channels. A right may
 * depend on more than the table of rights can say.
 */
export function forbiddenFields(
  schema: GraphQLSchema,
  { operation }: OperationDefinitionNode,
  errors: readonly GraphQLError[] = [],
): string[] {
  const root = schema.getRootType(operation)?.name;
  return errors.flatMap(({ path, nodes, extensions }) => {
    const node = nodes?.[0];
    if (extensions.code !== 'FORBIDDEN' || node?.kind !== Kind.FIELD) return [];
    return path?.length === 1 ? `${root}.${node.name.value}` : node.name.value;
  });
}
