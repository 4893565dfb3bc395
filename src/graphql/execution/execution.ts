import type { IncomingMessage } from 'node:http';
import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  mapSourceToResponseEvent,
  OperationTypeNode,
  validateSubscriptionArgs,
} from 'graphql';
import type { SharedSubscriber } from '../../feed/live/shared-subscription.ts';
import type { Principal } from '../../identity/principal.ts';
import type { Client } from '../../limits/client.ts';
import type { Logger } from '../../logger.ts';
import { scopeOf } from '../../runs/model/run-scope.ts';
import { createRequestBudget } from '../../script-request/check-budget.ts';
import type { Context, Services } from '../context.ts';
import { badRequest, toClientError, withoutTransport } from '../graphql-errors.ts';
import { JsonBudget } from '../json-budget.ts';
import { createLoaders } from '../loaders.ts';
import { missingRight, missingRightError } from '../rights/check-rights.ts';
import { forbiddenFields } from '../rights/forbidden-fields.ts';
import { Steps } from '../steps.ts';
import { type Authentication, createAuthentication } from './authentication.ts';
import { clientStream, type ResultStream } from './client-stream.ts';
import { costOf } from './cost.ts';
import { declaredVariables } from './declared-variables.ts';
import { DocumentCache } from './document-cache.ts';
import { type Answer, answerOf } from './execute-operation.ts';
import { inOperationSpan } from './operation-span.ts';
import { checkRequestSize } from './request-size.ts';
import { createSharedStreams } from './shared-streams.ts';
import { anyDocument, type DocumentText, trustedDocuments } from './trusted-documents.ts';
import { createTurns } from './turns.ts';

/** Executes operations for every transport: within the limits, and with errors as clients may see them. */
export type Execution = Authentication & {
  schema: GraphQLSchema;
  /** The client whose limits a request uses up. */
  clientOf(req: IncomingMessage, principal: Principal): Client;
  /** Returns the text of a request's document. @throws GraphQLError when there is none that may be executed */
  textOf: DocumentText;
  /** @throws an error on malformed text, on documents that exceed a limit, and on too many new ones of the client */
  parse(text: string, client: Client): DocumentNode;
  validate(document: DocumentNode): readonly GraphQLError[];
  /** By default, the client does not resume a subscription, and stays connected. */
  createContext(principal: Principal, client: Client, request?: Partial<RequestValues>): Context;
  execute(args: OperationArgs): Promise<ExecutionResult>;
  subscribe(args: ExecutionArgs): Promise<OperationOutcome>;
};

type RequestValues = Pick<Context, 'requestId' | 'lastEventId' | 'hasLeft' | 'requestBytes'>;
type Answering = {
  answer: Answer;
  cost: number;
  variables: { [name: string]: unknown };
  /** The result as clients may see it. Fields that resolvers have rejected are counted. */
  shown(result: ExecutionResult): ExecutionResult;
  isQuery: boolean;
};
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

export function createExecution(schema: GraphQLSchema, services: Services, logger: Logger): Execution {
  const { trustedDocuments: trusted, introspection } = services.config;
  const documents = new DocumentCache(schema, { introspection });
  const textOf = trusted === null ? anyDocument : trustedDocuments(trusted);
  const turns = createTurns();
  const createContext: Execution['createContext'] = (
    principal,
    client,
    { requestId = null, lastEventId = null, requestBytes = 0, hasLeft = never } = {},
  ) => {
    const steps = new Steps(client.rest);
    return {
      ...services,
      principal,
      requestId,
      runScope: scopeOf(principal),
      client,
      steps,
      loaders: createLoaders(steps),
      checkBudget: createRequestBudget(),
      jsonBudget: new JsonBudget(),
      feedCursor: services.feed.now(),
      lastEventId,
      requestBytes,
      hasLeft,
      runEventRequest: null,
    };
  };
  /** Each result of a subscription gets a new context, so that later events do not show what earlier ones loaded. */
  const resultContext = ({ principal, client }: Context): Context => ({
    ...createContext(principal, client),
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
    turns,
    createContext: resultContext,
    masked: (result) => withoutTransport(masked(result)),
    maskedError: (error) => toClientError(error, logger),
  });

  /** Returns the function that executes the requested operation, and its variables; or the error that rejects it. */
  function answerTo(
    { document, operationName, variableValues }: OperationRequest,
    { principal, requestBytes }: Context,
  ): Answering | GraphQLError {
    const countForbidden = (field: string) =>
      services.rejections.count({ principal: principal.id, address: null }, 'rights', field);
    const operation = getOperationAST(document, operationName);
    if (!operation)
      return badRequest('Set operationName to the name of one of the operations in the document.');
    try {
      const variables = declaredVariables(schema, operation, variableValues);
      const missing = missingRight(schema, document, operation, variables, principal);
      if (missing) {
        countForbidden(missing.field);
        return missingRightError(missing);
      }
      checkRequestSize(schema, document, operation, requestBytes);
      const cost = costOf(schema, document, operation, variables);
      const shown = (result: ExecutionResult) => {
        const seen = masked(result);
        for (const field of forbiddenFields(schema, operation, seen.errors)) countForbidden(field);
        return seen;
      };
      const isQuery = operation.operation === OperationTypeNode.QUERY;
      return {
        answer: answerOf(schema, document, operation, !introspection),
        cost,
        variables,
        isQuery,
        shown,
      };
    } catch (error) {
      if (error instanceof GraphQLError) return error;
      throw error;
    }
  }

  return {
    schema,
    ...createAuthentication(services, logger),
    clientOf: (req, principal) => services.clients.of(services.addressOf(req), principal),
    textOf,
    parse: (text, client) => documents.get(text, client).document,
    validate: (document) => documents.errorsOf(document).map((error) => toClientError(error, logger)),
    createContext,

    execute: (args) =>
      inOperationSpan(args, async () => {
        const context = args.contextValue as Context;
        const answering = answerTo(args, context);
        if (answering instanceof GraphQLError) return masked(rejection(answering));
        const { answer, cost, variables: variableValues, isQuery, shown } = answering;
        try {
          const result = await turns.execute(context, cost, async () => {
            if (isQuery) context.db = await services.reads.choose();
            return answer({ ...args, variableValues });
          });
          return shown(result);
        } catch (error) {
          return masked({ errors: [error as GraphQLError] });
        }
      }),

    async subscribe(args) {
      const context = args.contextValue as Context;
      const answering = answerTo(args, context);
      if (answering instanceof GraphQLError) return failed(rejection(answering));
      const { answer, cost, variables: variableValues, shown } = answering;
      const validated = validateSubscriptionArgs({
        ...args,
        variableValues,
        hideSuggestions: !introspection,
        options: COERCION,
      });
      if (!('schema' in validated)) return failed({ errors: validated });
      try {
        const source = await turns.execute(context, cost, () => createSourceEventStream(validated));
        if (!(Symbol.asyncIterator in source)) return { kind: 'result', result: shown(source) };
        if (context.runEventRequest) {
          const subscriber = await openShared(answer, validated, context.runEventRequest);
          return { kind: 'shared', subscriber };
        }
        const close = context.client.openSubscription({});
        const results = mapSourceToResponseEvent(validated, source, ({ rootValue, rawVariableValues }) =>
          turns.render(context.client, () =>
            answer({ rootValue, contextValue: resultContext(context), variableValues: rawVariableValues }),
          ),
        );
        return { kind: 'results', results: clientStream(results, { masked: shown, close, logger }) };
      } catch (error) {
        return failed({ errors: [error as GraphQLError] });
      }
    },
  };
}

/** An operation without the right to it is a valid one, so its result has data: null. */
const rejection = (error: GraphQLError): ExecutionResult =>
  error.extensions.code === 'FORBIDDEN' ? { data: null, errors: [error] } : { errors: [error] };

const never = () => false;
const COERCION = { maxCoercionErrors: 10 };
