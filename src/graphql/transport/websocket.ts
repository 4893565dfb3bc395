import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ExecutionArgs, type ExecutionResult, type GraphQLError, getOperationAST } from 'graphql';
import { CloseCode, handleProtocols, MessageType, makeServer } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { requestIdOf } from '../../http/request.ts';
import { OPEN_PRINCIPAL } from '../../identity/principal.ts';
import type { Client } from '../../limits/client.ts';
import { withRequestId } from '../../log-fields.ts';
import type { Logger } from '../../logger.ts';
import type { Execution, OperationOutcome } from '../execution/execution.ts';
import { badRequest, errorWithoutTransport, toClientError, withoutTransport } from '../graphql-errors.ts';
import { sendEvents } from './frames.ts';
import { BODY_AT_MOST } from './request-body.ts';
import { SocketLogin } from './websocket-login.ts';
import { readMessage } from './websocket-message.ts';
import { Operations } from './websocket-operations.ts';
import { Wire } from './wire.ts';

const INIT_WAIT_MS = 5_000;
const KEEP_ALIVE_MS = 12_000;
const UNANSWERED_AT_MOST = 10;
const CLOSE_WAIT_MS = 2_000;
const OPERATIONS_AT_MOST = 1_000;

type Connection = {
  wire: Wire;
  operations: Operations;
  login: SocketLogin;
  /** The client, once it is authenticated. */
  clientNow(): Client;
};

/** Serves GraphQL over WebSocket with the protocol graphql-transport-ws. */
export function createWebSocket(execution: Execution, logger: Logger) {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: BODY_AT_MOST,
    handleProtocols,
    // Each message and ping in a turn of the event loop of its own: a socket may bring thousands at once.
    allowSynchronousEvents: false,
  });
  /**
   * Converts an error to a result, which ends only its operation. If the error reached graphql-ws, that would close
   * the socket.
   */
  const failed = (error: unknown): OperationOutcome => ({
    kind: 'result',
    result: { errors: [toClientError(error, logger)] },
  });
  const execute = (args: ExecutionArgs): Promise<OperationOutcome> =>
    execution.execute(args).then((result) => ({ kind: 'result', result }), failed);
  const subscribe = (args: ExecutionArgs): Promise<OperationOutcome> =>
    execution.subscribe(args).catch(failed);
  const graphql = makeServer<Record<string, unknown>, Connection>({
    connectionInitWaitTimeout: INIT_WAIT_MS,
    async onConnect({ extra: { login, wire, clientNow }, connectionParams }) {
      const isAuthenticated = await login.start(connectionParams);
      if (isAuthenticated) wire.belongTo(clientNow());
      return isAuthenticated;
    },
    onSubscribe: ({ extra }, id, payload) => begin(execution, logger, extra, id, payload),
    // graphql-ws passes an outcome to `onOperation` unchanged, and sends the value that it returns.
    execute: execute as never,
    subscribe: subscribe as never,
    onOperation: ({ extra }, id, payload, _args, returned) => {
      const outcome = returned as unknown as OperationOutcome;
      if (outcome.kind === 'result') return outcome.result;
      extra.operations.get(payload)?.release();
      return outcome.kind === 'results' ? outcome.results : sendEvents(extra.wire, id, outcome.subscriber);
    },
    onNext: (_ctx, _id, _payload, _args, result) => withoutTransport(result as ExecutionResult) as never,
    onError: (_ctx, _id, _payload, errors) =>
      errors.map((error) => errorWithoutTransport(toClientError(error, logger))),
    onComplete: ({ extra }, _id, payload) => extra.operations.end(payload),
  });

  const serve = (socket: WebSocket, request: IncomingMessage) => {
    const close = (code: number, reason?: string) => socket.close(code, shortReason(reason));
    const authenticate = (headers: IncomingHttpHeaders) => execution.authenticate(headers, request);
    const login = new SocketLogin({ authenticate, headers: request.headers, close });
    const wire = new Wire(socket, request.socket, execution.clientOf(request, OPEN_PRINCIPAL));
    const clientNow = () => execution.clientOf(request, login.principal);
    const operations = new Operations(wire);
    socket.on('error', (err) => logger.debug({ err }, 'a WebSocket failed'));
    const stopPings = keepAlive(socket);
    const send = (text: string) =>
      new Promise<void>((resolve, reject) => {
        if (socket.readyState !== socket.OPEN) return resolve();
        socket.send(text, (error) => (error ? reject(error) : resolve()));
        wire.countUnsent();
      });
    const closed = graphql.opened(
      {
        protocol: socket.protocol,
        send,
        close,
        onMessage: (receive) =>
          socket.on('message', (data) => {
            wire.received();
            const text = String(data);
            const incoming = readMessage(text);
            if (incoming.kind === 'close') return close(CloseCode.BadRequest, incoming.reason);
            if (incoming.kind === 'answer') return socket.send(incoming.text);
            if (incoming.kind === 'renewal') {
              void login.renew(incoming.authorization).then((payload) => {
                if (payload) void send(JSON.stringify({ type: MessageType.Pong, payload })).catch(() => {});
              });
              return;
            }
            const { message } = incoming;
            if (message.type === MessageType.Complete) operations.leave(String(message.id));
            const isObject = typeof message.payload === 'object' && message.payload !== null;
            if (isObject) operations.setLength(message.payload as object, text.length);
            // graphql-ws accepts a parsed message, although its types allow only texts.
            const receiving = withRequestId(requestIdOf(message.id), () => receive(message as never));
            receiving.catch((err) => {
              if (socket.readyState !== socket.OPEN) return;
              logger.error({ err }, 'a WebSocket message failed unexpectedly');
              socket.close(CloseCode.InternalServerError, 'Internal server error');
            });
          }),
      },
      { wire, operations, login, clientNow },
    );
    socket.on('ping', () => wire.received());
    socket.once('close', (code, reason) => {
      if (code === CloseCode.Unauthorized) execution.countMissing(request);
      stopPings();
      login.leave();
      operations.leaveAll();
      closed(code, String(reason)).catch((err) => logger.error({ err }, 'a WebSocket did not close cleanly'));
    });
  };

  return {
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
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

/** Shortens a close reason to the 123 bytes of a close frame. A reason may quote a client's message. */
function shortReason(reason = ''): string {
  return Buffer.byteLength(reason) <= 123 ? reason : `${reason.slice(0, 40).toWellFormed()}…`;
}

type SubscribePayload = {
  query: string;
  documentId?: unknown;
  extensions?: unknown;
  operationName?: string | null;
  variables?: Record<string, unknown> | null;
};

/** Returns the arguments to execute when it is the operation's turn, or the errors that end it before. */
async function begin(
  execution: Execution,
  logger: Logger,
  { operations, login, wire }: Connection,
  id: string,
  payload: SubscribePayload,
): Promise<ExecutionArgs | readonly GraphQLError[]> {
  try {
    if (operations.size >= OPERATIONS_AT_MOST)
      throw badRequest(`One connection runs at most ${OPERATIONS_AT_MOST} operations at once.`);
    const { operationName, variables } = payload;
    const document = execution.parse(execution.textOf(payload), wire.client);
    const errors = execution.validate(document);
    if (errors.length > 0) return errors;
    if (!getOperationAST(document, operationName))
      throw badRequest(
        'Unable to identify operation; set operationName to the name of one of the operations in the document.',
      );
    const operation = await operations.begin(id, payload);
    const contextValue = execution.createContext(login.principal, wire.client, {
      hasLeft: operation.hasLeft,
      requestBytes: operation.length,
      requestId: requestIdOf(id),
    });
    if (!operation.hasLeft())
      return { schema: execution.schema, document, operationName, variableValues: variables, contextValue };
    operations.end(payload);
    return [badRequest('Not executed: the client disconnected or completed the operation first.')];
  } catch (error) {
    return [toClientError(error, logger)];
  }
}

/**
 * Pings the client, and terminates the socket after too many pings without a pong. A slow reader gets several, since
 * it reads earlier messages first.
 */
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
