import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { answeredInTime, atLeast, atMost, exactly } from '../figures.ts';
import { inParallel } from '../load.ts';
import { asOwner } from '../postgres.ts';
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
      const from = Date.now() + NOTICED_MS;
      await pause(bySize(stage.size, 5_000, 30_000));
      const to = Date.now();
      await set('off')();
      return { from, to };
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
      const takeOne = async () => {
        const client = new pg.Client({ connectionString: url.href });
        client.on('error', () => {});
        const isIn = await client.connect().then(
          () => true,
          () => false,
        );
        if (isIn) greedy.push(client);
        return isIn;
      };
      const takeAll = () =>
        inParallel(TAKERS, TAKERS, async () => {
          while (await takeOne());
        });
      return asOwner(system.postgres.url, async (owner) => {
        await takeAll();
        const terminated = async () => (await owner.query(TERMINATE)).rowCount ?? 0;
        // The service is as quick to connect again as these are.
        for (let n = 0; (await terminated()) > 0; n += 1) {
          if (n === GIVES_UP_AFTER) throw new Error('the service always gets a connection');
          await takeAll();
        }
        const from = Date.now();
        stage.say(`${greedy.length} connections are taken, and none is left`);
        await pause(bySize(stage.size, 8_000, 60_000));
        const to = Date.now();
        await Promise.all(greedy.map((client) => client.end()));
        return { from, to };
      });
    }),
};

/** After this long each connection takes the new setting. */
const NOTICED_MS = 1_000;
const TAKERS = 10;
const GIVES_UP_AFTER = 100;
/** A connection that is being opened has no user yet. */
const TERMINATE = `
  select pg_terminate_backend(pid) from pg_stat_activity
  where pid <> pg_backend_pid() and backend_type = 'client backend' and usename is distinct from 'greedy'`;

async function refusing(
  { size, open, say }: Stage,
  /** Returns the time in which no statement of the service can have been committed. */
  refuse: (system: System) => Promise<{ from: number; to: number }>,
): ReturnType<Scenario['run']> {
  const system = await open({ runner: { delayMs: 100 }, postgres: { superuser_reserved_connections: '0' } });
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
  const refused = await refuse(system);
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
      exactly(
        'enqueues acknowledged meanwhile',
        answeredAt.filter((each) => each > refused.from && each < refused.to).length,
        0,
      ),
      atLeast(
        'answers UNAVAILABLE',
        enqueues.reduce((sum, { unavailable }) => sum + unavailable, 0),
        1,
      ),
    ],
  };
}
