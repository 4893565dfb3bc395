import pg from 'pg';
import { createDoorbell } from '../../src/feed/live/doorbell.ts';
import { createEventFeed } from '../../src/feed/live/event-feed.ts';
import { createLogger } from '../../src/logger.ts';
import { callFor } from '../harness/callers.ts';
import { atLeast, type Row } from '../harness/row.ts';
import { perSecond } from '../harness/table.ts';
import { takeTurns } from '../harness/turns.ts';

const WRITERS = 32;

export const doorbell: Row = {
  name: 'doorbell',
  limit: 'One NOTIFY is on its way at a time a process, and it does not wait for the disk.',
  measure: (bench) =>
    bench.cluster.withDatabase(async (url) => {
      const pool = new pg.Pool({ connectionString: url, max: WRITERS });
      const feedPool = new pg.Pool({ connectionString: url, max: 2 });
      const logger = createLogger('error');
      const feed = createEventFeed({ url, pool: feedPool, logger });
      await feed.start();
      const ring = createDoorbell(feedPool, logger);
      await pool.query('create table written (at timestamptz default now())');
      const write = () => pool.query({ name: 'write', text: 'insert into written default values' });
      const compared = await takeTurns(bench, {
        with: () => callFor(bench.turnMs, WRITERS, () => write().then(ring)),
        without: () => callFor(bench.turnMs, WRITERS, write),
      });
      await feed.stop();
      await Promise.all([pool.end(), feedPool.end()]);
      return [
        {
          figure: `commits at ${WRITERS} writers, with the feed's doorbell`,
          against: 'without it',
          ratio: compared.ratio('rate'),
          goal: atLeast(0.9),
          ours: perSecond(compared.of('with', 'rate')),
          theirs: perSecond(compared.of('without', 'rate')),
        },
      ];
    }),
};
