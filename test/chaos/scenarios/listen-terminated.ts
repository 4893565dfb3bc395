import { setTimeout as pause } from 'node:timers/promises';
import { atMost, exactly, quantile, told } from '../figures.ts';
import { inParallel } from '../load.ts';
import { bySize, type Scenario } from '../scenario.ts';
import type { Subscriber } from '../subscribers.ts';
import type { System } from '../system.ts';
import { until } from '../until.ts';

/** The doorbell's connection is ended by the server, again and again. */
export const listenTerminated: Scenario = {
  name: 'listen-terminated',
  fault: "LISTEN's backend terminated every 2 s",
  sizes: ['full'],
  lane: 1,
  load: (size) => bySize(size, '4 times, 100 subscribers', '50 times, 500 subscribers'),
  async run({ size, open }) {
    const system = await open({ runner: { delayMs: 0 }, workers: 1 });
    const times = bySize(size, 4, 50);
    const watcher = await watched(system, bySize(size, 9, 49));
    const steady = steadyLoad(system, await system.registerComponent('listen', { maxAttempts: 1 }));
    let terminated = 0;
    for (let n = 0; n < times; n += 1) {
      await pause(2_000);
      const [row] = await system.sql<{ count: number }>(TERMINATE);
      terminated += row!.count;
    }
    await steady.stop();
    await system.drained(30_000);
    const records = await system.finish();
    const lags = lagsOf(watcher, records.events);
    return {
      records,
      figures: [
        told('backends terminated', String(terminated)),
        exactly('runs', records.runs.length, steady.enqueued()),
        atMost('event to subscriber, p99', quantile(lags, 0.99), 1_250, 'ms'),
        atMost('event to subscriber, at the latest', Math.max(...lags), 1_500, 'ms'),
      ],
    };
  },
};

/** Connections stay open, and nothing comes through them: nobody is told that they are dead. */
export const packetsSwallowed: Scenario = {
  name: 'packets-swallowed',
  fault: 'connections that swallow packets, of API processes and of a worker in turn',
  sizes: ['full'],
  lane: 2,
  load: () => 'API 20 s, worker 20 s, 500 subscribers',
  async run({ open, say }) {
    const system = await open({ runner: { delayMs: 500 }, proxied: 'all' });
    await watched(system, 49);
    const component = await system.registerComponent('swallowed', { maxAttempts: 5 });
    const steady = steadyLoad(system, component);
    const backs: number[] = [];
    for (const process of [system.apis[0]!, system.workers[0]!]) {
      await pause(3_000);
      const proxy = system.proxies.get(process.name)!;
      say(`${process.name}: ${proxy.connections()} connections swallow packets`);
      const isBack = process.partitioned();
      proxy.swallow(true);
      await pause(SWALLOWED_MS);
      proxy.swallow(false);
      isBack();
      const at = Date.now();
      if (process === system.workers[0]) {
        const isCalling = () =>
          system.host.calls.some((call) => call.process === process.name && call.startedAt > at);
        await until(isCalling, `a call of ${process.name}`, 60_000);
      } else {
        await until(() => isServing(system.apiUrls[0]!), `${process.name} to be ready`, 60_000);
      }
      backs.push((Date.now() - at) / 1_000);
    }
    await steady.stop();
    await system.drained(60_000);
    const records = await system.finish();
    return {
      records,
      figures: [
        exactly('runs', records.runs.length, steady.enqueued()),
        atMost('API serves again', backs[0]!, 5, 's'),
        atMost('worker calls again', backs[1]!, 15, 's'),
        told('workers declared dead', String(records.deaths.length)),
      ],
    };
  },
};

const SWALLOWED_MS = 20_000;

const TERMINATE = `
  select count(pg_terminate_backend(pid))::int as count from pg_stat_activity
  where query ilike 'listen %' or (query = 'select 1' and application_name like 'journey-runtime%')`;

async function watched(system: System, otherSockets: number): Promise<Subscriber> {
  const watcher = await system.subscribe({ api: 0, name: 'timed', count: 10, keepsArrivals: true });
  for (let n = 0; n < otherSockets; n += 1)
    await system.subscribe({ api: n % 2, name: `socket-${n + 1}`, count: 10 });
  return watcher.subscribers[0]!;
}

/** Enqueues about ten runs a second, until told to stop. */
function steadyLoad(system: System, componentId: string) {
  let isDone = false;
  let count = 0;
  const lanes = inParallel(4, 4, async (lane) => {
    for (let n = 0; !isDone; n += 1) {
      await system.caller.enqueue(`steady-${lane}-${n}`, { componentId, inputPayload: { n } });
      count += 1;
      await pause(400);
    }
  });
  return {
    enqueued: () => count,
    async stop() {
      isDone = true;
      await lanes;
    },
  };
}

function lagsOf({ arrivals, record }: Subscriber, events: { position: number; at: number }[]): number[] {
  const at = new Map(events.map((event) => [event.position, event.at]));
  return record.positions.map((position, index) => arrivals![index]! - (at.get(position) ?? 0));
}

const isServing = (url: string): Promise<boolean> =>
  fetch(`${url}/readyz`, { signal: AbortSignal.timeout(10_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
