import { parseArgs } from 'node:util';
import { startCluster } from './harness/cluster.ts';
import { writeReport } from './harness/report.ts';
import type { Bench, Figure, Row } from './harness/row.ts';
import { figuresTable, machineLine } from './harness/table.ts';
import { consolePage } from './rows/console-page.ts';
import { cpuPerRun } from './rows/cpu-per-run.ts';
import { doorbell } from './rows/doorbell.ts';
import { enqueueBehindQueue } from './rows/enqueue-behind-queue.ts';
import { enqueueInProcess } from './rows/enqueue-in-process.ts';
import { enqueueLone } from './rows/enqueue-lone.ts';
import { enqueueOverHttp } from './rows/enqueue-over-http.ts';
import { fanOut } from './rows/fan-out.ts';
import { footprint } from './rows/footprint.ts';
import { nestedRead } from './rows/nested-read.ts';
import { retention } from './rows/retention.ts';
import { runLists } from './rows/run-lists.ts';
import { startLatency } from './rows/start-latency.ts';
import { startUp } from './rows/start-up.ts';
import { telemetry } from './rows/telemetry.ts';
import { typename } from './rows/typename.ts';
import { wal } from './rows/wal.ts';
import { worker } from './rows/worker.ts';

const ROWS: Row[] = [
  enqueueOverHttp,
  enqueueInProcess,
  enqueueLone,
  enqueueBehindQueue,
  doorbell,
  worker,
  cpuPerRun,
  startLatency,
  fanOut,
  typename,
  nestedRead,
  runLists,
  footprint,
  wal,
  retention,
  startUp,
  telemetry,
  consolePage,
];

const USAGE = `Usage: npm run bench -- [options]

  --only <row>     that row alone; may be given again. Rows: ${ROWS.map((row) => row.name).join(', ')}
  --quick          few and short turns on a short history: to see that it works, not to measure
  --turns <n>      turns of each side (5)
  --keep <folder>  keeps PostgreSQL's data there, so that the long history is made once
  --report         writes docs/performance.md`;

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    quick: { type: 'boolean', default: false },
    turns: { type: 'string' },
    keep: { type: 'string' },
    report: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  if (values.help) return console.log(USAGE);
  const rows = values.only ? ROWS.filter((row) => values.only!.includes(row.name)) : ROWS;
  if (rows.length === 0) throw new Error(`No such row.\n\n${USAGE}`);
  const cluster = await startCluster(values.keep ?? null);
  const bench: Bench = {
    cluster,
    quick: values.quick,
    turns: Number(values.turns ?? (values.quick ? 2 : 5)),
    turnMs: values.quick ? 500 : 3_000,
    history: values.quick
      ? { long: 20_000, short: 2_000, dropped: 20_000 }
      : { long: 1_000_000, short: 10_000, dropped: 1_000_000 },
  };
  const measured: { row: Row; figures: Figure[] }[] = [];
  try {
    for (const row of rows) {
      console.error(`${row.name} …`);
      try {
        measured.push({ row, figures: await row.measure(bench) });
      } catch (error) {
        // The other rows took half an hour, and stand without it.
        console.error(`${row.name} could not be measured:`, error);
        process.exitCode = 1;
      }
    }
  } finally {
    await cluster.stop();
  }
  const figures = measured.flatMap((one) => one.figures);
  console.log(`\n${machineLine()}\n\n${figuresTable(figures)}`);
  if (values.report) writeReport(measured, bench.turns);
}

await main();
