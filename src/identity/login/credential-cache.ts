import { createBatch } from '../../postgres/batch.ts';
import { databaseNow } from '../../postgres/clock.ts';
import { hasSameRights, type Principal } from '../principal.ts';
import { type Login, LoginEnd } from './login.ts';

/** A stored credential that is valid now, such as an API key. */
export type Credential = {
  id: string;
  /** SHA-256 of the whole credential. */
  hash: Buffer;
  principal: Principal;
  /** null: it does not expire. */
  expiresAt: Date | null;
};

export type CredentialSource = {
  /** Reads those of the credentials that are valid now. */
  read(ids: string[]): Promise<Credential[]>;
  /** Stores that the credentials were used in the last minute. */
  markUsed(ids: string[]): Promise<unknown>;
};

/** A credential stays valid for this long while the database cannot be read, in milliseconds. */
const UNREAD_AT_MOST_MS = 15 * 60_000;
/** A credential that was not used for this long, and that no subscription needs, is read again at its next use. */
const UNUSED_AT_MOST_MS = 60_000;
const MARKED_EVERY_MS = 60_000;

/**
 * The credentials that this process uses, read once and then again by each `refresh`. Between two refreshes a lookup
 * needs no database, and during an outage the credentials that are already known stay valid for a limited time.
 */
export class CredentialCache {
  readonly #source: CredentialSource;
  readonly #known = new Map<string, KnownCredential>();
  readonly #load: (id: string) => Promise<Credential | null>;

  constructor(source: CredentialSource) {
    this.#source = source;
    const batch = createBatch<string, Credential | null>({
      bytesOf: (id) => id.length,
      run: async (ids) => {
        const read = new Map((await source.read(ids)).map((credential) => [credential.id, credential]));
        return ids.map((id) => read.get(id) ?? null);
      },
    });
    this.#load = batch.submit;
  }

  /** The valid credential with this id; null if there is none. Rejects if it must be read during an outage. */
  async find(id: string): Promise<(Login & { credential: Credential }) | null> {
    let known = this.#known.get(id);
    if (known?.isOver()) {
      this.#end(known);
      known = undefined;
    }
    const found = known ?? (await this.#add(id));
    if (found) found.usedAt = performance.now();
    return found;
  }

  /** Reads all known credentials again, and ends the logins of those that are no longer valid or have other rights. */
  async refresh(): Promise<void> {
    this.#forgetUnused();
    for (const known of this.#known.values()) if (known.isOver()) this.#end(known);
    if (this.#known.size === 0) return;
    const before = [...this.#known.values()];
    const readAt = performance.now();
    const read = await this.#source.read(before.map(({ credential }) => credential.id));
    const valid = new Map(read.map((credential) => [credential.id, credential]));
    for (const known of before) {
      const credential = valid.get(known.credential.id);
      if (credential && hasSameRights(credential.principal, known.principal)) known.renew(credential, readAt);
      else this.#end(known);
    }
    await this.#markUsed();
  }

  async #add(id: string): Promise<KnownCredential | null> {
    const readAt = performance.now();
    const credential = await this.#load(id);
    // Another request may have added it meanwhile. All logins with one credential must share its end.
    const known = this.#known.get(id);
    if (known || !credential) return known ?? null;
    const added = new KnownCredential(credential, readAt);
    this.#known.set(id, added);
    return added;
  }

  #end(known: KnownCredential): void {
    const { id } = known.credential;
    if (this.#known.get(id) === known) this.#known.delete(id);
    known.end.happened();
  }

  #forgetUnused(): void {
    const since = performance.now() - UNUSED_AT_MOST_MS;
    for (const [id, { usedAt, markedAt, end }] of this.#known)
      if (usedAt < since && markedAt >= usedAt && !end.isAwaited) this.#known.delete(id);
  }

  async #markUsed(): Promise<void> {
    const now = performance.now();
    const used = [...this.#known.values()].filter(
      ({ usedAt, markedAt }) => usedAt > markedAt && now - markedAt > MARKED_EVERY_MS,
    );
    if (used.length === 0) return;
    await this.#source.markUsed(used.map(({ credential }) => credential.id));
    for (const known of used) known.markedAt = now;
  }
}

class KnownCredential implements Login {
  readonly end = new LoginEnd();
  credential: Credential;
  usedAt = performance.now();
  /** When the use was stored last. */
  markedAt = Number.NEGATIVE_INFINITY;
  #readAt: number;

  constructor(credential: Credential, readAt: number) {
    this.credential = credential;
    this.#readAt = readAt;
  }

  /** The name of the principal may change while the credential is known; other rights end the login. */
  get principal(): Principal {
    return this.credential.principal;
  }

  renew(credential: Credential, readAt: number): void {
    this.credential = credential;
    this.#readAt = readAt;
  }

  get expiresAt(): Date | null {
    return this.credential.expiresAt;
  }

  /** Whether the credential has expired, or was not read for too long. */
  isOver(): boolean {
    const { expiresAt } = this.credential;
    if (expiresAt !== null && expiresAt.getTime() <= databaseNow()) return true;
    return performance.now() - this.#readAt > UNREAD_AT_MOST_MS;
  }

  onEnd(listener: () => void): () => void {
    return this.end.add(listener);
  }
}
