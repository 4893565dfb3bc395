import { chmodSync, cpSync, lchownSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster } from '../../../src/postgres/embedded/cluster.ts';
import { atLeast, exactly, told } from '../figures.ts';
import { subscribersSawTheTable } from '../invariants/feed.ts';
import { inParallel } from '../load.ts';
import { asOwner } from '../postgres.ts';
import { readTables } from '../recorder.ts';
import type { CallRecord, EventRecord, Records } from '../records.ts';
import { bySize, type Scenario } from '../scenario.ts';
import type { Subscriber } from '../subscribers.ts';
import type { System } from '../system.ts';
import { until } from '../until.ts';

/** The server is not the one that it was: it has forgotten events that were handed out, and gives their numbers to others. */
export const serverRestored: Scenario = {
  name: 'server-restored',
  fault: 'an older copy of the data directory put in place of the newer one',
  sizes: ['full'],
  lane: 2,
  load: (size) => `${bySize(size, '300', '1,000')} events, 20 subscribers`,
  async run({ size, open, say }) {
    const system = await open({ workers: 1, runner: { delayMs: 0 } });
    const { postgres } = system;
    const runs = bySize(size, 100, 333);
    const componentId = await system.registerComponent('restored', { maxAttempts: 1 });
    const enqueue = (name: string) =>
      inParallel(runs / 2, 10, (n) => system.caller.enqueue(`${name}-${n}`, { componentId }));
    const listeners = await subscribeToEach(system);

    await enqueue('kept');
    await system.drained(30_000);
    await postgres.stop('fast');
    copy(postgres.cluster, 'postgres', 'backup');
    await postgres.start();
    await enqueue('forgotten');
    await system.drained(30_000);
    const before = await untilTold(system, listeners);
    await postgres.stop('fast');
    renameSync(join(postgres.cluster.dataDir, 'postgres'), join(postgres.cluster.dataDir, 'forgotten'));
    renameSync(join(postgres.cluster.dataDir, 'backup'), join(postgres.cluster.dataDir, 'postgres'));
    await postgres.start();
    say('the copy serves');
    return afterwards(system, listeners, before, enqueue);
  },
};

/** A crash of a server that was told not to wait for the disk: it forgets what it had shown already. */
export const commitsLost: Scenario = {
  name: 'commits-lost',
  fault: 'an immediate crash that loses the last commits (synchronous_commit off)',
  sizes: ['full'],
  lane: 2,
  load: (size) => `${bySize(size, '300', '1,000')} events, 20 subscribers`,
  async run({ size, open, say }) {
    const postgresSettings = { synchronous_commit: 'off', wal_writer_delay: '10s' };
    const system = await open({ workers: 1, runner: { delayMs: 0 }, postgres: postgresSettings });
    const runs = bySize(size, 100, 333);
    const componentId = await system.registerComponent('lost', { maxAttempts: 1 });
    await system.sql(COMMITS_WAIT_FOR_NOTHING);
    await system.sql('checkpoint');
    const enqueue = (name: string) =>
      inParallel(runs / 2, 10, (n) => system.caller.enqueue(`${name}-${n}`, { componentId }));
    const listeners = await subscribeToEach(system);
    // A commit that waits for the disk, such as a heartbeat, takes those before it along: then the crash loses nothing.
    let before = await untilTold(system, listeners);
    for (
      let crash = 1;
      crash <= MOST_CRASHES && (await forgottenEventsOf(system, before)) === 0;
      crash += 1
    ) {
      await enqueue(`perhaps-${crash}`);
      await system.drained(30_000);
      before = await untilTold(system, listeners);
      await system.postgres.stop('immediate');
      await system.postgres.start();
    }
    say('the server is back');
    return afterwards(system, listeners, before, enqueue);
  },
};

const MOST_CRASHES = 20;

/** The service's own connections set synchronous_commit = on, so each transaction that writes an event turns it off again. */
const COMMITS_WAIT_FOR_NOTHING = `
  create function chaos_commit_at_once() returns trigger language plpgsql as $$
  begin
    perform set_config('synchronous_commit', 'off', true);
    return null;
  end $$;
  create trigger chaos_commit_at_once after insert on journey_run_events for each statement
    execute function chaos_commit_at_once()`;

/** Subscribers at both APIs: each process notices for itself that its server is another one, and ends its own. */
async function subscribeToEach(system: System): Promise<Subscriber[]> {
  const subscriptions = [0, 1].map((api) => system.subscribe({ api, name: `old at ${api + 1}`, count: 10 }));
  return (await Promise.all(subscriptions)).flatMap(({ subscribers }) => subscribers);
}

/** What is there once the subscribers have all of it; what they got until then is judged by it. */
async function untilTold(system: System, listeners: Subscriber[]) {
  const tables = await asOwner(system.postgres.url, readTables);
  const last = tables.events.at(-1)?.position;
  const hasAll = ({ record }: Subscriber) => record.positions.at(-1) === last;
  await until(() => listeners.every(hasAll), 'the subscribers to have all events', 30_000);
  const subscribers = listeners.map(({ record }) => ({ ...record, positions: [...record.positions] }));
  return {
    events: tables.events,
    calls: system.host.calls.length,
    wrong: subscribersSawTheTable.violations({ ...tables, subscribers } as Records),
  };
}

/** The number of events that the server had before and does not know any more. */
async function forgottenEventsOf(system: System, before: { events: EventRecord[] }): Promise<number> {
  const kept = await asOwner(system.postgres.url, readTables);
  const known = new Set(kept.events.map(identityOf));
  return before.events.filter((event) => !known.has(identityOf(event))).length;
}

/** New events for new subscribers, while the old ones must not take them for the rest of what they know. */
async function afterwards(
  system: System,
  old: Subscriber[],
  before: Awaited<ReturnType<typeof untilTold>>,
  enqueue: (name: string) => Promise<void>,
) {
  const stored = await system.sql<{ key: string }>('select idempotency_key as key from journey_runs');
  const known = new Set(stored.map(({ key }) => key));
  const forgotten = system.enqueues.filter(({ key }) => !known.has(key));
  const forgottenEvents = await forgottenEventsOf(system, before);
  const isForgotten = forgottenEvents > 0;
  // Until an API process has noticed, its cursors are the old server's, and end their subscribers as well.
  const isUndecided = ({ record }: Subscriber) => record.error === null;
  if (isForgotten)
    await until(() => !old.some(isUndecided), 'the old subscribers to end', 10_000).catch(() => {});
  await system.subscribe({ api: 0, name: 'new', count: 10 });
  await enqueue('new');
  await system.drained(60_000);
  const records = await system.finish();
  const expired = records.subscribers.filter(({ error }) => error === 'CURSOR_EXPIRED');
  const expiredOld = old.filter(({ record }) => record.error === 'CURSOR_EXPIRED').length;
  const isOnRecord = (call: CallRecord) =>
    call.callId > before.calls ||
    records.changes.some(
      ({ runId, to, at }) => runId === call.runId && to === 'RUNNING' && at <= call.startedAt,
    );
  return {
    // PostgreSQL itself did not keep these, and the subscribers that received them know.
    records: {
      ...records,
      enqueues: records.enqueues.filter((each) => !forgotten.includes(each)),
      // A run whose claim was forgotten is called as if for the first time.
      calls: records.calls.filter(isOnRecord),
      subscribers: records.subscribers.filter((each) => !expired.includes(each)),
    },
    figures: [
      atLeast('events that subscribers had and the server forgot', forgottenEvents, 1),
      told('acknowledged runs that it forgot', String(forgotten.length)),
      exactly('lists that were wrong before', before.wrong.length, 0),
      exactly('old subscribers that ended with CURSOR_EXPIRED', expiredOld, old.length),
      exactly('new subscribers that ended with an error', expired.length - expiredOld, 0),
    ],
  };
}

/** What two events that got the same position do not share. */
const identityOf = ({ position, runId, sequence, at }: EventRecord): string =>
  [position, runId, sequence, at].join();

function copy({ dataDir, user }: Cluster, from: string, to: string): void {
  cpSync(join(dataDir, from), join(dataDir, to), { recursive: true, verbatimSymlinks: true });
  chmodSync(join(dataDir, to), 0o700);
  if (!user) return;
  const files = readdirSync(join(dataDir, to), { recursive: true, encoding: 'utf8' });
  for (const file of ['', ...files]) lchownSync(join(dataDir, to, file), user.uid, user.gid);
}
