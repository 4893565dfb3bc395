import pg from 'pg';
import { enqueueBacklog, untilAllRan } from '../harness/backlog.ts';
import { layCatalogue } from '../harness/catalogue.ts';
import { atMost, type Row } from '../harness/row.ts';
import { startWorker } from '../harness/service.ts';

const THEORY = 'in theory: a run written once, its state three times, three events';

export const footprint: Row = {
  name: 'footprint',
  limit:
    'The index entries of a run, each written once, which is what keeps every filter fast; what is written of a state before its outcome lives for moments.',
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
      const line = (figure: string, against: string, ours: number, theirs: number, unit: string) => ({
        figure: `${figure} per run, enqueue to COMPLETED at full load`,
        against,
        ratio: ours / theirs,
        goal: atMost(1.5),
        ours: `${ours.toFixed(unit === 'bytes' ? 0 : 2)} ${unit}`,
        theirs: `${theirs.toFixed(unit === 'bytes' ? 0 : 2)} ${unit}`,
      });
      return [
        // run + 3 states, 2 of which are deleted again + 3 events
        line('rows written', THEORY, per('rows'), 9, 'rows'),
        line('WAL', THEORY, per('wal'), theory, 'bytes'),
        line('statements committed', 'one for each of enqueue, claim, record', per('commits'), 3, ''),
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
    create table bare_runs (like journey_runs including all);
    create table bare_queue (like journey_run_queue including all);
    create table bare_running (like journey_running including all);
    create table bare_outcomes (like journey_run_outcomes including all);
    create table bare_events (like journey_run_events including all);
    create temp table ids as select id, row_number() over (order by id) as n from journey_runs`);
  const before = await at();
  for (let from = 0; from < runs; from += 1_000) {
    const these = `(select id from ids where n > ${from} and n <= ${from + 1_000})`;
    await client.query(`insert into bare_runs select * from journey_runs where id in ${these}`);
    await client.query(`
      insert into bare_queue (run_id, queue, priority, rank, rank_at, run_at, max_attempts, event_xid)
      select run_id, queue, priority, priority, run_at, run_at, max_attempts, event_xid
      from journey_run_outcomes where run_id in ${these}`);
    await client.query(`
      with claimed as (delete from bare_queue returning *)
      insert into bare_running (run_id, worker_id, queue, priority, run_at, fence, attempt, lost_attempts, max_attempts,
        call_key, event_sequence, event_xid, started_at)
      select run_id, gen_random_uuid(), queue, priority, run_at, 1, 1, 0, max_attempts, 1, 2, event_xid, now() from claimed`);
    await client.query(`
      with ended as (delete from bare_running returning run_id)
      insert into bare_outcomes select o.* from journey_run_outcomes o join ended using (run_id)`);
    await client.query(
      `insert into bare_events overriding system value select * from journey_run_events where run_id in ${these}`,
    );
  }
  return ((await at()) - before) / runs;
}
