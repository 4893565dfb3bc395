import type pg from 'pg';
import { z } from 'zod';
import { StartupError } from '../errors.ts';
import { isOutage } from '../postgres/outage.ts';
import { archiveRuns } from './archive-runs.ts';

const TIME = z.union([z.iso.datetime({ offset: true }), z.iso.date()]).transform((text) => new Date(text));

/** Archives runs as the arguments say; returns the line to print. @throws StartupError that names the fix */
export async function archiveCommand(
  pool: pg.Pool,
  { before: time, to }: { before: string; to: string },
): Promise<string> {
  const { data: before } = TIME.safeParse(time);
  if (!before)
    throw new StartupError(`${time} is not a time. Write --before as 2026-11-01 or 2026-11-01T12:00:00Z.`);
  try {
    const { files, runs, events } = await archiveRuns(pool, { before, to });
    return `Archived ${runs} runs with ${events} events, in ${files} new files, to ${to}.`;
  } catch (error) {
    if (!(error instanceof StartupError) && isOutage(error))
      throw new StartupError('The database does not respond: run the command again, and it continues.', {
        cause: error,
      });
    throw error;
  }
}
