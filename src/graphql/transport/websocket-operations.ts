import type { Wire } from './wire.ts';

/** An operation that is being executed or is queued. */
export type Operation = {
  /** The length of its message, in characters. */
  length: number;
  hasLeft(): boolean;
  /** Lets the next operation of the connection start. Further calls do nothing. */
  release(): void;
};

/** The operations of one connection that are executed or sent concurrently, at most. Others are queued. */
const AT_ONCE = 16;

/**
 * The operations of one connection. They are keyed by `message`, the payload that started the operation, since a
 * client may reuse an operation's id before the operation ends.
 */
export class Operations {
  readonly #wire: Wire;
  readonly #lengths = new WeakMap<object, number>();
  readonly #byMessage = new Map<object, Operation & { id: string; leave(): void }>();
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  /** Sets the length of a message, which counts while the message is queued. Call it before `begin`. */
  setLength(message: object, characters: number): void {
    this.#lengths.set(message, characters);
  }

  /** Resolves when it is the operation's turn. */
  async begin(id: string, message: object): Promise<Operation> {
    const length = this.#lengths.get(message) ?? 0;
    let hasLeft = false;
    let holdsTurn = false;
    const operation = {
      id,
      length,
      hasLeft: () => hasLeft,
      leave: () => {
        hasLeft = true;
      },
      release: () => {
        if (!holdsTurn) return;
        holdsTurn = false;
        const next = this.#waiting.shift();
        // In a later turn of the event loop: operations that are rejected at once would all be started in one.
        if (next) setImmediate(next);
        else this.#running -= 1;
      },
    };
    this.#byMessage.set(message, operation);
    if (this.#running >= AT_ONCE) {
      this.#wire.hold(length);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
      this.#wire.letGo(length);
    } else this.#running += 1;
    holdsTurn = true;
    return operation;
  }

  get(message: object): Operation | undefined {
    return this.#byMessage.get(message);
  }

  end(message: object): void {
    this.#byMessage.get(message)?.release();
    this.#byMessage.delete(message);
  }

  leave(id: string): void {
    for (const operation of this.#byMessage.values()) if (operation.id === id) operation.leave();
  }

  leaveAll(): void {
    for (const operation of this.#byMessage.values()) operation.leave();
    this.#wakeAll();
  }

  /** Wakes one in each turn of the event loop, since thousands of sockets may close at once. */
  #wakeAll(): void {
    const wake = this.#waiting.shift();
    if (!wake) return;
    wake();
    setImmediate(() => this.#wakeAll());
  }

  get size(): number {
    return this.#byMessage.size;
  }
}
