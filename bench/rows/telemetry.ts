import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { enqueueBacklog, rateOfMiddle, untilAllRan, untilLeft } from '../harness/backlog.ts';
import { layCatalogue } from '../harness/catalogue.ts';
import { cpuMs } from '../harness/cpu.ts';
import { enqueueBodies } from '../harness/enqueue-body.ts';
import { loadOverHttp } from '../harness/http-load.ts';
import { atLeast, atMost, type Bench, type Row } from '../harness/row.ts';
import { type ServiceSettings, startService, startWorker } from '../harness/service.ts';
import { ms, perSecond } from '../harness/table.ts';
import { type Compared, takeTurns } from '../harness/turns.ts';

const CONNECTIONS = 50;
/** The CPU of a request falls for ten seconds after a start, by far more than what telemetry costs. */
const WARM_UP_MS = 10_000;
/** One of so many runs has a trace that is recorded: an API that enqueues 2,000 a second records 10. */
const RECORDED_OF = 200;

export const telemetry: Row = {
  name: 'telemetry',
  limit:
    'Each recorded request is three spans and each run five, which are made, batched and written as protobuf. By default 10 new traces a second are recorded; of another only the ids are passed on, for the logs and the header to the script host.',
  measure: async (bench) => {
    const collector = await startCollector();
    const metrics = { JOURNEY_RUNTIME_METRICS_PORT: '0', JOURNEY_RUNTIME_WORKER_PORT: '0' };
    const traced = { ...metrics, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
    const all = { ...traced, OTEL_TRACES_SAMPLER: 'parentbased_always_on' };
    const settings = { traced, metrics, all, off: {} };
    const enqueues = await takeTurns(
      bench,
      sides(settings, (given) => enqueueTurn(bench, given)),
    );
    const runs = await takeTurns(
      bench,
      sides(settings, (given) => workerTurn(bench, given, given === all ? 1 : RECORDED_OF)),
    );
    collector.stop();
    return [
      ...figures('enqueueRun over HTTP, 50 connections', enqueues),
      ...figures("a worker's runs, echo runner, 200 in flight", runs),
    ];
  },
};

const NAMES = {
  traced: 'metrics and traces by default',
  metrics: 'metrics alone',
  all: 'metrics and every trace',
};
const AGAINST = 'the same without telemetry';

const figures = (figure: string, compared: Compared) =>
  Object.entries(NAMES).flatMap(([side, name]) => [
    {
      figure: `${figure}, with ${name}`,
      against: AGAINST,
      ratio: compared.ratio('rate', 'off', side),
      goal: side === 'all' ? null : atLeast(0.97),
      ours: perSecond(compared.of(side, 'rate')),
      theirs: perSecond(compared.of('off', 'rate')),
    },
    {
      figure: `${figure}, CPU of the process a run, with ${name}`,
      against: AGAINST,
      ratio: compared.ratio('perRun', 'off', side),
      goal: side === 'all' ? null : atMost(1.03),
      ours: ms(compared.of(side, 'perRun')),
      theirs: ms(compared.of('off', 'perRun')),
    },
  ]);

function sides<T extends string>(
  settings: Record<T, ServiceSettings>,
  turn: (given: ServiceSettings) => Promise<{ rate: number; perRun: number }>,
) {
  return Object.fromEntries(
    Object.entries<ServiceSettings>(settings).map(([name, given]) => [name, () => turn(given)]),
  );
}

const enqueueTurn = (bench: Bench, settings: ServiceSettings) =>
  bench.cluster.withDatabase(async (url) => {
    const body = enqueueBodies(await layCatalogue(url));
    const service = await startService(url, settings);
    const load = (during: number) =>
      loadOverHttp({ url: service.url, connections: CONNECTIONS, ms: during, body });
    await load(bench.quick ? bench.turnMs / 2 : WARM_UP_MS);
    const before = cpuMs([service.pid]);
    const { rate, count } = (await load(bench.turnMs)) as { rate: number; count: number };
    const perRun = (cpuMs([service.pid]) - before) / count;
    await service.stop();
    return { rate, perRun };
  });

const workerTurn = (bench: Bench, settings: ServiceSettings, recordedOf: number) =>
  bench.cluster.withDatabase(async (url) => {
    const runs = bench.quick ? 5_000 : 40_000;
    await enqueueBacklog(url, await layCatalogue(url), runs);
    await setTraces(url, recordedOf);
    const worker = startWorker(url, { JOURNEY_RUNTIME_BATCH_SIZE: '200', ...settings });
    const left = await untilLeft(url, runs / 2);
    const before = cpuMs([worker.pid]);
    await untilAllRan(url);
    const perRun = (cpuMs([worker.pid]) - before) / left;
    const rate = await rateOfMiddle(url);
    await worker.stop();
    return { rate, perRun };
  });

/** Gives each run its place in a trace, as the API stores it. */
async function setTraces(url: string, recordedOf: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    `update journey_runs set traceparent = format('00-%s-%s-0%s', md5(id::text), left(md5(id::text), 16),
       (split_part(input_payload ->> 'note', ' ', 2)::int % $1 = 0)::int)`,
    [recordedOf],
  );
  await client.end();
}

/** Receives what is sent, and does nothing with it. */
async function startCollector() {
  const server = createServer((req, res) => {
    req.resume().on('end', () => res.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: () => server.close() };
}
