import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { GraphQLError } from 'graphql';
import { ServiceError } from '../../errors.ts';
import { chargeFailedSignIn } from '../../identity/login/failed-sign-in.ts';
import { type Login, MissingCredentialError } from '../../identity/login/login.ts';
import type { Logger } from '../../logger.ts';
import type { Services } from '../context.ts';
import { limitedHttp, toClientError } from '../graphql-errors.ts';

export type Authentication = {
  /** Identifies the client. @throws GraphQLError UNAUTHENTICATED; RATE_LIMITED after too many failures of its address */
  authenticate(headers: IncomingHttpHeaders, req: IncomingMessage): Promise<Login>;
  /** Counts a request that was rejected because it has no credential. */
  countMissing(req: IncomingMessage): void;
};

/** Identifies the clients of requests. Those without a valid credential are counted, and limited by their address. */
export function createAuthentication(services: Services, logger: Logger): Authentication {
  const countMissing = (req: IncomingMessage) =>
    services.rejections.count({ principal: '', address: services.addressOf(req) }, 'authentication');

  /** The error as clients may see it. */
  function loginError(error: unknown, req: IncomingMessage): GraphQLError {
    if (error instanceof MissingCredentialError) countMissing(req);
    else if (error instanceof ServiceError && error.code === 'UNAUTHENTICATED') {
      const limited = chargeFailedSignIn(services, req);
      if (limited) return limitedHttp(limited);
    }
    return toClientError(error, logger);
  }

  return {
    authenticate: (headers, req) =>
      services.identity.authenticate(headers).catch((error) => {
        throw loginError(error, req);
      }),
    countMissing,
  };
}
