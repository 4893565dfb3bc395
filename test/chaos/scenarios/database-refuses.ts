import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { answeredInTime, atMost, exactly, told } from '../figures.ts';
import { inParallel } from '../load.ts';
import { bySize, type Scenario, type Stage } from '../scenario.ts';
import type { System } from '../system.ts';

/** A server that answers, but takes no writes: as a standby does before it is promoted. */
export const databaseReadOnly: Scenario = {
  name: 'database-read-only',
  fault: 'default_transaction_read_only',
  sizes: ['full'],
  lane: 2,
  load: (size) => bySize(size, 'for 5 s', 'for 30 s'),
  run: (stage) =>
    refusing(stage, async (system) => {
      const set = (value: string) => async () => {
        await system.sql(`alter system set default_transaction_read_only = ${value}`);
        await system.sql('select pg_reload_conf()');
      };
      await set('on')();
      await pause(bySize(stage.size, 5_000, 30_000));
      await set('off')();
    }),
};

/** Somebody else has taken all connections, and keeps them. */
export const connectionsExhausted: Scenario = {
  name: 'connections-exhausted',
  fault: 'all connections taken, and those of the service terminated',
  sizes: ['full'],
  lane: 2,
  load: (size) => bySize(size, 'for 8 s', 'for 60 s'),
  run: (stage) =>
    refusing(stage, async (system) => {
      const greedy: pg.Client[] = [];
      const url = new URL(system.postgres.url);
      await system.sql(`create role greedy login password 'greedy'`);
      url.username = 'greedy';
      url.password = 'greedy';
      const until = Date.now() + bySize(stage.size, 8_000, 60_000);
      const owner = new pg.Client({ connectionString: system.postgres.url });
      owner.on('error', () => {});
      await owner.connect();
      while (Date.now() < until) {
        await owner.query(TERMINATE);
        for (let n = 0; n < 300; n += 1) {
          const client = new pg.Client({ connectionString: url.href });
          client.on('error', () => {});
          const isIn = await client.connect().then(
            () => true,
            () => false,
          );
          if (!isIn) break;
          greedy.push(client);
        }
        await pause(1_000);
      }
      await owner.end();
      await Promise.all(greedy.map((client) => client.end()));
    }),
};

const TERMINATE = `
  select pg_terminate_backend(pid) from pg_stat_activity
  where pid <> pg_backend_pid() and backend_type = 'client backend' and usename <> 'greedy'`;

async function refusing(
  { size, open, say }: Stage,
  refuse: (system: System) => Promise<void>,
): ReturnType<Scenario['run']> {
  const system = await open({ runner: { delayMs: 100 }, postgres: { superuser_reserved_connections: '3' } });
  const { caller, enqueues } = system;
  const componentId = await system.registerComponent('refused', { maxAttempts: 10 });
  await system.subscribe({ api: 0, name: 'watcher', count: 5 });
  const answeredAt: number[] = [];
  let isDone = false;
  const load = inParallel(4, 4, async (lane) => {
    for (let n = 0; !isDone; n += 1) {
      await caller.enqueue(`refused-${lane}-${n}`, { componentId, inputPayload: { n } });
      answeredAt.push(Date.now());
      await pause(100);
    }
  });
  await pause(1_000);
  await refuse(system);
  const at = Date.now();
  say('it serves again');
  await pause(bySize(size, 4_000, 8_000));
  isDone = true;
  await load;
  await system.drained(60_000);
  const records = await system.finish();
  const call = records.calls.find(({ startedAt }) => startedAt > at);
  const answered = answeredAt.toSorted((a, b) => a - b).find((each) => each > at);
  return {
    records,
    figures: [
      exactly('runs', records.runs.length, enqueues.length),
      atMost('API serves again', ((answered ?? Number.POSITIVE_INFINITY) - at) / 1_000, 5, 's'),
      atMost('workers call again', ((call?.startedAt ?? Number.POSITIVE_INFINITY) - at) / 1_000, 5, 's'),
      answeredInTime(enqueues),
      told('answers UNAVAILABLE', String(enqueues.reduce((sum, { unavailable }) => sum + unavailable, 0))),
    ],
  };
}
