import type pg from 'pg';
import type { SharedPayload } from '../model/shared-payload.ts';

export type SharedPayloads = { get: (groupId: string) => Promise<SharedPayload> };

const MAX_GROUPS = 8;

/** A group's part never changes, so that the latest ones are kept: its runs come one after the other. */
export function createSharedPayloads(pool: pg.Pool): SharedPayloads {
  const groups = new Map<string, Promise<SharedPayload>>();

  async function load(groupId: string): Promise<SharedPayload> {
    const { rows } = await pool.query<SharedPayload>({
      name: 'shared-payload',
      text: SHARED,
      values: [groupId],
    });
    return rows[0] ?? { input: {}, context: {} };
  }

  return {
    get(groupId) {
      const loading = groups.get(groupId) ?? load(groupId);
      groups.delete(groupId);
      groups.set(groupId, loading);
      loading.catch(() => groups.delete(groupId));
      if (groups.size > MAX_GROUPS) groups.delete(groups.keys().next().value!);
      return loading;
    },
  };
}

const SHARED =
  'select shared_input as input, shared_context as context from journey_run_groups where id = $1';
