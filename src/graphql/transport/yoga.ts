import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  getOperationAST,
} from 'graphql';
import { createYoga, type GraphQLParams, type Plugin, type YogaInitialContext } from 'graphql-yoga';
import { sendJson } from '../../http/answer.ts';
import { compress } from '../../http/compress.ts';
import { isIntended } from '../../http/origins.ts';
import { requestIdOf } from '../../http/request.ts';
import type { Login } from '../../identity/login/login.ts';
import type { Client } from '../../limits/client.ts';
import type { Logger } from '../../logger.ts';
import type { Context } from '../context.ts';
import type { Execution } from '../execution/execution.ts';
import { badHttp, badRequest, toClientError } from '../graphql-errors.ts';
import {
  chunksOfEvents,
  chunksOfResults,
  countUnread,
  eventStreams,
  untilLoginEnds,
} from './event-stream.ts';
import { sendGraphiQL } from './graphiql.ts';
import { bodyCounter, holdUntilSent } from './held-bytes.ts';
import { httpAnswer, sendAnswer } from './http-answer.ts';
import { acceptedTypes, EVENT_STREAM_TYPE, JSON_TYPE } from './media-type.ts';
import { answerPlainPost, isPlainPost } from './plain-post.ts';
import { bodyBytes } from './request-body.ts';
import { bodyParams, isJsonBody, queryParams } from './request-params.ts';

export const GRAPHQL_PATH = '/graphql';

const NO_GRAPHIQL =
  'This service has no GraphiQL; JOURNEY_RUNTIME_GRAPHIQL=true adds it. Programs accept application/json here.';

/** The request, the response, its login, and the parameters if the body was already read. */
type Node = {
  req: IncomingMessage;
  res: ServerResponse;
  login: Login;
  client: Client;
  params?: Promise<GraphQLParams>;
};

/**
 * GraphQL over HTTP: JSON POSTs, GETs for queries, subscriptions as server-sent events, and GraphiQL while `hasGraphiQL`
 * returns true. Without `plainPosts` Yoga responds to all requests, in the same way.
 */
export function createHttp(
  execution: Execution,
  logger: Logger,
  { plainPosts = true, hasGraphiQL = (): boolean => false } = {},
) {
  const yoga = createYoga<Node>({
    schema: execution.schema,
    graphqlEndpoint: GRAPHQL_PATH,
    context: ({ request, req, login, client }) =>
      execution.createContext(login.principal, client, {
        requestBytes: req.method === 'POST' ? bodyBytes(req) : 0,
        requestId: requestIdOf(req.headers['x-request-id']),
        lastEventId: request.headers.get('last-event-id') || null,
        hasLeft: () => request.signal.aborted,
      }),
    graphiql: false,
    landingPage: false,
    cors: false,
    batching: false,
    multipart: false,
    logging: false,
    maxRequestBodySize: false,
    parserAndValidationCache: false,
    maskedErrors: { errorMessage: '', maskError: (error) => toClientError(error, logger) },
    plugins: [engine(execution), requests(execution), answers, eventStreams],
  });
  const streams = new Set<ServerResponse>();

  return {
    async handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
      const accepted = acceptedTypes(req.headers.accept);
      if (req.method === 'GET' && accepted.prefersHtml)
        return hasGraphiQL() ? sendGraphiQL(req, res) : sendJson(res, 404, { error: NO_GRAPHIQL });
      const login = await execution.authenticate(req.headers, req).catch((error: GraphQLError) => error);
      if (login instanceof GraphQLError)
        return sendAnswer(res, httpAnswer({ errors: [login] }, accepted.json));
      const client = execution.clientOf(req, login.principal);
      const params =
        plainPosts && isPlainPost(req)
          ? bodyParams(req, execution.textOf, bodyCounter(client, res))
          : undefined;
      const read = await params?.catch(() => null);
      if (read && (await answerPlainPost({ execution, logger }, { login, client }, read, req, res))) return;
      if (accepted.eventStream) {
        streams.add(res);
        res.once('close', () => streams.delete(res));
      }
      if (req.method === 'POST') compress(req, res);
      await yoga(req, res, { login, client, params });
    },

    /** Ends the streams without `complete`, so that their clients reconnect and resume elsewhere. */
    stop(): void {
      for (const res of streams)
        if (String(res.getHeader('content-type')).startsWith(EVENT_STREAM_TYPE)) res.end();
    },
  };
}

/** Replaces Yoga's execution by the service's. Its hooks get the values that envelop passes on. */
function engine(execution: Execution): Plugin {
  return {
    onParse: ({ context, setParseFn }) =>
      setParseFn((text: string) => {
        const { client, params } = context as Node & YogaInitialContext;
        const document = execution.parse(text, client);
        if (getOperationAST(document, params.operationName)) return document;
        throw badRequest(
          'Could not determine what operation to execute; set operationName to the name of one of the operations in the document.',
        );
      }),
    onValidate: ({ setValidationFn }) =>
      setValidationFn(((_: unknown, document: DocumentNode) => execution.validate(document)) as never),
    onExecute: ({ setExecuteFn }) => setExecuteFn(execution.execute as never),
    onSubscribe: ({ setSubscribeFn }) =>
      setSubscribeFn((async (args: ExecutionArgs) => {
        const { request, login } = args.contextValue as { request: Request; login: Login };
        const { signal, headers } = request;
        if (!acceptedTypes(headers.get('accept') ?? '').eventStream)
          return {
            errors: [
              badHttp('A subscription is sent as text/event-stream: accept that, or use a WebSocket.', 406),
            ],
          };
        const outcome = await execution.subscribe(args);
        if (outcome.kind === 'result') return outcome.result;
        const { client } = args.contextValue as Context;
        const chunks =
          outcome.kind === 'shared' ? chunksOfEvents(outcome.subscriber) : chunksOfResults(outcome.results);
        const stream = countUnread(untilLoginEnds(chunks, login), client);
        const leave = () => void stream.return();
        if (signal.aborted) leave();
        signal.addEventListener('abort', leave, { once: true });
        return stream;
      }) as never),
  };
}

/**
 * Accepts only requests that pages of other origins cannot send without a preflight: JSON bodies, unlike form,
 * multipart and text ones, and GETs with a header.
 */
const requests = (execution: Execution): Plugin<object, Node> => ({
  onRequestParse({ request, url, serverContext: { req, res, client, params }, setRequestParser }) {
    if (request.method !== 'GET' && request.method !== 'POST') return;
    if (request.method === 'POST' && !isJsonBody(req))
      throw badHttp('Send operations as application/json in UTF-8, with "query" and "variables".', 415);
    if (request.method === 'GET' && !isIntended(req))
      throw badHttp(
        'Send the header GraphQL-Preflight: 1 with each GET, so that no page of another origin can send it; or use POST.',
      );
    const { json, eventStream } = acceptedTypes(req.headers.accept);
    if (json === null && !eventStream)
      throw badHttp(
        'Answers are application/json, application/graphql-response+json or text/event-stream.',
        406,
      );
    const ofBody = () => params ?? bodyParams(req, execution.textOf, bodyCounter(client, res));
    setRequestParser(
      request.method === 'GET' ? () => queryParams(url.searchParams, execution.textOf) : ofBody,
    );
  },
});

/**
 * Sends complete responses, as for plain POSTs. Yoga sends those for which the client accepts only an event stream.
 */
const answers: Plugin<object, Node> = {
  onResultProcess({ result, serverContext: { req, res, client }, setResultProcessor }) {
    const { json, eventStream } = acceptedTypes(req.headers.accept);
    if (Symbol.asyncIterator in result || Array.isArray(result) || (json === null && eventStream)) return;
    setResultProcessor((_result, { Response }) => {
      const { body, ...init } = httpAnswer(result as ExecutionResult, json);
      holdUntilSent(client, Buffer.byteLength(body), res);
      return new Response(body, init);
    }, json ?? JSON_TYPE);
  },
};
