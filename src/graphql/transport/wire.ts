import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Client } from '../../limits/client.ts';
import { UNCOUNTED_BYTES } from './held-bytes.ts';

/** Limit in bytes that the client has not read. Up to it, messages are sent without waiting for the previous ones. */
const BUFFERED_AT_MOST = 128 * 1024;
/** Limit in bytes that the client has not read. Above it, the client's messages are not read. */
const UNREAD_AT_MOST = 1024 * 1024;
/** Limit in characters of queued messages. Above it, the client's messages are not read either. */
const HELD_AT_MOST = 5 * 1024 * 1024;
/** The bytes of a socket that the account of its client leaves out. Above them, `drain` reports that they were sent. */
const UNSENT_UNCOUNTED = 64 * 1024;

/**
 * A WebSocket and its network socket. All subscriptions of a client share its send buffer. The bytes that it holds are
 * counted for its client, which may have many sockets.
 */
export class Wire {
  readonly socket: WebSocket;
  readonly network: Duplex;
  #client: Client;
  readonly #waiting: (() => void)[] = [];
  #held = 0;
  #awaitsDrain = false;
  /** Whether messages are not read because the client sent too many. */
  #isResting = false;
  /** The bytes since the last complete message. */
  #partial = 0;
  #partialCounted = 0;
  #unsentCounted = 0;

  constructor(socket: WebSocket, network: Duplex, client: Client) {
    this.socket = socket;
    this.network = network;
    this.#client = client;
    // Before the listener of ws, which reports the messages that the bytes complete.
    network.prependListener('data', (chunk: Buffer) => this.#countPartial(chunk.length));
    network.on('drain', () => this.countUnsent());
    network.once('close', () => {
      for (const wake of this.#waiting.splice(0)) wake();
      this.#settlePartial();
      this.#client.bytes.release(this.#unsentCounted);
      this.#unsentCounted = 0;
    });
  }

  get client(): Client {
    return this.#client;
  }

  /** Counts the socket for another client: at first only its address is known. */
  belongTo(client: Client): void {
    const counted = this.#held + this.#partialCounted + this.#unsentCounted;
    this.#client.bytes.release(counted);
    client.bytes.add(counted);
    this.#client = client;
  }

  isFull(): boolean {
    return this.network.writableLength > BUFFERED_AT_MOST;
  }

  /** Sends frames that are already encoded. */
  write(frames: Buffer): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    this.network.write(frames);
    this.countUnsent();
  }

  /**
   * Counts the bytes that the client has not read, after a write. When a client has too many over all its sockets,
   * those that are not read are cut: their subscriptions can continue from their cursors.
   */
  countUnsent(): void {
    const { writableLength } = this.network;
    const unsent = writableLength > UNSENT_UNCOUNTED && !this.network.destroyed ? writableLength : 0;
    if (unsent === this.#unsentCounted) return;
    this.#client.bytes.add(unsent - this.#unsentCounted);
    this.#unsentCounted = unsent;
    if (unsent > 0 && this.#client.bytes.isFull) this.socket.terminate();
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

  /**
   * Call it for each message and ping. Stops reading from a client that sends too many, for a moment, and from one
   * with too much unread data, until it has read it.
   */
  received(): void {
    this.#settlePartial();
    const restMs = this.#client.countMessage();
    if (restMs > 0 && !this.#isResting) {
      this.#isResting = true;
      this.socket.pause();
      setTimeout(() => {
        this.#isResting = false;
        this.#readOn();
      }, restMs);
    }
    if (this.network.writableLength <= UNREAD_AT_MOST) return;
    this.socket.pause();
    this.#readOn();
  }

  /** Adds the characters of a queued message. Reading pauses while there are too many. */
  hold(characters: number): void {
    this.#client.bytes.add(characters);
    this.#held += characters;
    if (this.#held > HELD_AT_MOST) this.socket.pause();
  }

  letGo(characters: number): void {
    this.#client.bytes.release(characters);
    this.#held -= characters;
    this.#readOn();
  }

  #readOn(): void {
    if (this.#held > HELD_AT_MOST || this.#awaitsDrain || this.#isResting) return;
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

  /** Counts the bytes of a message that is not complete. A client with too many of them loses its connection. */
  #countPartial(bytes: number): void {
    this.#partial += bytes;
    if (this.#partial < UNCOUNTED_BYTES) return;
    this.#client.bytes.add(bytes);
    this.#partialCounted += bytes;
    if (this.#client.bytes.isFull) this.socket.terminate();
  }

  #settlePartial(): void {
    this.#partial = 0;
    if (this.#partialCounted === 0) return;
    this.#client.bytes.release(this.#partialCounted);
    this.#partialCounted = 0;
  }
}
