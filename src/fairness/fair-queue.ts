import { setImmediate as nextTurn } from 'node:timers/promises';

/** Work in progress: its number of operations, and their cost. */
export type Load = { operations: number; cost: number };

type Lane = Load & { waiting: Waiting[] };
type Waiting = { cost: number; start: () => void };

/**
 * Bounds the work in progress, of all clients and of each. Work beyond the bounds waits, and clients take turns to
 * start theirs: a client's first operation waits for one of another client, never for all of them.
 */
export class FairQueue {
  readonly #all: Load;
  readonly #each: Load;
  readonly #running: Load = { operations: 0, cost: 0 };
  readonly #lanes = new Map<object, Lane>();
  /** The clients with waiting work, in the order of their turns. */
  readonly #turns = new Map<object, Lane>();
  /** Whether the client whose turn it is waits for others to finish. Nobody overtakes it then. */
  #isFull = false;

  constructor(all: Load, each: Load) {
    this.#all = all;
    this.#each = each;
  }

  /** Does the work when it is the client's turn. */
  async run<T>(client: object, cost: number, work: () => T | PromiseLike<T>): Promise<T> {
    const turn = this.enter(client, cost);
    if (turn) {
      await turn.started;
      // Work that waits for nothing would otherwise go on to the end of the queue before any other client is heard.
      await nextTurn();
    }
    try {
      return await work();
    } finally {
      this.leave(client, cost);
    }
  }

  /** Returns null when the client may start at once. Call `leave` when its work is done. */
  enter(client: object, cost: number): Turn | null {
    const lane = this.#laneOf(client);
    const mayStart = lane.waiting.length === 0 && !this.#isFull && fits(lane, this.#each, cost);
    if (mayStart && fits(this.#running, this.#all, cost)) {
      this.#start(lane, cost);
      return null;
    }
    if (mayStart) this.#isFull = true;
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiting = { cost, start: resolve };
    lane.waiting.push(waiting);
    this.#turns.set(client, lane);
    return { started: promise, cancel: () => this.#cancel(client, lane, waiting) };
  }

  leave(client: object, cost: number): void {
    const lane = this.#lanes.get(client)!;
    for (const load of [lane, this.#running]) {
      load.operations -= 1;
      load.cost -= cost;
    }
    this.#dropIdle(client, lane);
    if (this.#turns.size > 0) this.#startNext();
  }

  #laneOf(client: object): Lane {
    const known = this.#lanes.get(client);
    if (known) return known;
    const lane: Lane = { operations: 0, cost: 0, waiting: [] };
    this.#lanes.set(client, lane);
    return lane;
  }

  #dropIdle(client: object, lane: Lane): void {
    if (lane.operations === 0 && lane.waiting.length === 0) this.#lanes.delete(client);
  }

  #start(lane: Lane, cost: number): void {
    for (const load of [lane, this.#running]) {
      load.operations += 1;
      load.cost += cost;
    }
  }

  #startNext(): void {
    this.#isFull = false;
    // The loop also visits the clients that move to the end of the turns meanwhile.
    for (const [client, lane] of this.#turns) {
      const next = lane.waiting[0]!;
      if (!fits(lane, this.#each, next.cost)) continue;
      if (!fits(this.#running, this.#all, next.cost)) {
        this.#isFull = true;
        return;
      }
      lane.waiting.shift();
      this.#turns.delete(client);
      if (lane.waiting.length > 0) this.#turns.set(client, lane);
      this.#start(lane, next.cost);
      next.start();
    }
  }

  #cancel(client: object, lane: Lane, waiting: Waiting): boolean {
    const at = lane.waiting.indexOf(waiting);
    if (at === -1) return false;
    lane.waiting.splice(at, 1);
    if (lane.waiting.length === 0) this.#turns.delete(client);
    this.#dropIdle(client, lane);
    this.#startNext();
    return true;
  }
}

/** A place in the queue. `cancel` gives it up, and returns false if the work may already start. */
export type Turn = { started: Promise<void>; cancel: () => boolean };

/** Whether the load has room. Work that alone exceeds the limit runs alone. */
const fits = (load: Load, limit: Load, cost: number): boolean =>
  load.operations === 0 || (load.operations < limit.operations && load.cost + cost <= limit.cost);
