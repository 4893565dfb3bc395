import { atMost, exactly, quantile } from '../figures.ts';
import { bySize, type Scenario } from '../scenario.ts';
import { writeEvents } from '../writers.ts';

/**
 * Transactions commit in another order than that in which they took their numbers, and change runs that later ones made:
 * the feed must not pass an event by, nor tell a run's events in another order.
 */
export const writersOutOfOrder: Scenario = {
  name: 'writers-out-of-order',
  fault: '16 writers that commit out of order, with random pauses',
  sizes: ['smoke', 'full'],
  lane: 1,
  load: (size) => `${bySize(size, '4,000', '50,000')} events, 20 subscribers`,
  async run({ size, seed, open }) {
    const system = await open({ workers: 0 });
    const runs = bySize(size, 2_000, 25_000);
    const componentId = await system.registerComponent('writers', { maxAttempts: 1 });
    const timed = await system.subscribe({ api: 0, name: 'watcher', count: 10, keepsArrivals: true });
    await system.subscribe({ api: 1, name: 'other', count: 10 });

    const { url } = system.postgres;
    const overAt = await writeEvents({ url, componentId, runs, writers: WRITERS, seed });
    const events = await system.sql<{ xid: string }>(
      'select xid from journey_run_events order by xid, position',
    );
    const records = await system.finish();
    const lags = lagsOf(
      overAt,
      events.map(({ xid }) => BigInt(xid)),
      timed.subscribers[0]!.arrivals!,
    );
    return {
      records,
      figures: [
        exactly('events', records.events.length, 2 * runs),
        atMost('lag behind the commit that releases an event, p99', quantile(lags, 0.99), 250, 'ms'),
        atMost('the same, at the latest', Math.max(...lags), 1_500, 'ms'),
      ],
    };
  },
};

const WRITERS = 16;

/** An event may be told as soon as its transaction, and each with a smaller number, is over. */
function lagsOf(overAt: Map<bigint, number>, xids: bigint[], arrivals: number[]): number[] {
  const transactions = [...overAt].sort(([a], [b]) => (a < b ? -1 : 1));
  let next = 0;
  let releasedAt = 0;
  return xids.flatMap((xid, index) => {
    while (next < transactions.length && transactions[next]![0] <= xid)
      releasedAt = Math.max(releasedAt, transactions[next++]![1]);
    const arrival = arrivals[index];
    return arrival === undefined ? [] : [arrival - releasedAt];
  });
}
