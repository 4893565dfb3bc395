import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ExecutionArgs, ExecutionResult, GraphQLError } from 'graphql';
import { CloseCode, type Context, handleProtocols, makeServer } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { refuseUpgrade } from '../http/upgrade.ts';
import { InexactNumberError, parseJson } from '../json/parse.ts';
import type { Logger } from '../logger.ts';
import { badRequest, errorWithoutTransport, toClientError, withoutTransport } from './errors.ts';
import type { Execution } from './execution.ts';
import { type Wire, writeFrames } from './frames.ts';
import { BODY_AT_MOST } from './request-body.ts';
import { RenderedStream } from './shared-streams.ts';

const INIT_WAIT_MS = 5_000;
const KEEP_ALIVE_MS = 12_000;
const UNANSWERED_AT_MOST = 10;
const CLOSE_WAIT_MS = 2_000;
const OPERATIONS_AT_MOST = 1_000;

/** `running` are the operations whose answer is worked on, by their id. */
type Extra = Wire & { running: Map<string, AbortController> };

/** GraphQL over WebSocket, by the protocol graphql-transport-ws. */
export function createWebSocket(execution: Execution, logger: Logger) {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: BODY_AT_MOST, handleProtocols });
  const graphql = makeServer<Record<string, unknown>, Extra>({
    connectionInitWaitTimeout: INIT_WAIT_MS,
    onSubscribe: (ctx, id, payload) => operationArgs(execution, logger, ctx, id, payload),
    execute: execution.execute,
    subscribe: execution.subscribe,
    onOperation: ({ extra }, id, _payload, _args, result) =>
      result instanceof RenderedStream ? writeFrames(extra, id, result) : undefined,
    onNext: (_ctx, _id, _payload, _args, result) => withoutTransport(result as ExecutionResult) as never,
    onError: (_ctx, _id, _payload, errors) =>
      errors.map((error) => errorWithoutTransport(toClientError(error, logger))),
    onComplete: ({ extra }, id) => void extra.running.delete(id),
  });

  const serve = (socket: WebSocket, { socket: network }: IncomingMessage) => {
    const extra: Extra = { socket, network, running: new Map() };
    socket.on('error', (err) => logger.debug({ err }, 'a WebSocket failed'));
    const stopPings = keepAlive(socket);
    const closed = graphql.opened(
      {
        protocol: socket.protocol,
        send: (data) =>
          new Promise((resolve, reject) => {
            if (socket.readyState !== socket.OPEN) return resolve();
            socket.send(data, (error) => (error ? reject(error) : resolve()));
          }),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (receive) =>
          socket.on('message', (data) => {
            const text = String(data);
            const refusal = refusalOf(text, extra);
            if (refusal) return socket.send(refusal);
            receive(text).catch((err) => {
              if (socket.readyState !== socket.OPEN) return;
              logger.error({ err }, 'a WebSocket message failed unexpectedly');
              socket.close(CloseCode.InternalServerError, 'Internal server error');
            });
          }),
      },
      extra,
    );
    socket.once('close', (code, reason) => {
      stopPings();
      for (const operation of extra.running.values()) operation.abort();
      closed(code, String(reason)).catch((err) => logger.error({ err }, 'a WebSocket did not close cleanly'));
    });
  };

  return {
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      if (isCrossOrigin(request)) {
        refuseUpgrade(
          socket,
          403,
          'A page of another origin cannot open a WebSocket here; its origin must be the address of this service.',
        );
        return;
      }
      sockets.handleUpgrade(request, socket, head, serve);
    },

    async stop(): Promise<void> {
      for (const socket of sockets.clients) socket.close(1001, 'Going away');
      const late = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
      }, CLOSE_WAIT_MS);
      await Promise.all(
        [...sockets.clients].map(
          (socket) => new Promise<void>((resolve) => socket.once('close', () => resolve())),
        ),
      );
      clearTimeout(late);
      sockets.close();
    },
  };
}

/** The same-origin rule does not hold for WebSockets: a page from elsewhere must not speak as its visitor. */
function isCrossOrigin({ headers }: IncomingMessage): boolean {
  if (headers.origin === undefined) return false;
  return !URL.canParse(headers.origin) || new URL(headers.origin).host !== headers.host?.toLowerCase();
}

/** What makes graphql-ws close the whole socket when it throws, here ends one operation alone. */
function operationArgs(
  execution: Execution,
  logger: Logger,
  { subscriptions, extra }: Context<Record<string, unknown>, Extra>,
  id: string,
  payload: { query: string; operationName?: string | null; variables?: Record<string, unknown> | null },
): ExecutionArgs | readonly GraphQLError[] {
  try {
    if (Object.keys(subscriptions).length > OPERATIONS_AT_MOST)
      throw badRequest(`One connection runs at most ${OPERATIONS_AT_MOST} operations at once.`);
    const document = execution.parse(payload.query);
    const errors = execution.validate(document);
    if (errors.length > 0) return errors;
    const abort = new AbortController();
    extra.running.set(id, abort);
    return {
      schema: execution.schema,
      document,
      operationName: payload.operationName,
      variableValues: payload.variables,
      contextValue: execution.createContext({ name: '' }, { hasLeft: () => abort.signal.aborted }),
    };
  } catch (error) {
    return [toClientError(error, logger)];
  }
}

/** The answer to a message that graphql-ws must not see, for it would change the numbers in it; null to go on. */
function refusalOf(text: string, extra: Extra): string | null {
  try {
    const message = parseJson(text) as { type?: string; id?: string } | null;
    if (message?.type === 'complete' && message.id !== undefined) extra.running.get(message.id)?.abort();
    return null;
  } catch (error) {
    if (!(error instanceof InexactNumberError)) return null;
    const { type, id } = JSON.parse(text);
    if (type !== 'subscribe' || typeof id !== 'string') return null;
    return JSON.stringify({ id, type: 'error', payload: [errorWithoutTransport(badRequest(error.message))] });
  }
}

/** Pings; a socket that leaves too many unanswered is dead, and not just slow at reading what comes before them. */
function keepAlive(socket: WebSocket): () => void {
  let unanswered = 0;
  socket.on('pong', () => {
    unanswered = 0;
  });
  const timer = setInterval(() => {
    if (unanswered === UNANSWERED_AT_MOST) return socket.terminate();
    unanswered += 1;
    socket.ping();
  }, KEEP_ALIVE_MS);
  return () => clearInterval(timer);
}
