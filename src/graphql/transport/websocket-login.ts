import type { IncomingHttpHeaders } from 'node:http';
import type { GraphQLError } from 'graphql';
import { CloseCode } from 'graphql-ws';
import type { Login } from '../../identity/login/login.ts';
import type { Principal } from '../../identity/principal.ts';
import type { Execution } from '../execution/execution.ts';

/** The close code of a WebSocket that may be opened again later (IANA's registry). */
const TRY_AGAIN_LATER = 1013;

export type SocketLoginOptions = {
  authenticate: Execution['authenticate'];
  /** The headers of the request that opened the socket. */
  headers: IncomingHttpHeaders;
  close(code: number, reason: string): void;
};

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
   * request. Returns false when it has closed the socket instead.
   */
  async start(params: Record<string, unknown> | undefined): Promise<boolean> {
    const authorization = authorizationOf(params);
    const login = await this.#authenticate(authorization ? { authorization } : this.#options.headers);
    if (login) this.#follow(login);
    return login !== null;
  }

  /** Called when the socket has closed. */
  leave(): void {
    this.#isClosed = true;
    this.#stopListening();
  }

  #follow(login: Login): void {
    this.#stopListening();
    this.#login = login;
    this.#stopListening = login.onEnd(() =>
      this.#options.close(CloseCode.Forbidden, 'The credential has ended or has other rights now'),
    );
    if (this.#isClosed) this.#stopListening();
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

/** The credential in a message's payload. Header names have no case. */
function authorizationOf(payload: Record<string, unknown> | undefined): string | undefined {
  const given = payload?.authorization ?? payload?.Authorization;
  return typeof given === 'string' ? given : undefined;
}
