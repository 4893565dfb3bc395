import { MessageType } from 'graphql-ws';
import { parseJson, RefusedJson } from '../../json/parse.ts';
import { badRequest, errorWithoutTransport } from '../graphql-errors.ts';

/** A message as graphql-ws takes it, or what the service does instead. */
export type Incoming =
  | { kind: 'message'; message: ClientMessage }
  | { kind: 'answer'; text: string }
  | { kind: 'close'; reason: string };

/** Its further fields are validated by graphql-ws. */
type ClientMessage = { type: string; id?: unknown; payload?: unknown };

/** In characters. A ping's payload comes back in the pong. */
const PING_AT_MOST = 1_000;
/** In characters. The payload stays in memory for as long as the connection. */
const INIT_AT_MOST = 16_384;

/** Reads a client's text, once. The types that the protocol gives to servers alone are refused, as unknown ones are. */
export function readMessage(text: string): Incoming {
  let message: ClientMessage;
  try {
    message = parseJson(text) as ClientMessage;
  } catch (error) {
    return (error instanceof RefusedJson && refusalOf(text, error)) || INVALID;
  }
  switch (message?.type) {
    case MessageType.ConnectionInit:
      if (text.length > INIT_AT_MOST)
        return { kind: 'close', reason: `connection_init has more than ${INIT_AT_MOST} characters` };
      return { kind: 'message', message };
    case MessageType.Ping:
    case MessageType.Pong:
      return { kind: 'message', message: text.length > PING_AT_MOST ? { type: message.type } : message };
    case MessageType.Subscribe:
    case MessageType.Complete:
      return { kind: 'message', message };
    default:
      return INVALID;
  }
}

const INVALID: Incoming = { kind: 'close', reason: 'Invalid message received' };

/** JSON that is not accepted ends its operation alone. */
function refusalOf(text: string, { message }: RefusedJson): Incoming | null {
  const { type, id } = JSON.parse(text);
  if (type !== MessageType.Subscribe || typeof id !== 'string') return null;
  const payload = [errorWithoutTransport(badRequest(`${message}.`))];
  return { kind: 'answer', text: JSON.stringify({ id, type: MessageType.Error, payload }) };
}
