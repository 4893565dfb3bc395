import type { Json, JsonObject } from '../../json/json.ts';
import { inOrderOfKeys } from '../../json/jsonb-order.ts';

/** The part of the payloads that the runs of a group share. */
export type SharedPayload = { input: JsonObject; context: JsonObject };

/**
 * The keys that a group stores for its runs; its runs do not store them. Filters depend on this: they look for each
 * key in one place (json-conditions.ts).
 */
export const SHARED_KEYS = { input: ['order', 'orderItems', 'cart'], context: ['checkout'] } as const;

/** The parts of a SharedPayload that a group may store. */
export type SharedInput = { [key in (typeof SHARED_KEYS)['input'][number]]?: Json };
export type SharedContext = { [key in (typeof SHARED_KEYS)['context'][number]]?: Json };

/** The whole payload of a run: its own part laid over what its group shares, as SHARED_JOIN (run.ts) does it. */
export const withShared = (shared: JsonObject, own: JsonObject): JsonObject =>
  inOrderOfKeys({ ...shared, ...own });
