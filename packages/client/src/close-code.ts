import { CloseCode } from 'graphql-ws/client';
import { Interruption, JourneyClientError } from './errors.ts';

/** The server received a message larger than it accepts (RFC 6455, 7.4.1). */
export const MESSAGE_TOO_BIG = 1009;
const POLICY_VIOLATION = 1008;

/** Close codes after which the server would reject the same connection again. All other codes count as outages. */
const REFUSALS = new Map<number, string>([
  [CloseCode.Unauthorized, 'UNAUTHENTICATED'],
  [CloseCode.Forbidden, 'FORBIDDEN'],
  [POLICY_VIOLATION, 'FORBIDDEN'],
  [CloseCode.BadRequest, 'BAD_REQUEST'],
  [CloseCode.SubprotocolNotAcceptable, 'WRONG_URL'],
  [CloseCode.BadResponse, 'WRONG_URL'],
]);

/** The error for a WebSocket that the server or the graphql-ws client closed. */
export function closeError(code: number, reason: string): JourneyClientError | Interruption {
  const message = `The WebSocket was closed with ${code}${reason ? ` (${reason})` : ''}`;
  const refusal = REFUSALS.get(code);
  if (refusal === 'UNAUTHENTICATED' || refusal === 'FORBIDDEN')
    return new JourneyClientError(refusal, `${message}: check connectionParams.`);
  if (refusal === 'WRONG_URL')
    return new JourneyClientError(refusal, `${message}: check that url is the service's GraphQL endpoint.`);
  return refusal ? new JourneyClientError(refusal, `${message}.`) : new Interruption(`${message}.`);
}
