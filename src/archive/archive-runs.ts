import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { StartupError } from '../errors.ts';
import { exclusively } from '../postgres/exclusively.ts';
import { rowsOf, statement } from '../postgres/statement.ts';
import { NO_ID } from '../postgres/uuid.ts';
import { Archive } from './archive-files.ts';
import { archivedRun } from './archived-run.ts';
import { countEndedRuns, type EndedRun, type RunEnd, readEndedRuns } from './ended-runs.ts';

export type ArchiveOptions = {
  /** Runs that ended before this time are archived. */
  before: Date;
  /** A folder, or an S3 URL. */
  to: string;
  /** A file has this many runs, or up to a page more. */
  runsPerFile?: number;
};

/** The numbers of what a call has archived. */
export type Archived = { files: number; runs: number; events: number };

/**
 * Writes the runs that ended before a time, with their events, to files of the archive, after those that it has
 * already. It reads page by page, and a file is finished when the database has no further run in its part.
 *
 * @throws StartupError that names the fix
 */
export async function archiveRuns(pool: pg.Pool, options: ArchiveOptions): Promise<Archived> {
  await untilSettled(pool, options.before);
  const archived = await exclusively(pool, ARCHIVE_LOCK, () => writeFiles(pool, options));
  if (archived) return archived;
  throw new StartupError('Another process archives the runs of this database: wait until it has ended.');
}

async function writeFiles(
  pool: pg.Pool,
  { before, to, runsPerFile = 50_000 }: ArchiveOptions,
): Promise<Archived> {
  const archive = await Archive.open(to, (await rowsOf(pool, DATABASE))[0]!.id);
  const archived: Archived = { files: 0, runs: 0, events: 0 };
  let end: RunEnd = archive.last
    ? { completedAt: new Date(archive.last.completedAt), runId: archive.last.runId }
    : { completedAt: new Date(0), runId: NO_ID };
  let page = await readEndedRuns(pool, end, before);
  while (page.length > 0) {
    const start = end;
    const written = { runs: 0, events: 0 };
    const texts = async function* () {
      while (page.length > 0 && written.runs < runsPerFile) {
        yield page.map(archivedRun).join('');
        written.runs += page.length;
        written.events += page.reduce((sum, { events }) => sum + events.length, 0);
        end = endOf(page.at(-1)!);
        page = await readEndedRuns(pool, end, before);
      }
    };
    await archive.add(texts(), async () => {
      checkCounts(written, await countEndedRuns(pool, start, end));
      return { ...written, completedAt: end.completedAt.toISOString(), runId: end.runId };
    });
    archived.files += 1;
    archived.runs += written.runs;
    archived.events += written.events;
  }
  return archived;
}

const endOf = ({ completedAt, id }: EndedRun): RunEnd => ({ completedAt, runId: id });

type Counts = { runs: number; events: number };

/** The database has fewer runs in the part of a file if some were retried or deleted since they were read. */
function checkCounts(written: Counts, stored: Counts): void {
  if (stored.runs < written.runs) return;
  if (stored.runs === written.runs && stored.events === written.events) return;
  throw new StartupError(
    `The database has ${stored.runs} runs with ${stored.events} events where ${written.runs} with ${written.events} were written: run the command again, which writes this file anew.`,
  );
}

/** Waits until no transaction can end a run before that time any more. @throws StartupError for a time in the future */
async function untilSettled(pool: pg.Pool, before: Date): Promise<void> {
  const agoMs = (await rowsOf(pool, AGE, [before]))[0]!.ms;
  if (agoMs < 0)
    throw new StartupError(
      `${before.toISOString()} is in the future: archive runs that ended before a past time.`,
    );
  await pause(Math.max(0, SETTLED_MS - agoMs));
}

/** Longer than a transaction that ends runs may take. The time of its start is that of their end. */
const SETTLED_MS = 30_000;
/** An arbitrary number that all processes share. */
const ARCHIVE_LOCK = 7_205_115;

const AGE = statement({
  text: 'select extract(epoch from now() - $1::timestamptz)::float8 * 1000 as ms',
  columns: { ms: 'float8' },
});

/** The id of a database's first migration is random, and stays through a restore to another server. */
const DATABASE = statement({
  text: 'select id::text from _prisma_migrations order by started_at, id limit 1',
  columns: { id: 'text' },
});
