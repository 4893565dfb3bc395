import { ServiceError } from '../../errors.ts';
import { databaseNow } from '../../postgres/clock.ts';
import type { Principal } from '../principal.ts';

/** A principal that a request's credential proves, for as long as the credential is valid. */
export type Login = {
  principal: Principal;
  /** When the credential expires; null: it does not. */
  expiresAt: Date | null;
  /**
   * Registers a listener that is called once when the login ends: the credential was revoked or expired, or the
   * principal's rights have changed. Returns a function that removes the listener.
   */
  onEnd(listener: () => void): () => void;
};

/** The error for a request without any credential. */
export class MissingCredentialError extends ServiceError {
  constructor() {
    super(
      'UNAUTHENTICATED',
      'This service requires a credential: send an API key as "Authorization: Bearer jrk_…", or a token of an issuer that it knows.',
    );
  }
}

/** A login that ends at a time. */
export function timedLogin(principal: Principal, expiresAt: Date): Login {
  return {
    principal,
    expiresAt,
    onEnd(listener) {
      const timer = setTimeout(listener, expiresAt.getTime() - databaseNow());
      timer.unref();
      return () => clearTimeout(timer);
    },
  };
}

/** The listeners of one login. */
export class LoginEnd {
  readonly #listeners = new Set<() => void>();

  add(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get isAwaited(): boolean {
    return this.#listeners.size > 0;
  }

  happened(): void {
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) listener();
  }
}
