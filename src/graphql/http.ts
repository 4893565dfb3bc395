import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DocumentNode, ExecutionArgs } from 'graphql';
import { createYoga, type GraphiQLOptions, type GraphQLParams, type Plugin } from 'graphql-yoga';
import type { Logger } from '../logger.ts';
import { badRequest, toClientError } from './errors.ts';
import { eventStreams } from './event-stream.ts';
import type { Execution } from './execution.ts';
import { answerPlainPost, isPlainPost } from './plain-post.ts';
import { parseParams, readBody } from './request-body.ts';

export const GRAPHQL_PATH = '/graphql';

/** `params` are those of a body that was read before. */
type Node = { req: IncomingMessage; res: ServerResponse; params?: Promise<GraphQLParams> };

/** GraphQL over HTTP: JSON POSTs, GETs of what only reads, subscriptions as server-sent events, and GraphiQL. */
export function createHttp(execution: Execution, logger: Logger) {
  const yoga = createYoga<Node>({
    schema: execution.schema,
    graphqlEndpoint: GRAPHQL_PATH,
    context: ({ request }) =>
      execution.createContext(
        { name: '' },
        {
          lastEventId: request.headers.get('last-event-id') || null,
          hasLeft: () => request.signal.aborted,
        },
      ),
    graphiql: { title: 'Journey Runtime', subscriptionsProtocol: 'WS' },
    renderGraphiQL,
    landingPage: false,
    cors: false,
    batching: false,
    multipart: false,
    logging: false,
    maxRequestBodySize: false,
    parserAndValidationCache: false,
    maskedErrors: { errorMessage: '', maskError: (error) => toClientError(error, logger) },
    plugins: [engine(execution), requests, eventStreams],
  });
  const streams = new Set<ServerResponse>();

  return {
    async handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
      const params = isPlainPost(req) ? readParams(req) : undefined;
      const read = await params?.catch(() => null);
      if (read && (await answerPlainPost({ execution, logger }, read, req, res))) return;
      if (req.headers.accept?.includes('text/event-stream')) {
        streams.add(res);
        res.once('close', () => streams.delete(res));
      }
      await yoga(req, res, { params });
    },

    /** Ends the streams without `complete`, so that their clients come back and resume elsewhere. */
    stop(): void {
      for (const res of streams) res.end();
    },
  };
}

/** With its scripts within, so that it works where the browser reaches nothing else: 9 MB, loaded where one asks for them. */
const renderGraphiQL = async (options: GraphiQLOptions): Promise<string> =>
  (await import('@graphql-yoga/render-graphiql')).renderGraphiQL(options);

/** Puts our execution in place of Yoga's own; its hooks get what envelop passes on. */
function engine(execution: Execution): Plugin {
  return {
    onParse: ({ setParseFn }) => setParseFn((text: string) => execution.parse(text)),
    onValidate: ({ setValidationFn }) =>
      setValidationFn(((_: unknown, document: DocumentNode) => execution.validate(document)) as never),
    onExecute: ({ setExecuteFn }) => setExecuteFn(execution.execute as never),
    onSubscribe: ({ setSubscribeFn }) =>
      setSubscribeFn((async (args: ExecutionArgs) => {
        const { signal, headers } = requestOf(args);
        if (!/text\/event-stream|text\/\*|\*\/\*/.test(headers.get('accept') ?? '*/*'))
          return {
            errors: [
              badRequest(
                'A subscription is sent as text/event-stream: accept that, or use a WebSocket.',
                406,
              ),
            ],
          };
        const stream = await execution.subscribe(args);
        if (!(Symbol.asyncIterator in stream)) return stream;
        const leave = () => void stream.return();
        if (signal.aborted) leave();
        signal.addEventListener('abort', leave, { once: true });
        return stream;
      }) as never),
  };
}

const requestOf = ({ contextValue }: ExecutionArgs) => (contextValue as { request: Request }).request;

/** A form, multipart or text body can be sent across origins without asking: only JSON is taken. */
const requests: Plugin<object, Node> = {
  onRequestParse({ request, url, serverContext, setRequestParser }) {
    if (request.method === 'GET') setRequestParser(() => ofQueryString(url.searchParams));
    if (request.method !== 'POST') return;
    const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
    if (type !== 'application/json')
      throw badRequest('Send operations as application/json, with "query" and "variables".', 415);
    if (!ANSWERS.test(request.headers.get('accept') ?? '*/*'))
      throw badRequest(
        'Answers are application/json, application/graphql-response+json or text/event-stream.',
        406,
      );
    const { req, params } = serverContext;
    setRequestParser(() => params ?? readParams(req));
  },
};

const readParams = async (req: IncomingMessage) => parseParams(await readBody(req)) as GraphQLParams;

const ANSWERS = /application\/(graphql-response\+json|json|\*)|text\/event-stream|multipart\/mixed|\*\/\*/i;

function ofQueryString(search: URLSearchParams): GraphQLParams {
  const json = (name: string) => {
    const text = search.get(name);
    return text ? parseParams(text, name) : undefined;
  };
  return {
    query: search.get('query') ?? undefined,
    // Forms of some clients send it empty where nobody has filled it in.
    operationName: search.get('operationName') || undefined,
    variables: json('variables') as GraphQLParams['variables'],
    extensions: json('extensions') as GraphQLParams['extensions'],
  };
}
