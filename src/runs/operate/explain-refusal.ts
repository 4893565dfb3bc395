import { shownId, type UserError } from '../../errors.ts';
import { IS_CLOSED } from '../../postgres/closed-shop.ts';
import { type RowColumns, type RowOf, rowsOf, statement } from '../../postgres/statement.ts';
import type { Queryable } from '../../postgres/transaction.ts';
import { STATE_JOIN } from '../model/run-row.ts';

/** The result for each run, by its id: null when the run is in the requested state, otherwise the error. */
export type TransitionResults = Map<string, UserError | null>;

const STATE_COLUMNS = {
  id: 'uuid',
  status: 'journey_run_status',
  cancelRequested: 'bool',
  /** Whether the run's order was forgotten. */
  isForgotten: 'bool',
  /** Whether the run's shop is being moved to or from this cell, or has moved. */
  isClosed: 'bool',
} as const satisfies RowColumns;

type RunState = RowOf<typeof STATE_COLUMNS>;

/**
 * Explains why a run was not changed: null, it is already as requested; an error; or undefined, its status changed
 * meanwhile, so retry.
 */
export type ExplainRefusal = (state: RunState) => UserError | null | undefined;

/**
 * Applies a transition to every run, and explains the result for those that it did not change from their state
 * afterwards. `change` returns the ids that it changed. Ids are in lower case.
 */
export async function changeRuns(
  client: Queryable,
  ids: readonly string[],
  change: (ids: readonly string[]) => Promise<string[]>,
  explainRefusal: ExplainRefusal,
): Promise<TransitionResults> {
  const results: TransitionResults = new Map();
  let open = ids;
  while (open.length > 0) {
    for (const id of await change(open)) results.set(id, null);
    open = open.filter((id) => !results.has(id));
    const states = open.length > 0 ? await readStates(client, open) : new Map<string, RunState>();
    for (const id of open) {
      const state = states.get(id);
      const result = state?.isClosed ? SHOP_CLOSED : state ? explainRefusal(state) : unknownRun(id);
      if (result !== undefined) results.set(id, result);
    }
    open = open.filter((id) => !results.has(id));
  }
  return results;
}

export const unknownRun = (id: string): UserError => ({
  code: 'NOT_FOUND',
  message: `There is no run ${shownId(id)}. Correct the id.`,
  path: ['id'],
});

const SHOP_CLOSED: UserError = {
  code: 'CONFLICT',
  message:
    'The shop of the run is being moved to another cell. Try again in the cell of the shop in some seconds.',
  path: ['id'],
};

async function readStates(client: Queryable, ids: readonly string[]): Promise<Map<string, RunState>> {
  const rows = await rowsOf(client, STATES, [ids]);
  return new Map(rows.map((row) => [row.id, row]));
}

const STATES = statement({
  name: 'run-states',
  text: `
  select r.id, s.status, s.cancel_requested_at is not null as "cancelRequested",
    r.forgotten_at is not null or o.forgotten_at is not null as "isForgotten",
    exists (select from journey_shop_moves m where m.shop = r.shop and m.${IS_CLOSED}) as "isClosed"
  from journey_runs r ${STATE_JOIN} left join orders o on o.id = r.order_id where r.id = any($1::uuid[])`,
  columns: STATE_COLUMNS,
});
