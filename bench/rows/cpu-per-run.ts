import pg from 'pg';
import { untilAllRan } from '../harness/backlog.ts';
import { layCatalogue } from '../harness/catalogue.ts';
import { cpuMs } from '../harness/cpu.ts';
import { enqueueBodies } from '../harness/enqueue-body.ts';
import { openHttpClient } from '../harness/http-client.ts';
import { forkPeer } from '../harness/peer.ts';
import { atMost, type Bench, type Row } from '../harness/row.ts';
import { startService } from '../harness/service.ts';
import { ms } from '../harness/table.ts';
import { type Side, takeTurns } from '../harness/turns.ts';

const CONNECTIONS = 50;

export const cpuPerRun: Row = {
  name: 'cpu-per-run',
  limit:
    'Half is PostgreSQL, which at this load gets statements of some twenty runs: a quarter of it is the half a millisecond that each statement costs besides its runs. Waiting for larger ones would delay each caller. Of the rest the API takes two thirds, for node:http, GraphQL and validation, and the worker one. The peers store one row where this stores a run that every filter finds, its states and three events.',
  measure: async (bench) => {
    const runs = bench.quick ? 500 : 5_000;
    const compared = await takeTurns(bench, {
      ours: () => ours(bench, runs),
      pgBoss: peerTurn(bench, 'pg-boss-noop.ts', runs),
      dbos: peerTurn(bench, 'dbos-step.ts', runs),
    });
    const line = (side: string, against: string, goal: number) => ({
      figure: 'CPU of all processes per run, mutation to COMPLETED',
      against,
      ratio: compared.ratio('perRun', side),
      goal: atMost(goal),
      ours: ms(compared.of('ours', 'perRun')),
      theirs: ms(compared.of(side, 'perRun')),
    });
    return [
      line('pgBoss', 'pg-boss sending and doing a noop', 0.4),
      line('dbos', 'DBOS doing one step', 0.15),
    ];
  },
};

async function ours(bench: Bench, runs: number) {
  return bench.cluster.withDatabase(async (url) => {
    const body = enqueueBodies(await layCatalogue(url));
    const service = await startService(url, {
      JOURNEY_RUNTIME_WORKER_ENABLED: 'true',
      JOURNEY_RUNTIME_BATCH_SIZE: '200',
    });
    await enqueueOver(service.url, body, runs / 2);
    await untilAllRan(url);
    const before = cpuMs([service.pid, bench.cluster.pid]);
    await enqueueOver(service.url, body, runs);
    await untilAllRan(url);
    const perRun = (cpuMs([service.pid, bench.cluster.pid]) - before) / runs;
    await service.stop();
    return { perRun };
  });
}

async function enqueueOver(url: string, body: () => string, count: number): Promise<void> {
  let left = count;
  const send = async () => {
    const client = await openHttpClient(url);
    for (; left > 0; ) {
      left -= 1;
      await client.post(body());
    }
    client.close();
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, send));
}

/** The peer warms up, then does that many from as many callers, and answers when the last is done. */
function peerTurn(bench: Bench, file: string, runs: number): Side {
  return async () => {
    const url = await bench.cluster.createDatabase('bench_peer', 'template0');
    const peer = await forkPeer(file, { url, callers: CONNECTIONS });
    await peer.ask(runs / 2);
    const before = cpuMs([peer.pid, bench.cluster.pid]);
    await peer.ask(runs);
    const perRun = (cpuMs([peer.pid, bench.cluster.pid]) - before) / runs;
    await peer.stop();
    await untilNobodyIsConnected(url);
    await bench.cluster.dropDatabase('bench_peer');
    return { perRun };
  };
}

async function untilNobodyIsConnected(url: string): Promise<void> {
  const client = new pg.Client({
    connectionString: Object.assign(new URL(url), { pathname: 'postgres' }).href,
  });
  await client.connect();
  const others = `select from pg_stat_activity where datname = 'bench_peer'`;
  while ((await client.query(others)).rowCount) await new Promise((resolve) => setTimeout(resolve, 50));
  await client.end();
}
