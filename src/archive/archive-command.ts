import { parseArgs } from 'node:util';
import type pg from 'pg';
import { z } from 'zod';
import { StartupError } from '../errors.ts';
import { isOutage } from '../postgres/outage.ts';
import { archiveRuns } from './archive-runs.ts';

const USAGE =
  'archive needs --before <time> and --to <folder or S3 URL>, such as: archive --before 2026-11-01 --to /var/lib/archive';

const TIME = z.union([z.iso.datetime({ offset: true }), z.iso.date()]).transform((text) => new Date(text));

/** Archives runs as the arguments say; returns the line to print. @throws StartupError that names the fix */
export async function archiveCommand(pool: pg.Pool, args: string[]): Promise<string> {
  const { before, to } = parsed(args);
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

function parsed(args: string[]): { before: Date; to: string } {
  const { before: time = '', to = '' } = options(args);
  const { data: before } = TIME.safeParse(time);
  if (before && to) return { before, to };
  throw new StartupError(time && !before ? `${time} is not a time: ${USAGE}` : USAGE);
}

function options(args: string[]) {
  try {
    return parseArgs({ args, options: { before: { type: 'string' }, to: { type: 'string' } } }).values;
  } catch (error) {
    throw new StartupError(`${(error as Error).message}: ${USAGE}`);
  }
}
