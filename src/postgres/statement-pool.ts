import pg from 'pg';
import { connectionConfig, poolModeOf } from './connection-config.ts';
import { PIPELINED, withLocalSettings } from './local-settings.ts';
import { PLANNED_BY_INDEX } from './session-settings.ts';

const SETTINGS = { ...PLANNED_BY_INDEX, statement_timeout: '5s' };

/** Opens the pool for the statements that change runs' statuses. */
export function openStatementPool(url: string, count: number): pg.Pool {
  const config = connectionConfig(url, SETTINGS);
  if (poolModeOf(url) !== 'transaction') return quiet(new pg.Pool({ ...config, max: count, min: count }));
  return withLocalSettings(quiet(new pg.Pool({ ...config, ...PIPELINED, max: count })), SETTINGS);
}

/**
 * Adds error listeners: the next query replaces a broken connection, which without a listener would end the process.
 */
function quiet(pool: pg.Pool): pg.Pool {
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
