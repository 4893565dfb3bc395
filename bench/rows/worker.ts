import { enqueueBacklog, rateOfMiddle, untilAllRan } from '../harness/backlog.ts';
import { layCatalogue } from '../harness/catalogue.ts';
import { forkPeer } from '../harness/peer.ts';
import { withRedis } from '../harness/redis.ts';
import { atLeast, type Bench, type Goal, type Row } from '../harness/row.ts';
import { startWorker } from '../harness/service.ts';
import { perSecond } from '../harness/table.ts';
import { type Side, takeTurns } from '../harness/turns.ts';

/** Runs in flight, JOURNEY_RUNTIME_BATCH_SIZE: as someone sets it who has many, and as the service comes. */
const IN_FLIGHT = { many: '200', asItComes: '10' };

type Against = { ours: keyof typeof IN_FLIGHT; side: string; against: string; goal: Goal | null };

const DEFAULT = { side: 'graphile', against: 'graphile-worker, noop, default options' };
const AGAINST: Against[] = [
  { ours: 'many', ...DEFAULT, goal: atLeast(4) },
  {
    ours: 'many',
    side: 'tuned',
    against: 'graphile-worker, noop, localQueue and batched',
    goal: atLeast(0.4),
  },
  { ours: 'many', side: 'bullmq', against: 'BullMQ, noop, Redis appendfsync always', goal: atLeast(0.8) },
  {
    ours: 'many',
    side: 'bullmqWatched',
    against: 'BullMQ, the same, with its QueueEvents read',
    goal: atLeast(1),
  },
  { ours: 'many', side: 'dbos', against: 'DBOS doing one step, 200 in flight', goal: atLeast(5) },
  { ours: 'asItComes', ...DEFAULT, goal: null },
];

export const worker: Row = {
  name: 'worker',
  limit:
    'The CPU of a run: some 85 µs of Node and 95 of PostgreSQL, each spread over many steps of a few µs. PostgreSQL deletes two rows and inserts two states and two events with ten entries of indexes, parses the answer, and writes the product and the attachment as JSON; a statement costs half a millisecond besides, which up to 200 runs share. Node resolves bindings, writes and reads JSON (a third of its time, much of it for the echo), collects garbage (a seventh) and speaks the protocol (a fifth). The peers do a job that does nothing and keep no state, request or events of it.',
  measure: async (bench) => {
    // Long enough for a process to warm up before the middle.
    const jobs = bench.quick ? 1_000 : 20_000;
    return withRedis(async (redis) => {
      const compared = await takeTurns(bench, {
        many: () => workThrough(bench, jobs, IN_FLIGHT.many),
        asItComes: () => workThrough(bench, jobs / 2, IN_FLIGHT.asItComes),
        graphile: peerTurn(bench, 'graphile-noop.ts', jobs / 2, { tuned: false }),
        tuned: peerTurn(bench, 'graphile-noop.ts', jobs, { tuned: true }),
        dbos: peerTurn(bench, 'dbos-step.ts', jobs / 5, { callers: Number(IN_FLIGHT.many) }),
        ...(redis
          ? {
              bullmq: peerTurn(bench, 'bullmq-noop.ts', jobs, { redis, watched: false }),
              bullmqWatched: peerTurn(bench, 'bullmq-noop.ts', jobs, { redis, watched: true }),
            }
          : {}),
      });
      return AGAINST.map(({ ours, side, against, goal }) => {
        const isThere = !side.startsWith('bullmq') || redis !== null;
        return {
          figure: `a worker's runs, echo runner, ${IN_FLIGHT[ours]} in flight`,
          against,
          ratio: isThere ? compared.ratio('rate', side, ours) : null,
          goal,
          ours: perSecond(compared.of(ours, 'rate')),
          theirs: isThere ? perSecond(compared.of(side, 'rate')) : 'no redis-server is installed',
        };
      });
    });
  },
};

async function workThrough(bench: Bench, runs: number, batchSize: string) {
  return bench.cluster.withDatabase(async (url) => {
    await enqueueBacklog(url, await layCatalogue(url), runs);
    const worker = startWorker(url, { JOURNEY_RUNTIME_BATCH_SIZE: batchSize });
    await untilAllRan(url);
    const rate = await rateOfMiddle(url);
    await worker.stop();
    return { rate };
  });
}

/** A peer that works through as many noop jobs in a process of its own, and tells the rate of the middle ones. */
function peerTurn(bench: Bench, file: string, jobs: number, settings: object): Side {
  return () =>
    bench.cluster.withDatabase(async (url) => {
      const peer = await forkPeer(file, { url, jobs, ...settings });
      const rate = await peer.ask<number>(jobs);
      await peer.stop();
      return { rate };
    });
}
