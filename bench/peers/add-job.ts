import { makeWorkerUtils } from 'graphile-worker';
import pg from 'pg';

/** As many connections as graphile-worker takes by default. */
const CONNECTIONS = 10;

/** graphile-worker's own way to enqueue: a job alone, over a pool. */
export function openAddJob(url: string) {
  const pool = new pg.Pool({ connectionString: url, max: CONNECTIONS });
  pool.on('error', () => {});
  const utils = makeWorkerUtils({ pgPool: pool });
  let count = 0;
  return {
    async addJob() {
      count += 1;
      await (await utils).addJob('noop', { runId: count });
    },
    async close() {
      await (await utils).release();
      await pool.end();
    },
  };
}
