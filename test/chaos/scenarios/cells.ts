import { execFile } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { atLeast, atMost, exactly, told } from '../figures.ts';
import { inParallel } from '../load.ts';
import { type Machine, openNetwork } from '../network.ts';
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
    'three cells in network namespaces: each in turn crashes, with all of its processes, and is cut off, while a shop moves, whose mover is cut off and killed',
  sizes: ['full'],
  lane: 1,
  load: () => `${RUNS} enqueues with keys of ${SHOPS} shops`,
  async run(stage) {
    const { seed, defer, say } = stage;
    const network = await openNetwork(NAMES.length);
    if (network) defer(network.close);
    else say('without the right to make namespaces, processes are frozen where cells are to be cut off');
    const host = await startScriptHost(seed, { delayMs: 50, failing: 0 }, network?.address);
    defer(host.stop);
    const systems = await Promise.all(
      NAMES.map((name, n) =>
        stage.open({ apis: 1, workers: 1, cell: { name, host, machine: network?.machines[n] } }),
      ),
    );
    const [a, b] = systems as [System, System];
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
    for (const [n, system] of systems.entries()) {
      await pause(PAUSE_MS);
      say(`cell ${NAMES[n]} crashes`);
      await crash(system);
      await pause(PAUSE_MS);
      say(`cell ${NAMES[n]} is cut off`);
      const connect = cutOff(system, network?.machines[n]);
      await pause(CUT_OFF_MS);
      connect();
    }
    const moves = await moving;
    await enqueued;
    for (const system of systems) await system.drained(30_000);
    const left = await a.sql<{ id: string }>('select id from journey_runs where shop = $1', [shopOf(MOVED)]);
    const all = merged(await Promise.all(systems.map((system) => system.finish())), host.calls);
    const followed = all.enqueues.filter(({ outcome }) => outcome === 'moved').length;
    const broken = all.enqueues.filter((enqueue) => enqueue.broken > 0).length;
    return {
      records: all,
      figures: [
        exactly('runs', all.runs.length, RUNS),
        exactly('runs of the moved shop in its old cell', left.length, 0),
        atLeast('starts of the mover', moves.starts, 2),
        atMost('the shop was closed for', moves.closedMs / 1_000, 20, 's'),
        told('cut off by', network ? 'their network links' : 'freezing their processes'),
        told('enqueues that followed the shop', String(followed)),
        told('enqueues that broke and were repeated', String(broken)),
      ],
    };
  },
};

const NAMES = ['a', 'b', 'c'];
const RUNS = 2_000;
const PAUSE_MS = 500;
const CUT_OFF_MS = 4_000;

/** As a power failure, after which the machines start again. */
async function crash({ postgres, apis, workers }: System): Promise<void> {
  const processes = [...apis, ...workers];
  await Promise.all([postgres.stop('immediate'), ...processes.map((process) => process.end('SIGKILL'))]);
  await pause(PAUSE_MS);
  await postgres.start();
}

/** Cuts a cell off from callers, the script host and the mover, while its processes reach each other; returns what ends it. */
function cutOff({ apis, workers }: System, machine: Machine | undefined): () => void {
  if (machine) {
    machine.setLink('down');
    return () => machine.setLink('up');
  }
  const wake = [...apis, ...workers].map((process) => process.freeze());
  return () => {
    for (const each of wake) each();
  };
}

/** Starts the command again until the shop has moved: its connections are cut first, and then it is killed. */
async function moveUnderFaults({ defer, say }: Stage, from: System, to: System) {
  const proxies = await Promise.all(
    [from, to].map(({ postgres }) => startProxy(postgres.port, { host: new URL(postgres.url).hostname })),
  );
  for (const proxy of proxies) defer(proxy.close);
  const urls = [from, to].map(({ postgres }, index) => {
    const way = { hostname: '127.0.0.1', port: String(proxies[index]!.port) };
    return Object.assign(new URL(postgres.url), way).href;
  });
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
