import { execFile } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { answeredInTime, atLeast, atMost, exactly, told } from '../figures.ts';
import { inParallel } from '../load.ts';
import { type DatabaseProxy, startProxy } from '../proxy.ts';
import type { Records } from '../records.ts';
import type { Scenario, Stage } from '../scenario.ts';
import { startScriptHost } from '../script-host.ts';
import { baseEnv, MAIN, type System } from '../system.ts';

const SHOPS = 50;
const MOVED = 0;
const shopOf = (n: number) => `shop-${n}`;

/** Each cell fails alone, while one of the shops moves from the first to the second of them. */
export const cells: Scenario = {
  name: 'cells',
  fault:
    'three cells: a PostgreSQL crashed, an API and a worker killed, all connections of a cell cut, while a shop moves, whose mover is cut off and killed',
  sizes: ['full'],
  lane: 1,
  load: () => `${RUNS} enqueues with keys of ${SHOPS} shops`,
  async run(stage) {
    const { seed, defer, say } = stage;
    const host = await startScriptHost(seed, { delayMs: 50, failing: 0 });
    defer(host.stop);
    const systems = await Promise.all(
      ['a', 'b', 'c'].map((name) =>
        stage.open({ apis: 1, workers: 1, proxied: 'all', cell: { name, host } }),
      ),
    );
    const [a, b, c] = systems as [System, System, System];
    const homes = Array.from({ length: SHOPS }, (_, shop) => shop % systems.length);
    const components = await Promise.all(
      homes.map((home, shop) =>
        systems[home]!.registerComponent('run', { maxAttempts: 5, shop: shopOf(shop) }),
      ),
    );

    /** As a caller behind a router, which learns of the move from the answer. */
    async function enqueue(shop: number, key: string): Promise<void> {
      const input = { shop: shopOf(shop), componentId: components[shop] };
      const { outcome } = await systems[homes[shop]!]!.caller.enqueue(key, input);
      if (outcome !== 'moved') return;
      homes[shop] = 1;
      await b.caller.enqueue(key, input);
    }
    const enqueued = inParallel(RUNS, 24, async (n) => {
      // Every second run is of the shop that moves.
      const shop = n % 2 === 0 ? MOVED : n % SHOPS;
      await enqueue(shop, `cells-${n}`);
      await pause(PAUSE_MS);
    });

    const moving = moveUnderFaults(stage, a, b);
    await pause(2_000);
    say('the PostgreSQL of cell a crashes');
    await a.postgres.stop('immediate');
    await pause(1_000);
    await a.postgres.start();
    say('API and worker of cell b are killed');
    await Promise.all([...b.apis, ...b.workers].map((process) => process.end('SIGKILL')));
    say('cell c is cut off');
    const back = [...c.apis, ...c.workers].map((process) => process.partitioned());
    for (const proxy of c.proxies.values()) proxy.swallow(true);
    await pause(3_000);
    for (const proxy of c.proxies.values()) proxy.swallow(false);
    for (const reached of back) reached();
    const moves = await moving;
    await enqueued;
    for (const system of systems) await system.drained(30_000);
    const left = await a.sql<{ id: string }>('select id from journey_runs where shop = $1', [shopOf(MOVED)]);
    const all = merged(await Promise.all(systems.map((system) => system.finish())), host.calls);
    const followed = all.enqueues.filter(({ outcome }) => outcome === 'moved').length;
    return {
      records: all,
      figures: [
        exactly('runs', all.runs.length, RUNS),
        exactly('runs of the moved shop in its old cell', left.length, 0),
        atLeast('starts of the mover', moves.starts, 2),
        atMost('the shop was closed for', moves.closedMs / 1_000, 20, 's'),
        answeredInTime(all.enqueues),
        told('enqueues that followed the shop', String(followed)),
      ],
    };
  },
};

const RUNS = 700;
const PAUSE_MS = 500;

/** Starts the command again until the shop has moved: its connections are cut first, and then it is killed. */
async function moveUnderFaults({ defer, say }: Stage, from: System, to: System) {
  const proxies = await Promise.all([from, to].map(({ postgres }) => startProxy(postgres.port)));
  for (const proxy of proxies) defer(proxy.close);
  const urls = [from, to].map(({ postgres }, index) =>
    postgres.url.replace(`:${postgres.port}/`, `:${proxies[index]!.port}/`),
  );
  const args = ['move-shop', '--shop', shopOf(MOVED), '--from', urls[0]!, '--to', urls[1]!];
  const faults = new Map<string, (kill: () => void) => void>([
    ['Copying the history', () => cutAll(proxies)],
    ['is closed', (kill) => kill()],
    ['Copying the rest', () => cutAll(proxies)],
    ['has moved', (kill) => kill()],
  ]);
  let starts = 0;
  let closedAt = 0;
  let openedAt = 0;
  for (;;) {
    starts += 1;
    const moved = promisify(execFile)(process.execPath, [MAIN, ...args], { env: baseEnv(), timeout: 60_000 });
    moved.child.stdout!.on('data', (chunk: string) => {
      if (chunk.includes('is closed')) closedAt ||= Date.now();
      if (chunk.includes('has moved')) openedAt ||= Date.now();
      for (const [line, fault] of faults) {
        if (!chunk.includes(line)) continue;
        faults.delete(line);
        say(`the mover is stopped at "${line}"`);
        fault(() => void moved.child.kill('SIGKILL'));
      }
    });
    const isDone = await moved.then(
      () => true,
      () => false,
    );
    if (isDone) return { starts, closedMs: openedAt - closedAt };
    await pause(500);
  }
}

const cutAll = (proxies: readonly DatabaseProxy[]) => {
  for (const proxy of proxies) proxy.cut();
};

/** The records of all cells as those of one system, with the changes of each run in the order of their times. */
function merged(records: readonly Records[], calls: Records['calls']): Records {
  const all = <K extends Exclude<keyof Records, 'calls'>>(kind: K) =>
    records.flatMap((one) => one[kind] as Records[K][number][]) as Records[K];
  return {
    runs: all('runs'),
    events: all('events'),
    changes: all('changes').toSorted((one, other) => one.at - other.at),
    deaths: all('deaths'),
    standing: all('standing'),
    enqueues: all('enqueues'),
    subscribers: all('subscribers'),
    processes: all('processes'),
    calls,
  };
}
