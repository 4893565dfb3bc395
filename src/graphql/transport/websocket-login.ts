import type { IncomingHttpHeaders } from 'node:http';
import type { GraphQLError } from 'graphql';
import { CloseCode } from 'graphql-ws';
import type { Login } from '../../identity/login/login.ts';
import { hasSameRights, type Principal } from '../../identity/principal.ts';
import { databaseNow } from '../../postgres/clock.ts';
import { authorizationOf } from './websocket-message.ts';

/** The close code of a WebSocket that may be opened again later (IANA's registry). */
const TRY_AGAIN_LATER = 1013;

export type SocketLoginOptions = {
  authenticate(headers: IncomingHttpHeaders): Promise<Login>;
  /** The headers of the request that opened the socket. */
  headers: IncomingHttpHeaders;
  close(code: number, reason: string): void;
};

/** How long the credential is valid, for a client that renews it in time; empty if it does not expire. */
type Lifetime = { expiresInSeconds?: number };

/** The login of one WebSocket, which is closed when the login ends. */
export class SocketLogin {
  readonly #options: SocketLoginOptions;
  #login: Login | null = null;
  #stopListening = () => {};
  #isClosed = false;

  constructor(options: SocketLoginOptions) {
    this.#options = options;
  }

  /** The principal, once `start` has returned true. */
  get principal(): Principal {
    return this.#login!.principal;
  }

  /**
   * Authenticates the client by `authorization` in connection_init's payload, or else by the headers of the upgrade
   * request. Returns the payload of connection_ack, true for none, or false when it has closed the socket instead.
   */
  async start(params: Record<string, unknown> | undefined): Promise<Lifetime | boolean> {
    const authorization = authorizationOf(params);
    const login = await this.#authenticate(authorization ? { authorization } : this.#options.headers);
    if (!login) return false;
    const lifetime = this.#follow(login);
    return login.expiresAt ? lifetime : true;
  }

  /**
   * Replaces the credential by another one of the same principal with the same rights, so that subscriptions go on.
   * Returns the payload of the pong, or false when it has closed the socket instead.
   */
  async renew(authorization: string): Promise<Lifetime | false> {
    const before = this.#login;
    if (!before) {
      this.#options.close(CloseCode.Unauthorized, 'Send connection_init first');
      return false;
    }
    const login = await this.#authenticate({ authorization });
    if (login && hasSameRights(login.principal, before.principal)) return this.#follow(login);
    if (login)
      this.#options.close(CloseCode.Forbidden, 'The new credential has another principal or other rights');
    return false;
  }

  /** Called when the socket has closed. */
  leave(): void {
    this.#isClosed = true;
    this.#stopListening();
  }

  #follow(login: Login): Lifetime {
    this.#stopListening();
    this.#login = login;
    this.#stopListening = login.onEnd(() =>
      this.#options.close(CloseCode.Forbidden, 'The credential has ended or has other rights now'),
    );
    if (this.#isClosed) this.#stopListening();
    const { expiresAt } = login;
    return expiresAt ? { expiresInSeconds: Math.max(0, (expiresAt.getTime() - databaseNow()) / 1_000) } : {};
  }

  async #authenticate(headers: IncomingHttpHeaders): Promise<Login | null> {
    try {
      return await this.#options.authenticate(headers);
    } catch (error) {
      const { message, extensions } = error as GraphQLError;
      const isForbidden = extensions.code === 'UNAUTHENTICATED';
      this.#options.close(isForbidden ? CloseCode.Forbidden : TRY_AGAIN_LATER, message);
      return null;
    }
  }
}
