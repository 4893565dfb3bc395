import { atMost, exactly } from '../figures.ts';
import { inParallel } from '../load.ts';
import { bySize, type Scenario } from '../scenario.ts';
import { until } from '../until.ts';

/** A deploy: each worker is asked to stop while its calls are far from done. */
export const workersStopped: Scenario = {
  name: 'workers-stopped',
  fault: 'SIGTERM of a worker with 10 runs of 30 s in flight',
  sizes: ['full'],
  lane: 2,
  load: (size) => bySize(size, 'once', '10 times'),
  async run({ size, open, say }) {
    const system = await open({ workers: 2, runner: { delayMs: 30_000 } });
    const { workers, host, caller } = system;
    const times = bySize(size, 1, 10);
    const componentId = await system.registerComponent('stopped', { maxAttempts: 1, timeoutSeconds: 60 });
    await inParallel(20, 10, (n) => caller.enqueue(`stopped-${n}`, { componentId }));
    const exits: { exit: string; seconds: number; held: number }[] = [];
    for (let n = 0; n < times; n += 1) {
      const worker = workers[n % 2]!;
      await worker.ready();
      const held = () => host.calls.filter((call) => call.process === worker.name && isOpen(call)).length;
      await until(() => held() >= 10, `10 calls of ${worker.name} in flight`, 30_000);
      const begun = performance.now();
      const exit = await worker.end('SIGTERM');
      const seconds = (performance.now() - begun) / 1_000;
      say(`${worker.name}: ${exit} after ${seconds.toFixed(1)} s`);
      const [row] = await system.sql<{ held: number }>(
        `select count(*)::int as held from journey_running r where not exists (select from journey_workers w where w.id = r.worker_id)`,
      );
      exits.push({ exit, seconds, held: row!.held });
    }
    host.behaviour.delayMs = 0;
    await system.drained(60_000);
    const records = await system.finish();
    return {
      records,
      figures: [
        exactly('exits with code 0', exits.filter(({ exit }) => exit === 'exit code 0').length, times),
        atMost(
          'exit after SIGTERM, at the latest',
          Math.max(...exits.map(({ seconds }) => seconds)),
          10,
          's',
        ),
        exactly(
          'runs not given back by then',
          exits.reduce((sum, { held }) => sum + held, 0),
          0,
        ),
        exactly(
          'runs that count a lost worker',
          records.runs.filter((run) => run.lostAttempts > 0).length,
          0,
        ),
        exactly('runs completed', records.runs.filter(({ status }) => status === 'COMPLETED').length, 20),
      ],
    };
  },
};

const isOpen = (call: { answeredAt: number | null; brokenAt: number | null }) =>
  call.answeredAt === null && call.brokenAt === null;
