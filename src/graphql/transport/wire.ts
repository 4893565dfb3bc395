import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';

/** Limit in bytes that the client has not read. Up to it, messages are sent without waiting for the previous ones. */
const BUFFERED_AT_MOST = 128 * 1024;
/** Limit in bytes that the client has not read. Above it, the client's messages are not read. */
const UNREAD_AT_MOST = 1024 * 1024;
/** Limit in characters of queued messages. Above it, the client's messages are not read either. */
const HELD_AT_MOST = 5 * 1024 * 1024;

/** A WebSocket and its network socket. All subscriptions of a client share its send buffer. */
export class Wire {
  readonly socket: WebSocket;
  readonly network: Duplex;
  readonly #waiting: (() => void)[] = [];
  #held = 0;
  #awaitsDrain = false;

  constructor(socket: WebSocket, network: Duplex) {
    this.socket = socket;
    this.network = network;
    network.once('close', () => {
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }

  isFull(): boolean {
    return this.network.writableLength > BUFFERED_AT_MOST;
  }

  /** Calls `wake` once, in turn, when the send buffer has room again. Call it only while `isFull()`. */
  whenRoom(wake: () => void): void {
    this.#waiting.push(wake);
    if (this.#waiting.length === 1) this.network.once('drain', () => this.#wakeNext());
  }

  /** Wakes one waiting sender at a time, since each may fill the buffer again. */
  #wakeNext(): void {
    if (this.#waiting.length === 0) return;
    if (this.isFull()) {
      this.network.once('drain', () => this.#wakeNext());
      return;
    }
    this.#waiting.shift()!();
    setImmediate(() => this.#wakeNext());
  }

  /** Stops reading from a client with too much unread data, until it has read it. */
  readWithRoom(): void {
    if (this.network.writableLength <= UNREAD_AT_MOST) return;
    this.socket.pause();
    this.#readOn();
  }

  /** Adds the characters of a queued message. Reading pauses while there are too many. */
  hold(characters: number): void {
    this.#held += characters;
    if (this.#held > HELD_AT_MOST) this.socket.pause();
  }

  letGo(characters: number): void {
    this.#held -= characters;
    this.#readOn();
  }

  #readOn(): void {
    if (this.#held > HELD_AT_MOST || this.#awaitsDrain) return;
    if (this.network.writableLength <= UNREAD_AT_MOST) {
      this.socket.resume();
      return;
    }
    this.#awaitsDrain = true;
    this.network.once('drain', () => {
      this.#awaitsDrain = false;
      this.#readOn();
    });
  }
}
