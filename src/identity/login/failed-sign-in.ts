import type { IncomingMessage } from 'node:http';
import type { Rejections } from '../../audit/rejections.ts';
import type { LimitedError } from '../../errors.ts';
import type { Clients } from '../../limits/clients.ts';
import { OPEN_PRINCIPAL } from '../principal.ts';

export type SignInLimits = {
  rejections: Rejections;
  clients: Clients;
  /** The address of a request's client. */
  addressOf(req: IncomingMessage): string;
};

/**
 * Counts a request with an invalid credential, and charges it to its address. Returns the error for an address with too
 * many of them; null for others. Valid credentials pay nothing, so that failures of others at the same address never lock
 * a client out.
 */
export function chargeFailedSignIn(
  { rejections, clients, addressOf }: SignInLimits,
  req: IncomingMessage,
): LimitedError | null {
  const address = addressOf(req);
  rejections.count({ principal: '', address }, 'authentication');
  return clients.of(address, OPEN_PRINCIPAL).countFailedSignIn();
}
