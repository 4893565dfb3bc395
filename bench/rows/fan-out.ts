import { layCatalogue } from '../harness/catalogue.ts';
import { cpuMs } from '../harness/cpu.ts';
import { enqueueBodies } from '../harness/enqueue-body.ts';
import { openHttpClient } from '../harness/http-client.ts';
import { forkPeer, type Peer } from '../harness/peer.ts';
import { atMost, type Bench, type Figure, type Row } from '../harness/row.ts';
import { startService } from '../harness/service.ts';
import { ms } from '../harness/table.ts';
import { type Side, takeTurns } from '../harness/turns.ts';

const QUERY = 'subscription { runEvents { cursor runId type status attempt at } }';
const EVENTS = 20;
const CPU_GOALS = new Map([
  [1_000, 0.3],
  [5_000, 0.3],
]);

export const fanOut: Row = {
  name: 'fan-out',
  limit:
    'One send a socket, which no subscriber can share with another: it takes two thirds of the CPU, and alone, as the bare broadcast shows, a fifth of what graphql-ws takes. Half of the rest goes into the frame, which has the id of the operation in it, and into going from one subscriber to the next.',
  measure: async (bench) => {
    const sizes = bench.quick ? [100] : [1_000, 5_000];
    const figures: Figure[] = [];
    for (const subscribers of sizes) figures.push(...(await measureAt(bench, subscribers)));
    return figures;
  },
};

async function measureAt(bench: Bench, subscribers: number): Promise<Figure[]> {
  return bench.cluster.withDatabase(async (url) => {
    const body = enqueueBodies(await layCatalogue(url));
    const service = await startService(url);
    const bare = await forkPeer<{ url: string }>('bare-broadcast.ts', {});
    const each = await forkPeer<{ url: string }>('graphql-ws-each.ts', {});
    // As in a shop with several API processes: what enqueueing costs has a row of its own.
    const writer = await startService(url);
    const client = await openHttpClient(writer.url);
    const withClients = async (serverUrl: string) =>
      forkPeer<number>('subscribers.ts', { url: serverUrl, subscribers, query: QUERY });
    const clients = {
      ours: await withClients(service.url),
      bare: await withClients(bare.ready.url),
      each: await withClients(each.ready.url),
    };
    const compared = await takeTurns(bench, {
      ours: events(service.pid, clients.ours, () => client.post(body())),
      bare: events(bare.pid, clients.bare, () => bare.ask('event')),
      each: events(each.pid, clients.each, () => each.ask('event')),
    });
    client.close();
    const processes = [...Object.values(clients), bare, each, service, writer];
    await Promise.all(processes.map((process) => process.stop()));
    const to = `to ${subscribers.toLocaleString('en')} subscribers of the same operation`;
    const cpuGoal = CPU_GOALS.get(subscribers);
    return [
      {
        figure: `one event ${to}, until the last has it`,
        against: 'a bare ws broadcast of the same bytes',
        ratio: compared.ratio('spread', 'bare'),
        goal: atMost(1.5),
        ours: ms(compared.of('ours', 'spread')),
        theirs: ms(compared.of('bare', 'spread')),
      },
      {
        figure: `CPU for each delivery of an event ${to}`,
        against: 'graphql-ws executing the operation for each',
        ratio: compared.ratio('serverCpu', 'each'),
        goal: cpuGoal === undefined ? null : atMost(cpuGoal),
        ours: `${(compared.of('ours', 'serverCpu') * 1_000).toPrecision(3)} µs`,
        theirs: `${(compared.of('each', 'serverCpu') * 1_000).toPrecision(3)} µs`,
      },
    ];
  });
}

/** `spread`: from the first subscriber that has an event to the last, in the middle of many events. */
function events(serverPid: number, clients: Peer<number>, cause: () => Promise<unknown>): Side {
  return async () => {
    const before = cpuMs([serverPid]);
    const spreads: number[] = [];
    for (let n = 0; n < EVENTS; n += 1) {
      await clients.ask('expect one');
      await cause();
      spreads.push(await clients.ask<number>('spread'));
    }
    spreads.sort((a, b) => a - b);
    return {
      spread: spreads[EVENTS / 2]!,
      serverCpu: (cpuMs([serverPid]) - before) / (EVENTS * clients.ready),
    };
  };
}
