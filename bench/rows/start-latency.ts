import { layCatalogue } from '../harness/catalogue.ts';
import { enqueueBodies } from '../harness/enqueue-body.ts';
import { openHttpClient } from '../harness/http-client.ts';
import { percentile } from '../harness/median.ts';
import { forkPeer } from '../harness/peer.ts';
import { atMost, type Row } from '../harness/row.ts';
import { startService } from '../harness/service.ts';
import { subscribe } from '../harness/socket.ts';
import { ms } from '../harness/table.ts';
import { takeTurns } from '../harness/turns.ts';

const QUERY = 'subscription { runEvents { runId type } }';
const BETWEEN_MS = 40;
/** The ratio of p50 when each wake-up named its run. */
const WITH_JOBS_OF_RUNS = 1.1;

export const startLatency: Row = {
  name: 'start-latency',
  limit:
    'One commit that waits for the disk, the claim, and three wake-ups in a row: the job, the claim, the doorbell.',
  measure: (bench) =>
    bench.cluster.withDatabase(async (url) => {
      const body = enqueueBodies(await layCatalogue(url));
      const service = await startService(url, { JOURNEY_RUNTIME_WORKER_ENABLED: 'true' });
      const peer = await forkPeer('graphile-latency.ts', { url });
      const started = new Map<string, (at: number) => void>();
      const early = new Map<string, number>();
      const socket = await subscribe(service.url, QUERY, (text, at) => {
        const event = JSON.parse(text).payload?.data?.runEvents;
        if (event?.type !== 'STARTED') return;
        const told = started.get(event.runId);
        if (told) told(at);
        else early.set(event.runId, at);
      });
      const client = await openHttpClient(service.url);
      const count = bench.quick ? 20 : 100;

      const enqueueToStarted = async () => {
        const answer = await client.post(body());
        const answeredAt = performance.now();
        const { id } = JSON.parse(answer).data.enqueueRun.run;
        const at = early.get(id) ?? (await new Promise<number>((resolve) => started.set(id, resolve)));
        await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
        return Math.max(0, at - answeredAt);
      };
      const compared = await takeTurns(bench, {
        ours: async () => {
          const latencies: number[] = [];
          for (let n = 0; n < count; n += 1) latencies.push(await enqueueToStarted());
          return { p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) };
        },
        theirs: async () => {
          const latencies = await peer.ask<number[]>({ count, betweenMs: BETWEEN_MS });
          return { p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) };
        },
      });
      socket.terminate();
      client.close();
      await service.stop();
      await peer.stop();
      const line = (part: 'p50' | 'p99') => ({
        figure: `enqueue answered → STARTED at a WebSocket, idle, ${part}`,
        against: 'graphile-worker addJob → task start',
        ratio: compared.ratio(part),
        goal: atMost(part === 'p50' ? 1.5 : 2),
        ours: ms(compared.of('ours', part)),
        theirs: ms(compared.of('theirs', part)),
      });
      return [
        line('p50'),
        {
          ...line('p50'),
          against: 'while jobs named their runs, by its ratio to graphile-worker',
          ratio: compared.ratio('p50') / WITH_JOBS_OF_RUNS,
          goal: atMost(1.1),
          theirs: ms(compared.of('theirs', 'p50') * WITH_JOBS_OF_RUNS),
        },
        line('p99'),
      ];
    }),
};
