import pg from 'pg';
import { currentClient } from '../fairness/current-client.ts';
import { FairQueue, type Turn } from '../fairness/fair-queue.ts';

/** The connections that no single client can occupy, for example with statements that wait for a lock. */
const LEFT_TO_OTHERS = 3;

type Connected = Parameters<pg.Pool['connect']>[0];

/** A pool whose connections the clients of operations take in turns. Work outside an operation is not limited. */
export class FairPool extends pg.Pool {
  readonly #queue: FairQueue;
  readonly #timeoutMs: number | undefined;
  readonly #owners = new WeakMap<object, object>();

  constructor(config: pg.PoolConfig & { max: number }) {
    super(config);
    this.#timeoutMs = config.connectionTimeoutMillis;
    const load = (operations: number) => ({ operations, cost: operations });
    this.#queue = new FairQueue(load(config.max), load(Math.max(1, config.max - LEFT_TO_OTHERS)));
    this.on('release', (_error, connection) => {
      const owner = this.#owners.get(connection);
      if (owner) this.#queue.leave(owner, 1);
      this.#owners.delete(connection);
    });
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<pg.PoolClient> | undefined {
    if (callback) {
      this.#connectInTurn(callback);
      return;
    }
    return new Promise((resolve, reject) =>
      this.#connectInTurn((error, connection) => (error ? reject(error) : resolve(connection!))),
    );
  }

  #connectInTurn(callback: Connected): void {
    const owner = currentClient.getStore();
    if (!owner) {
      super.connect(callback);
      return;
    }
    const connect = () =>
      super.connect((error, connection, release) => {
        if (connection) this.#owners.set(connection, owner);
        else this.#queue.leave(owner, 1);
        callback(error, connection, release);
      });
    const turn = this.#queue.enter(owner, 1);
    if (turn) this.#wait(turn, connect, callback);
    else connect();
  }

  /** Connects when it is the turn, or fails after the time that pg allows for it. */
  #wait(turn: Turn, connect: () => void, callback: Connected): void {
    const timer = setTimeout(() => {
      if (turn.cancel()) callback(new Error(TIMEOUT), undefined, () => {});
    }, this.#timeoutMs);
    void turn.started.then(() => {
      clearTimeout(timer);
      connect();
    });
  }
}

/** The message of pg's own error for this. */
const TIMEOUT = 'timeout exceeded when trying to connect';
