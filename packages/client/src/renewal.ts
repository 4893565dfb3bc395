/** Renews the credentials of a WebSocket before they expire, by a ping with new ones. Its subscriptions go on. */
export class Renewal {
  readonly #params: () => Promise<Record<string, unknown>>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #socket: { send(text: string): void } | null = null;

  constructor(params: () => Promise<Record<string, unknown>>) {
    this.#params = params;
  }

  /** Called with the payload of connection_ack, which says how long the credentials are valid. */
  connected(socket: unknown, payload: unknown): void {
    this.#socket = socket as { send(text: string): void };
    this.plan(payload);
  }

  /** Called with the payload of each pong. That of a renewal says how long the new credentials are valid. */
  plan(payload: unknown): void {
    const seconds = (payload as { expiresInSeconds?: unknown } | null | undefined)?.expiresInSeconds;
    if (typeof seconds !== 'number') return;
    clearTimeout(this.#timer);
    const delayMs = Math.min(Math.max(seconds * 1_000 * RENEWED_AFTER, 1_000), LONGEST_DELAY_MS);
    this.#timer = setTimeout(() => void this.#renew(), delayMs);
  }

  closed(): void {
    this.#socket = null;
    clearTimeout(this.#timer);
  }

  /** If it fails, the server closes the socket when the credentials expire, and the client connects again. */
  async #renew(): Promise<void> {
    const socket = this.#socket;
    const payload = await this.#params().catch(() => null);
    if (payload && socket && socket === this.#socket) socket.send(JSON.stringify({ type: 'ping', payload }));
  }
}

/** The part of the credentials' life after which they are renewed. */
const RENEWED_AFTER = 0.8;
/** Timers with a longer delay would fire at once. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;
