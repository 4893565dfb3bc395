import type pg from 'pg';
import { pause } from '../../async/pause.ts';
import { retryOnOutage } from '../../async/retry-on-outage.ts';
import { ServiceError } from '../../errors.ts';
import { rowsOf, statement } from '../../postgres/statement.ts';
import { isUuid } from '../../postgres/uuid.ts';

/**
 * Yields the id of a product at once, and again after it was saved, at most once a second, until the signal is
 * aborted.
 * @throws ServiceError NOT_FOUND on an unknown id
 */
export async function* watchProduct(
  pool: pg.Pool,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<string, void, void> {
  let seen = isUuid(id) ? await retryOnOutage(() => revisionOf(pool, id), signal) : undefined;
  if (signal.aborted) return;
  if (seen == null) throw new ServiceError('NOT_FOUND', `There is no product ${id}.`);
  yield id;
  while (!signal.aborted) {
    await pause(EVERY_MS, signal);
    const revision = await retryOnOutage(() => revisionOf(pool, id), signal);
    if (revision == null || revision === seen) continue;
    seen = revision;
    yield id;
  }
}

async function revisionOf(pool: pg.Pool, id: string): Promise<number | undefined> {
  return (await rowsOf(pool, REVISION, [id]))[0]?.revision;
}

const REVISION = statement({
  name: 'product-revision',
  text: 'select revision from products where id = $1',
  columns: { revision: 'int4' },
});

const EVERY_MS = 1_000;
