import { ownTurn } from '../../async/own-turn.ts';
import { currentClient } from '../../fairness/current-client.ts';
import { FairQueue } from '../../fairness/fair-queue.ts';
import type { Client } from '../../limits/client.ts';
import type { Context } from '../context.ts';
import { badRequest } from '../graphql-errors.ts';

/**
 * The work that all clients together, and that each, may have in progress. One client's share leaves the others time of
 * the process, however much it sends. Small operations such as enqueueing a run cost a few points, so that many of them
 * share a statement.
 */
const OPERATIONS = { operations: 256, cost: 20_000 };
const OPERATIONS_OF_CLIENT = { operations: 128, cost: 5_000 };
/**
 * The results, or batches of results, of different subscriptions that are made at once. More would time out waiting
 * for a connection of the subscriptions' pool, which looks like an outage.
 */
const RENDERED = { operations: 3, cost: Number.POSITIVE_INFINITY };
const RENDERED_OF_CLIENT = { operations: 2, cost: Number.POSITIVE_INFINITY };

const BYTES_A_POINT = 1024;
/** Operations of this cost take milliseconds before they wait for anything. */
const OWN_TURN = 100;

export type Turns = {
  /**
   * Executes an operation within its client's limits, when it is the client's turn.
   * @throws LimitedError
   */
  execute<T>(context: Context, cost: number, work: () => T | PromiseLike<T>): Promise<T>;
  /** Does the work for a result of a subscription when it is the client's turn. */
  render<T>(client: Client, work: () => T | PromiseLike<T>): Promise<T>;
};

/** Lets the clients of one process take turns. */
export function createTurns(): Turns {
  const operations = new FairQueue(OPERATIONS, OPERATIONS_OF_CLIENT);
  const rendered = new FairQueue(RENDERED, RENDERED_OF_CLIENT);
  return {
    async execute({ client, requestBytes, hasLeft }, cost, work) {
      // Rejecting hundreds of operations in one turn would delay all clients, too.
      await client.rest();
      client.bytes.check();
      const points = 1 + cost + Math.floor(requestBytes / BYTES_A_POINT);
      client.payFor(points);
      client.operations.take();
      try {
        return await operations.run(client, cost, async () => {
          // Several such operations in one turn of the event loop would delay all clients.
          await (points >= OWN_TURN ? ownTurn() : client.rest());
          if (hasLeft()) throw badRequest('Not executed: the client disconnected first.');
          return currentClient.run(client, work);
        });
      } finally {
        client.operations.release();
      }
    },
    render: (client, work) => rendered.run(client, 1, work),
  };
}
