import { execute } from '@graphql-tools/executor';
import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  type OperationDefinitionNode,
} from 'graphql';

export type Inputs = {
  /** The event to answer, for a subscription. */
  rootValue?: unknown;
  contextValue?: unknown;
  variableValues?: ExecutionArgs['variableValues'];
};

/** Executes one operation, or answers one event of a subscription. */
export type Answer = (inputs: Inputs) => Promise<ExecutionResult>;

/**
 * The function that executes an operation of a valid document, by Yoga's executor. graphql-js's own does the same but
 * makes an AbortController for each operation, which doubles the cost of a small one.
 */
export function answerOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): Answer {
  const operationName = operation.name?.value;
  return async ({ rootValue, contextValue, variableValues }) => {
    const inputs = variableValues ?? {};
    const args = { schema, document, operationName, rootValue, contextValue, variableValues: inputs };
    const result = (await execute(args)) as ExecutionResult;
    return 'data' in result
      ? result
      : { errors: variableErrors(schema, operation, inputs) ?? result.errors! };
  };
}

/** The errors of a request whose variables do not fit, in the words of graphql-js, which name the place and the type. */
function variableErrors(schema: GraphQLSchema, operation: OperationDefinitionNode, inputs: object) {
  const definitions = operation.variableDefinitions ?? [];
  const { errors } = getVariableValues(schema, definitions, inputs as never, { maxErrors: 10 });
  return errors?.map(({ message, nodes }) => new GraphQLError(message, { nodes }));
}
