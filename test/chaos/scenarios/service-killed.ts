import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openCluster } from '../../../src/postgres/embedded/cluster.ts';
import { ownerUrl } from '../../../src/postgres/embedded/postgres-server.ts';
import { runningServer } from '../../../src/postgres/embedded/server-address.ts';
import { atMost, exactly } from '../figures.ts';
import { createCaller, inParallel } from '../load.ts';
import { startProcess } from '../managed-process.ts';
import { claimPort } from '../ports.ts';
import { asOwner } from '../postgres.ts';
import { installRecorder, readTables } from '../recorder.ts';
import type { EnqueueRecord, Records } from '../records.ts';
import { bySize, type Scenario } from '../scenario.ts';
import { startScriptHost } from '../script-host.ts';
import { baseEnv, MAIN, registerComponent } from '../system.ts';
import { until } from '../until.ts';

/** `npm start`, with all that it brings along, is killed by force, and started again on the same folder. */
export const serviceKilled: Scenario = {
  name: 'service-killed',
  fault: 'npm start killed with -9, then started again',
  sizes: ['smoke', 'full'],
  lane: 2,
  load: (size) => `embedded PostgreSQL, ${bySize(size, 'once, 60', '3 times, 300')} runs`,
  async run({ size, seed, say, defer }) {
    const [folder, logs] = [temporaryFolder(), temporaryFolder()];
    defer(async () => {
      for (const each of [folder, logs]) rmSync(each, { recursive: true, force: true });
    });
    const host = await startScriptHost(seed, { delayMs: 1_000, failing: 0 });
    defer(host.stop);
    const port = await claimPort();
    const service = startProcess({
      name: 'service',
      args: [MAIN, 'serve'],
      env: {
        ...baseEnv(),
        PORT: String(port),
        JOURNEY_RUNTIME_DATA_DIR: folder,
        JOURNEY_RUNTIME_RUNNER_URL: host.urlFor('worker'),
      },
      readyLine: 'Journey Runtime is running',
      logFile: join(logs, 'service.log'),
      restarts: true,
    });
    defer(async () => void (await service.stop()));
    await service.ready();

    const cluster = await openCluster(folder);
    const url = () => ownerUrl(cluster, runningServer(cluster)!.address, 'journey_runtime');
    await asOwner(url(), installRecorder);
    const enqueues: EnqueueRecord[] = [];
    const caller = createCaller([`http://127.0.0.1:${port}`], enqueues);
    defer(caller.close);
    const componentId = await registerComponent(caller, 'service', { maxAttempts: 1 });
    const runs = bySize(size, 60, 300);
    const kills = bySize(size, 1, 3);
    const backs: number[] = [];
    const left: number[] = [];
    for (let n = 0; n < kills; n += 1) {
      const perRound = runs / kills;
      const enqueued = inParallel(perRound, 10, async (m) => {
        await caller.enqueue(`service-${n}-${m}`, { componentId });
        await pause(500);
      });
      await until(() => host.inFlight() >= 5, '5 calls in flight', 30_000);
      const workers = await asOwner(
        url(),
        async (owner) => (await owner.query('select pid from journey_workers')).rows,
      );
      const server = runningServer(cluster)!.pid;
      const at = Date.now();
      await service.end('SIGKILL');
      await pause(RESTARTED_AFTER_MS);
      await service.ready();
      backs.push((Date.now() - at) / 1_000);
      left.push(workers.filter(({ pid }) => isAlive(pid)).length + (isAlive(server) ? 1 : 0));
      say(`killed, and back after ${backs.at(-1)!.toFixed(1)} s`);
      await enqueued;
    }
    await until(() => isDone(url()), 'all runs to be over', DONE_WITHIN_MS, 200);
    const tables = await asOwner(url(), readTables);
    const exit = await service.stop();
    left.push(runningServer(cluster) === null ? 0 : 1);
    const records = ofOurs({
      ...tables,
      calls: host.calls,
      enqueues,
      subscribers: [],
      processes: service.lives,
    });
    return {
      records,
      figures: [
        exactly('runs', records.runs.length, runs),
        exactly(
          'old workers and servers left',
          left.reduce((sum, each) => sum + each, 0),
          0,
        ),
        atMost('back, at the latest', Math.max(...backs), 15, 's'),
        exactly('stopped in the end with exit code', Number(exit.replace('exit code ', '')), 0),
      ],
    };
  },
};

/** Within this time the worker has ended with the service, and the next one has not begun to bother about PostgreSQL. */
const RESTARTED_AFTER_MS = 250;
const temporaryFolder = () => mkdtempSync(join(tmpdir(), 'journey-runtime-chaos-'));
const DONE_WITHIN_MS = 60_000;
const OPEN = `
  select from journey_component_runs
  where status in ('QUEUED', 'RUNNING') and idempotency_key like 'service-%'`;

const isDone = (url: string): Promise<boolean> =>
  asOwner(url, async (owner) => (await owner.query(OPEN)).rowCount === 0);

/** Without the demo's runs, which were there before anything was recorded. */
function ofOurs(records: Records): Records {
  const runs = records.runs.filter(({ idempotencyKey }) => idempotencyKey?.startsWith('service-'));
  const ids = new Set(runs.map(({ id }) => id));
  const isOurs = ({ runId }: { runId: string }) => ids.has(runId);
  return {
    ...records,
    runs,
    events: records.events.filter(isOurs),
    changes: records.changes.filter(isOurs),
    calls: records.calls.filter(isOurs),
  };
}

/** A process that has ended, but whose new parent does not bother, is none. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
