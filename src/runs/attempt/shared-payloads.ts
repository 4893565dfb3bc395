import type pg from 'pg';
import { createRowCache, type RowCache } from '../../postgres/row-cache.ts';
import { json, rowsOf, statement } from '../../postgres/statement.ts';
import type { SharedPayload } from '../model/shared-payload.ts';

export type SharedPayloads = RowCache<SharedPayload>;

const MAX_GROUPS = 8;

/**
 * A cache of the groups' shared payloads, by group. It holds the latest ones, for a group's runs follow one
 * another.
 */
export const createSharedPayloads = (pool: pg.Pool): SharedPayloads =>
  createRowCache(MAX_GROUPS, async (groupId) => {
    return (await rowsOf(pool, SHARED, [groupId]))[0] ?? { input: {}, context: {} };
  });

const SHARED = statement({
  name: 'shared-payload',
  text: 'select shared_input as input, shared_context as context from journey_run_groups where id = $1',
  columns: { input: json<SharedPayload['input']>(), context: json<SharedPayload['context']>() },
});
