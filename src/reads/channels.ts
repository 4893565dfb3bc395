import type pg from 'pg';

/**
 * The channels that runs and attachments use, in order, at most CHANNELS_AT_MOST. Steps from channel to channel through
 * the index (channel, id desc), so history costs nothing.
 */
export async function channelsInUse(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ channel: string }>({ name: 'channels', text: CHANNELS });
  return rows.map(({ channel }) => channel);
}

const CHANNELS_AT_MOST = 1_000;

export const CHANNELS = `
  with recursive used (channel, n) as (
    (select r.channel, 1 from journey_component_runs r where r.channel is not null order by r.channel limit 1)
    union all
    select (select r.channel from journey_component_runs r where r.channel > u.channel order by r.channel limit 1), u.n + 1
    from used u where u.channel is not null and u.n < ${CHANNELS_AT_MOST}
  )
  select channel from used where channel is not null
  union
  select unnest(channel_eligibility) from product_journey_components where hidden_at is null
  order by channel limit ${CHANNELS_AT_MOST}`;
