import type pg from 'pg';
import { gauge, type Sample } from './instruments.ts';

/** Registers the gauges of the process's connection pools, by the pool's name. */
export function addPoolGauges(pools: Readonly<Record<string, pg.Pool>>): void {
  const samples = (of: (pool: pg.Pool) => Sample[]) => () =>
    Object.entries(pools).flatMap(([name, pool]) =>
      of(pool).map(({ value, attributes }) => ({ value, attributes: { pool: name, ...attributes } })),
    );
  gauge(
    'db_client_connection_count',
    'Connections to PostgreSQL.',
    samples(({ totalCount, idleCount }) => [
      { value: idleCount, attributes: { state: 'idle' } },
      { value: totalCount - idleCount, attributes: { state: 'used' } },
    ]),
  );
  gauge(
    'db_client_connection_pending_requests',
    'Statements that wait for a connection.',
    samples(({ waitingCount }) => [{ value: waitingCount }]),
  );
}
