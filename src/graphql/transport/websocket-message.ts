import { MessageType } from 'graphql-ws';
import { parseJson, RejectedJson, TooMuchJson } from '../../json/parse.ts';
import { badRequest, errorWithoutTransport } from '../graphql-errors.ts';

/** A message for graphql-ws, or the action that the service takes instead. */
export type Incoming =
  | { kind: 'message'; message: ClientMessage }
  | { kind: 'renewal'; authorization: string }
  | { kind: 'answer'; text: string }
  | { kind: 'close'; reason: string };

/** A client's message. graphql-ws validates its other fields. */
type ClientMessage = { type: string; id?: unknown; payload?: unknown };

/** The size limit of a ping, in characters. The pong returns its payload. */
const PING_AT_MOST = 1_000;
/** The size limit of connection_init, in characters. Its payload stays in memory as long as the connection. */
const INIT_AT_MOST = 16_384;

/** Parses a client's message once. Message types that only servers may send are rejected like unknown ones. */
export function readMessage(text: string): Incoming {
  let message: ClientMessage;
  try {
    message = parseJson(text) as ClientMessage;
  } catch (error) {
    if (error instanceof TooMuchJson) return { kind: 'close', reason: `The message ${error.problem}` };
    return (error instanceof RejectedJson && rejectionOf(text, error)) || INVALID;
  }
  switch (message?.type) {
    case MessageType.ConnectionInit:
      if (text.length > INIT_AT_MOST)
        return { kind: 'close', reason: `connection_init has more than ${INIT_AT_MOST} characters` };
      return { kind: 'message', message };
    case MessageType.Ping: {
      const authorization = authorizationOf(message.payload);
      if (authorization !== undefined && text.length <= INIT_AT_MOST)
        return { kind: 'renewal', authorization };
      return { kind: 'message', message: text.length > PING_AT_MOST ? { type: message.type } : message };
    }
    case MessageType.Pong:
      return { kind: 'message', message: text.length > PING_AT_MOST ? { type: message.type } : message };
    case MessageType.Subscribe:
    case MessageType.Complete:
      return { kind: 'message', message };
    default:
      return INVALID;
  }
}

/** The credential in the payload of connection_init or of a ping. Header names have no case. */
export function authorizationOf(payload: unknown): string | undefined {
  if (typeof payload !== 'object' || payload === null) return undefined;
  const { authorization, Authorization } = payload as Record<string, unknown>;
  const given = authorization ?? Authorization;
  return typeof given === 'string' ? given : undefined;
}

const INVALID: Incoming = { kind: 'close', reason: 'Invalid message received' };

/** The error for rejected JSON in a message. It ends only that message's operation. */
function rejectionOf(text: string, { message }: RejectedJson): Incoming | null {
  const { type, id } = JSON.parse(text);
  if (type !== MessageType.Subscribe || typeof id !== 'string') return null;
  const payload = [errorWithoutTransport(badRequest(`${message}.`))];
  return { kind: 'answer', text: JSON.stringify({ id, type: MessageType.Error, payload }) };
}
