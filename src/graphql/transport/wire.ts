import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';

/** In bytes that the client has not read yet. Below it, the network is kept busy without waiting for each message. */
const BUFFERED_AT_MOST = 128 * 1024;
/** In bytes that the client has not read yet. Above it, none of its messages are read. */
const UNREAD_AT_MOST = 1024 * 1024;
/** In characters of messages that wait for their turn. Above it, none are read either. */
const HELD_AT_MOST = 5 * 1024 * 1024;

/** A WebSocket and the network socket beneath it. All subscriptions of a client share the room on its wire. */
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

  /** Calls back once, in turn, when the wire has room again; to be called while it is full. */
  whenRoom(wake: () => void): void {
    this.#waiting.push(wake);
    if (this.#waiting.length === 1) this.network.once('drain', () => this.#wakeNext());
  }

  /** One by one: what each of them has to send may fill the wire again. */
  #wakeNext(): void {
    if (this.#waiting.length === 0) return;
    if (this.isFull()) {
      this.network.once('drain', () => this.#wakeNext());
      return;
    }
    this.#waiting.shift()!();
    setImmediate(() => this.#wakeNext());
  }

  /** Stops reading from a client that does not read its answers, until it does. */
  readWithRoom(): void {
    if (this.network.writableLength <= UNREAD_AT_MOST) return;
    this.socket.pause();
    this.#readOn();
  }

  /** Counts characters of messages that wait for their turn. Nothing more is read while there are too many. */
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
