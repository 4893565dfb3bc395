import pg from 'pg';
import { enqueueBacklog, untilAllRan } from '../harness/backlog.ts';
import { catalogueOf } from '../harness/catalogue.ts';
import { historyOf } from '../harness/history.ts';
import { atMost, type Bench, type Row } from '../harness/row.ts';
import { startWorker } from '../harness/service.ts';

/** The same, measured likewise while a run was one row, written three times with all of its index entries. */
const ONE_ROW_A_RUN = { without: 8_439, with: 11_252 };

export const wal: Row = {
  name: 'wal',
  limit:
    'Entries of a run in the indexes over components, products, attachments and payloads, each on a page of its own.',
  async measure(bench) {
    const history = databaseOf(await historyOf(bench.cluster, bench.history.long));
    const line = async (pages: 'with' | 'without', goal: number) => {
      const bytes = await bench.cluster.withDatabase((url) => walPerRun(bench, url, pages), history);
      const earlier = ONE_ROW_A_RUN[pages];
      return {
        figure: `WAL per run behind ${bench.history.long.toLocaleString('en')} runs, ${pages} full pages`,
        against: 'while a run was one row, written three times',
        ratio: bytes / earlier,
        goal: atMost(goal),
        ours: `${bytes.toFixed(0)} bytes`,
        theirs: `${earlier} bytes`,
      };
    };
    return [await line('without', 0.8), await line('with', 0.5)];
  },
};

const databaseOf = (url: string): string => new URL(url).pathname.slice(1);

async function walPerRun(bench: Bench, url: string, pages: 'with' | 'without'): Promise<number> {
  const runs = bench.quick ? 1_000 : 20_000;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const set = async (value: string) => {
    await client.query(`alter system set full_page_writes = ${value}`);
    await client.query('select pg_reload_conf()');
  };
  const workThrough = async () => {
    const worker = startWorker(url, { JOURNEY_RUNTIME_BATCH_SIZE: '200' });
    await untilAllRan(url);
    await worker.stop();
  };
  const at = async () =>
    Number(
      (await client.query(`select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') as at`)).rows[0].at,
    );
  try {
    // What the history left to be done.
    await workThrough();
    if (pages === 'without') await set('off');
    await bench.cluster.checkpoint();
    const before = await at();
    await enqueueBacklog(url, await catalogueOf(url), runs);
    await workThrough();
    return ((await at()) - before) / runs;
  } finally {
    await set('on');
    await client.end();
  }
}
