import { parseArgs } from 'node:util';
import type pg from 'pg';
import { z } from 'zod';
import { StartupError } from '../errors.ts';
import { isOutage } from '../postgres/outage.ts';
import { archiveRuns } from './archive-runs.ts';

const USAGE =
  'archive needs --before <time> and --to <folder>, such as: archive --before 2026-11-01 --to /var/lib/archive';

const TIME = z.union([z.iso.datetime({ offset: true }), z.iso.date()]).transform((text) => new Date(text));

/** Archives runs as the arguments say; returns the line to print. @throws StartupError that names the fix */
export async function archiveCommand(pool: pg.Pool, args: string[]): Promise<string> {
  const { before, folder } = parsed(args);
  try {
    const { files, runs, events } = await archiveRuns(pool, { before, folder });
    return `Archived ${runs} runs with ${events} events, in ${files} new files, to ${folder}.`;
  } catch (error) {
    if (isOutage(error))
      throw new StartupError('The database does not respond: run the command again, and it continues.', {
        cause: error,
      });
    if (error instanceof Error && 'syscall' in error)
      throw new StartupError(`The folder ${folder} cannot be used: ${error.message}.`, { cause: error });
    throw error;
  }
}

function parsed(args: string[]): { before: Date; folder: string } {
  const { before: time = '', to: folder = '' } = options(args);
  const { data: before } = TIME.safeParse(time);
  if (before && folder) return { before, folder };
  throw new StartupError(time && !before ? `${time} is not a time: ${USAGE}` : USAGE);
}

function options(args: string[]) {
  try {
    return parseArgs({ args, options: { before: { type: 'string' }, to: { type: 'string' } } }).values;
  } catch (error) {
    throw new StartupError(`${(error as Error).message}: ${USAGE}`);
  }
}
