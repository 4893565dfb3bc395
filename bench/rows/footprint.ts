import pg from 'pg';
import { enqueueBacklog, untilAllRan } from '../harness/backlog.ts';
import { layCatalogue } from '../harness/catalogue.ts';
import { atMost, type Row } from '../harness/row.ts';
import { startWorker } from '../harness/service.ts';

export const footprint: Row = {
  name: 'footprint',
  limit: 'A version of the row and its index entries for each status, which is what keeps every filter fast.',
  measure: (bench) =>
    bench.cluster.withDatabase(async (url) => {
      const runs = bench.quick ? 1_000 : 20_000;
      const catalogue = await layCatalogue(url);
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      // Full pages in the log depend on when the last checkpoint was: all of them count before the start.
      await bench.cluster.checkpoint();
      const before = await figuresOf(client);
      await enqueueBacklog(url, catalogue, runs);
      const worker = startWorker(url, { JOURNEY_RUNTIME_BATCH_SIZE: '200' });
      await untilAllRan(url);
      await worker.stop();
      const after = await figuresOf(client);
      await bench.cluster.checkpoint();
      const theory = await theoryOf(client, runs);
      await client.end();
      const per = (name: keyof Figures) => (after[name] - before[name]) / runs;
      const line = (figure: string, ours: number, theirs: number, unit: string) => ({
        figure: `${figure} per run, enqueue to COMPLETED at full load`,
        against: 'in theory: a run written three times, three events, a job',
        ratio: ours / theirs,
        goal: atMost(1.5),
        ours: `${ours.toFixed(unit === 'bytes' ? 0 : 2)} ${unit}`,
        theirs: `${theirs.toFixed(unit === 'bytes' ? 0 : 2)} ${unit}`,
      });
      return [
        // run + 2 of its changes + 3 events + job, its lock and its end
        line('rows written', per('rows'), 9, 'rows'),
        line('WAL', per('wal'), theory, 'bytes'),
        {
          ...line('statements committed', per('commits'), 5, ''),
          against: 'one for each of enqueue, job, claim, record, done',
        },
      ];
    }),
};

type Figures = { rows: number; wal: number; commits: number };

async function figuresOf(client: pg.Client): Promise<Figures> {
  // Counters of the other connections arrive within a second.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const { rows } = await client.query<{ [name in keyof Figures]: string }>(`
    select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') as wal,
      (select xact_commit from pg_stat_database where datname = current_database()) as commits,
      (select sum(n_tup_ins + n_tup_upd + n_tup_del) from pg_stat_user_tables) as rows`);
  const [row] = rows;
  return { rows: Number(row!.rows), wal: Number(row!.wal), commits: Number(row!.commits) };
}

/** The WAL of the same rows, written by plain statements of a thousand each, one after the other. */
async function theoryOf(client: pg.Client, runs: number): Promise<number> {
  const at = async () =>
    Number(
      (await client.query(`select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') as at`)).rows[0].at,
    );
  await client.query(`
    create table bare_runs (like journey_component_runs including all);
    create table bare_events (like journey_run_events including all);
    create table bare_jobs (like graphile_worker._private_jobs including all);
    create temp table ids as select id, row_number() over (order by id) as n from journey_component_runs`);
  const before = await at();
  for (let from = 0; from < runs; from += 1_000) {
    const these = `(select id from ids where n > ${from} and n <= ${from + 1_000})`;
    const copyRuns = `insert into bare_runs select * from journey_component_runs where id in ${these}`;
    await client.query(copyRuns);
    await client.query(
      `insert into bare_jobs (task_id, payload) select 1, json_build_object('runId', id, 'fence', 0) from unnest(array${these}) id`,
    );
    await client.query(
      `update bare_jobs set locked_at = now(), locked_by = 'worker-0123456789', attempts = 1`,
    );
    await client.query(`update bare_runs set status = 'RUNNING' where id in ${these}`);
    await client.query(`update bare_runs set status = 'COMPLETED' where id in ${these}`);
    await client.query(
      `insert into bare_events overriding system value select * from journey_run_events where run_id in ${these}`,
    );
    await client.query('delete from bare_jobs');
  }
  return ((await at()) - before) / runs;
}
