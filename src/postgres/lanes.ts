import pg from 'pg';
import { connectionConfig, poolModeOf } from './connection-config.ts';
import { PIPELINED, withLocalSettings } from './local-settings.ts';
import { PLANNED_BY_INDEX } from './session-settings.ts';

const SETTINGS = { ...PLANNED_BY_INDEX, statement_timeout: '5s' };

/** The connections of the statements that move runs. */
export function openLanes(url: string, count: number): pg.Pool {
  const config = connectionConfig(url, SETTINGS);
  if (poolModeOf(url) !== 'transaction') return quiet(new pg.Pool({ ...config, max: count, min: count }));
  return withLocalSettings(quiet(new pg.Pool({ ...config, ...PIPELINED, max: count })), SETTINGS);
}

/** An idle connection that breaks is replaced by the next query; without a listener it would end the process. */
function quiet(pool: pg.Pool): pg.Pool {
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
