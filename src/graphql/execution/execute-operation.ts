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
  /** The event, for a subscription. */
  rootValue?: unknown;
  contextValue?: unknown;
  variableValues?: ExecutionArgs['variableValues'];
};

/** Executes one operation, or a subscription's operation for one event. */
export type Answer = (inputs: Inputs) => Promise<ExecutionResult>;

/**
 * Returns the function that executes an operation of a valid document, with Yoga's executor. graphql-js's executor
 * would return the same results, but its AbortController per operation doubles the cost of a small operation.
 * @param hideSuggestions whether errors suggest no names of the schema
 */
export function answerOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  hideSuggestions = false,
): Answer {
  const operationName = operation.name?.value;
  return async ({ rootValue, contextValue, variableValues }) => {
    const inputs = variableValues ?? {};
    const args = { schema, document, operationName, rootValue, contextValue, variableValues: inputs };
    const result = (await execute(args)) as ExecutionResult;
    return 'data' in result
      ? result
      : { errors: variableErrors(schema, operation, inputs, hideSuggestions) ?? result.errors! };
  };
}

/** The errors of variables that do not fit their types, in graphql-js's words, which name the path and the type. */
function variableErrors(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  inputs: object,
  hideSuggestions: boolean,
) {
  const definitions = operation.variableDefinitions ?? [];
  const options = { maxErrors: 10, hideSuggestions };
  const { errors } = getVariableValues(schema, definitions, inputs as never, options);
  return errors?.map(({ message, nodes }) => new GraphQLError(message, { nodes }));
}
