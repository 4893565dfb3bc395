import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  type OperationDefinitionNode,
  type Source,
  type SourceLocation,
} from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { checkSize } from './limits.ts';

export type Inputs = {
  /** Of a subscription the event that is to be answered with, else nothing. */
  rootValue?: unknown;
  contextValue?: unknown;
  variableValues?: ExecutionArgs['variableValues'];
};

/** Executes an operation, or answers with one event of a subscription. */
export type Compiled = (inputs: Inputs) => Promise<ExecutionResult>;

/**
 * Makes operations of valid documents into functions, by graphql-jit, each once: clients send the same few again and again,
 * and walking the document anew took half of the API's time for a nested read. Variables are judged by graphql-js before,
 * which says better what is wrong with them. The compiler throws a GraphQLError on an operation that is too large.
 */
export function createCompiler(schema: GraphQLSchema) {
  const known = new WeakMap<OperationDefinitionNode, Compiled>();

  return function compiledOf(document: DocumentNode, operation: OperationDefinitionNode): Compiled {
    const compiled = known.get(operation) ?? compile(schema, document, operation);
    known.set(operation, compiled);
    return compiled;
  };
}

function compile(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): Compiled {
  checkSize(document, operation);
  const compiled = compileQuery(schema, document, operation.name?.value, OPTIONS);
  if (!isCompiledQuery(compiled))
    throw new Error('a valid operation could not be compiled', { cause: compiled.errors?.[0] });
  const { query } = compiled;
  const variables = operation.variableDefinitions ?? [];
  const source = document.loc?.source;

  return async ({ rootValue, contextValue, variableValues }) => {
    const given = variableValues ?? {};
    if (variables.length > 0) {
      const { errors } = getVariableValues(schema, variables, given, VARIABLES);
      if (errors) return { errors: errors.map(refused) };
    }
    const result = await query(rootValue, contextValue, given);
    return result.errors
      ? { ...result, errors: result.errors.map((error) => located(error, source)) }
      : result;
  };
}

const OPTIONS = { disablingCapturingStackErrors: true, useExperimentalPathBasedSkipInclude: true };
const VARIABLES = { maxErrors: 10 };

/** Nothing was executed: the request itself is at fault (GraphQL over HTTP, 6.4.1). */
const refused = (error: GraphQLError): GraphQLError =>
  new GraphQLError(error.message, { nodes: error.nodes, extensions: { http: { status: 400 } } });

/**
 * graphql-jit's errors know their lines alone, not what these are of. Of those that no resolver threw, only one about an
 * argument is the caller's: a null by a variable, where the argument takes none.
 */
function located({ message, path, locations, originalError }: GraphQLError, source?: Source): GraphQLError {
  return new GraphQLError(message, {
    source,
    positions: source && locations?.map((location) => positionOf(location, source)),
    path,
    originalError,
    extensions: message.startsWith('Argument "') && !originalError ? { code: 'BAD_REQUEST' } : undefined,
  });
}

function positionOf({ line, column }: SourceLocation, { body }: Source): number {
  const starts = [0, ...Array.from(body.matchAll(/\r\n|[\n\r]/g), ({ 0: end, index }) => index + end.length)];
  return starts[line - 1]! + column - 1;
}
