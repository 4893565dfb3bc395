import type pg from 'pg';
import { type Repeated, repeatedly } from '../async/repeatedly.ts';
import type { Logger } from '../logger.ts';
import { alterRole, missingSettings } from '../postgres/server-settings.ts';

const EVERY_MS = 60_000;

/**
 * Checks every minute that the settings of the service's connections are in force, and logs a warning when some are not
 * any more: an administrator or a pooler may have changed them since the start.
 */
export function watchSettings(pool: pg.Pool, logger: Logger, everyMs = EVERY_MS): Repeated {
  const what = "checking the connections' settings";
  return repeatedly({ what, logger, afterFailureMs: everyMs }, async () => {
    const missing = await missingSettings(pool);
    if (missing.length === 0) return everyMs;
    const names = missing.map(({ name }) => name).join(', ');
    throw new Error(`not in force: ${names}. Set them on the role: ${alterRole(missing)}`);
  });
}
