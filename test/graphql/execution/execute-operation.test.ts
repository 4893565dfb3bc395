import {
  type ExecutionResult,
  execute,
  GraphQLBoolean,
  type GraphQLError,
  GraphQLID,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  getOperationAST,
  parse,
  validate,
} from 'graphql';
import { expect, it } from 'vitest';
import { answerOf } from '../../../src/graphql/execution/execute-operation.ts';

/** Not an API of ours, which has no field that answers amiss. */
const Node: GraphQLObjectType = new GraphQLObjectType({
  name: 'Node',
  fields: () => ({
    id: { type: new GraphQLNonNull(GraphQLID) },
    isLeaf: { type: GraphQLBoolean },
    count: { type: new GraphQLNonNull(GraphQLInt) },
    next: { type: new GraphQLNonNull(Node), resolve: (node) => node.next ?? null },
    failing: {
      type: Node,
      resolve: () => {
        throw new Error('it failed');
      },
    },
    late: { type: Node, resolve: async () => ({ id: 'late', count: 2 }) },
  }),
});
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      node: {
        type: Node,
        resolve: () => ({ id: 1, isLeaf: false, count: 3, next: { id: 2, count: 'many' } }),
      },
      nodes: {
        type: new GraphQLList(new GraphQLNonNull(Node)),
        args: { first: { type: GraphQLInt, defaultValue: 2 } },
        resolve: async (_, { first }) => Array.from({ length: first ?? 1 }, (_, id) => ({ id, count: id })),
      },
    },
  }),
});

it.each([
  ['{ node { id isLeaf count missing: isLeaf } again: node { id } __typename }'],
  ['query ($n: Int) { nodes(first: $n) { id late { id late { count } } } }', { n: 3 }],
  ['query ($n: Int) { nodes(first: $n) { id } }', { n: null }],
  ['query ($n: Int) { nodes(first: $n) { id } }', {}],
  ['query ($n: Int = 1) { nodes(first: $n) { id } }', {}],
  ['query ($n: Int!) { nodes(first: $n) { id } }', { n: 'three' }],
  ['query ($n: Int!) { nodes(first: $n) { id } }', {}],
  ['{ node {\n  next { count } } }'],
  ['{ node { next { next { id } } } nodes { id } }'],
  ['{ nodes {\r\n  id\r\n  failing { id } } }'],
  ['{ nodes { late { next { id } } } }'],
  [
    'query ($s: Boolean!) { node { ...A ...B } } fragment A on Node { id @skip(if: $s) } fragment B on Node { count }',
    { s: true },
  ],
  [
    'query ($s: Boolean!) { node { ...A @skip(if: $s) ...B } } fragment A on Node { id count } fragment B on Node { id }',
    { s: true },
  ],
  [
    'query ($s: Boolean!) { node { ...A @include(if: $s) id @skip(if: $s) } } fragment A on Node { id count }',
    { s: false },
  ],
  ['query ($s: Boolean!) { node { late @skip(if: $s) { id } late { count } } }', { s: true }],
  ['{ __type(name: "Node") { name fields { name type { kind ofType { name } } } } }'],
])('%s with %o is answered as by graphql-js', async (text: string, variableValues: object = {}) => {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  const args = { schema, document, variableValues: { ...variableValues } };
  const answer = answerOf(schema, document, getOperationAST(document)!);
  expect(shown(await answer({ ...args, contextValue: {} }))).toEqual(shown(await execute(args)));
});

/** What the two may do differently: the order of fields and errors, and what the transport is told. */
const shown = ({ data, errors }: ExecutionResult) => ({
  ...(data !== undefined && { data: JSON.parse(JSON.stringify(data)) }),
  errors: errors?.map(({ message, path, locations }: GraphQLError) => ({ message, path, locations })),
});
