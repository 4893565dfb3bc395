import type pg from 'pg';
import { rowsOf, statement } from '../postgres/statement.ts';

/**
 * Lists the channels that runs and attachments use, in order, at most CHANNELS_AT_MOST. The query steps from one
 * channel to the next through the index (channel, id desc), so its cost does not grow with the number of runs.
 */
export async function channelsInUse(pool: pg.Pool): Promise<string[]> {
  return (await rowsOf(pool, STATEMENT)).map(({ channel }) => channel);
}

const CHANNELS_AT_MOST = 1_000;

export const CHANNELS = `
  with recursive used (channel, n) as (
    (select r.channel, 1 from journey_runs r where r.channel is not null order by r.channel limit 1)
    union all
    select (select r.channel from journey_runs r where r.channel > u.channel order by r.channel limit 1), u.n + 1
    from used u where u.channel is not null and u.n < ${CHANNELS_AT_MOST}
  )
  select channel from used where channel is not null
  union
  select unnest(channel_eligibility) from product_journey_components where hidden_at is null
  order by channel limit ${CHANNELS_AT_MOST}`;

const STATEMENT = statement({ name: 'channels', text: CHANNELS, columns: { channel: 'text' } });
