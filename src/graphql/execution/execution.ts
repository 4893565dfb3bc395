import type { IncomingHttpHeaders } from 'node:http';
import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  mapSourceToResponseEvent,
  validateSubscriptionArgs,
} from 'graphql';
import type { SharedSubscriber } from '../../feed/live/shared-subscription.ts';
import type { Login } from '../../identity/login/login.ts';
import type { Principal } from '../../identity/principal.ts';
import type { Logger } from '../../logger.ts';
import { scopeOf } from '../../runs/model/run-scope.ts';
import { createRequestBudget } from '../../script-request/check-budget.ts';
import type { Context, Services } from '../context.ts';
import { badRequest, toClientError, withoutTransport } from '../graphql-errors.ts';
import { createLoaders } from '../loaders.ts';
import { checkRights } from '../rights/check-rights.ts';
import { checkCost } from './cost.ts';
import { declaredVariables } from './declared-variables.ts';
import { DocumentCache } from './document-cache.ts';
import { type Answer, answerOf } from './execute-operation.ts';
import { createSharedStreams } from './shared-streams.ts';

/** Executes operations for every transport: within the limits, and with errors as clients may see them. */
export type Execution = {
  schema: GraphQLSchema;
  /** Identifies the client. @throws GraphQLError UNAUTHENTICATED */
  authenticate(headers: IncomingHttpHeaders): Promise<Login>;
  /** @throws GraphQLError on malformed text and on documents that exceed a limit */
  parse(text: string): DocumentNode;
  validate(document: DocumentNode): readonly GraphQLError[];
  /** By default, the client does not resume a subscription, and stays connected. */
  createContext(principal: Principal, client?: Partial<Pick<Context, 'lastEventId' | 'hasLeft'>>): Context;
  execute(args: OperationArgs): Promise<ExecutionResult>;
  subscribe(args: ExecutionArgs): Promise<OperationOutcome>;
};

type Answering = { answer: Answer; variables: { [name: string]: unknown } };
type OperationRequest = Pick<ExecutionArgs, 'document' | 'operationName' | 'variableValues'>;
type OperationArgs = OperationRequest & { contextValue?: unknown };

/** The outcome of an operation, for the transport to send. */
export type OperationOutcome =
  /** The result of a query, of a mutation, or of a subscription that did not start. */
  | { kind: 'result'; result: ExecutionResult }
  /** The results of a subscription. */
  | { kind: 'results'; results: ResultStream }
  /** Results that are already serialized, because equal subscriptions share them. */
  | { kind: 'shared'; subscriber: SharedSubscriber };

/** A stream that fails throws a GraphQLError. */
export type ResultStream = AsyncGenerator<ExecutionResult, void, void>;

export function createExecution(schema: GraphQLSchema, services: Services, logger: Logger): Execution {
  const documents = new DocumentCache(schema);
  const createContext: Execution['createContext'] = (
    principal,
    { lastEventId = null, hasLeft = never } = {},
  ) => ({
    ...services,
    principal,
    runScope: scopeOf(principal),
    loaders: createLoaders(),
    checkBudget: createRequestBudget(),
    feedCursor: services.feed.now(),
    lastEventId,
    hasLeft,
    runEventRequest: null,
  });
  /** Each result of a subscription gets a new context, so that later events do not show what earlier ones loaded. */
  const resultContext = (principal: Principal): Context => ({
    ...createContext(principal),
    db: services.watchDb,
  });
  const masked = (result: ExecutionResult): ExecutionResult =>
    result.errors
      ? { ...result, errors: result.errors.map((error) => toClientError(error, logger)) }
      : result;
  const failed = (result: ExecutionResult): OperationOutcome => ({
    kind: 'result',
    result: masked(result),
  });
  const openShared = createSharedStreams({
    services,
    createContext: resultContext,
    masked: (result) => withoutTransport(masked(result)),
    maskedError: (error) => toClientError(error, logger),
  });

  /** Returns the function that executes the requested operation, and its variables; or the error that rejects it. */
  function answerTo(
    { document, operationName, variableValues }: OperationRequest,
    { principal }: Context,
  ): Answering | GraphQLError {
    const operation = getOperationAST(document, operationName);
    if (!operation)
      return badRequest('Set operationName to the name of one of the operations in the document.');
    try {
      const variables = declaredVariables(schema, operation, variableValues);
      checkRights(schema, document, operation, variables, principal);
      checkCost(schema, document, operation, variables);
      return { answer: answerOf(schema, document, operation), variables };
    } catch (error) {
      if (error instanceof GraphQLError) return error;
      throw error;
    }
  }

  return {
    schema,
    authenticate: (headers) =>
      services.identity.authenticate(headers).catch((error) => {
        throw toClientError(error, logger);
      }),
    parse: (text) => documents.get(text).document,
    validate: (document) => documents.errorsOf(document).map((error) => toClientError(error, logger)),
    createContext,

    async execute(args) {
      const answering = answerTo(args, args.contextValue as Context);
      if (answering instanceof GraphQLError) return masked(rejection(answering));
      return masked(await answering.answer({ ...args, variableValues: answering.variables }));
    },

    async subscribe(args) {
      const answering = answerTo(args, args.contextValue as Context);
      if (answering instanceof GraphQLError) return failed(rejection(answering));
      const { answer, variables: variableValues } = answering;
      const validated = validateSubscriptionArgs({ ...args, variableValues, options: COERCION });
      if (!('schema' in validated)) return failed({ errors: validated });
      const source = await createSourceEventStream(validated);
      if (!(Symbol.asyncIterator in source)) return failed(source);
      const { principal, runEventRequest } = args.contextValue as Context;
      if (runEventRequest)
        return openShared(answer, validated, runEventRequest).then(
          (subscriber) => ({ kind: 'shared', subscriber }),
          (error) => failed({ errors: [error] }),
        );
      const results = mapSourceToResponseEvent(validated, source, ({ rootValue, rawVariableValues }) =>
        answer({ rootValue, contextValue: resultContext(principal), variableValues: rawVariableValues }),
      );
      return { kind: 'results', results: clientStream(results, masked, logger) };
    },
  };
}

/** An operation without the right to it is a valid one, so its result has data: null. */
const rejection = (error: GraphQLError): ExecutionResult =>
  error.extensions.code === 'FORBIDDEN' ? { data: null, errors: [error] } : { errors: [error] };

const never = () => false;
const COERCION = { maxCoercionErrors: 10 };

/**
 * A stream of results for the transport. `return` ends its source at once: waiting for the next event could keep a
 * closed subscription open forever.
 */
function clientStream(
  results: AsyncIterator<ExecutionResult, void, void>,
  masked: (result: ExecutionResult) => ExecutionResult,
  logger: Logger,
): ResultStream {
  const stream: ResultStream = {
    async next() {
      try {
        const step = await results.next();
        return step.done ? { done: true, value: undefined } : { done: false, value: masked(step.value) };
      } catch (error) {
        throw toClientError(error, logger);
      }
    },
    async return() {
      await results.return?.();
      return { done: true, value: undefined };
    },
    async throw(error) {
      await results.return?.();
      throw error;
    },
    [Symbol.asyncIterator]: () => stream,
    [Symbol.asyncDispose]: async () => {
      await results.return?.();
    },
  };
  return stream;
}
