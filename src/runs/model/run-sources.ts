import { filterConditions, type StateCondition } from './filter-conditions.ts';
import { jsonAlternatives } from './json-conditions.ts';
import { hasJsonConditions, type ListField, type RunFilter } from './run-filter.ts';
import { runSearch } from './run-search.ts';
import { EVERY_RUN, searchAlternatives } from './search-conditions.ts';
import { STATE_COLUMNS, type StateTable } from './state-tables.ts';

/** The selects that a statement reads a filter's runs with. `ctes` goes before its select: empty, or `with …`. */
export type RunSources = {
  ctes: string;
  /** The tables that the selects read of each run: the run as requested (`r`), its state (`s`), or both. */
  reads: 'request' | 'state' | 'both';
  /** Selects that together return each run of the filter once. */
  selects(options: SelectOptions): string[];
};

type SelectOptions = {
  /** The select list: columns of what the selects read. */
  columns: string;
  /** Selects only the runs whose state is in this table, and columns of the state alone. */
  state?: StateTable;
  /** Further conditions on the run's id, or on `s`. */
  conditions?: (id: string) => string[];
  /** An order and a limit, which apply to each select. */
  tail?: string;
};

/**
 * The sources of a filter's runs, for a statement that reads up to `limit` of them; `bind` returns the parameter of
 * a value. A select reads the state tables in which the filter's runs can be, the runs as requested, or a join of
 * both, as its conditions require. Shared payloads are first looked up in the groups' index. Where few groups meet
 * the conditions, their runs are read group by group: PostgreSQL has no statistics of wide values and would scan all
 * runs instead. Where many groups meet the conditions, a scan of the list soon finds enough of their runs.
 */
export function runSources(
  filter: RunFilter,
  bind: (value: unknown) => string,
  { limit = 0, merged = null }: { limit?: number; merged?: ListField | null } = {},
): RunSources {
  const { ofId, ofRequest, states, readsBoth } = filterConditions(filter, bind, merged);
  const few = Math.max(FEW, limit);
  const search = runSearch(filter.search);
  const isNarrow = search !== null || NARROW.some((field) => filter[field]);
  const hasRequestConditions =
    ofRequest.length > 0 || readsBoth || hasJsonConditions(filter) || search !== null;
  const readsRequest = states === null || hasRequestConditions;
  const ofJson = jsonAlternatives(filter, bind).map(({ own, shared }, index) => ({
    own,
    shared: shared.length > 0 ? all(shared) : null,
    found: shared.length > 0 && !isNarrow ? `found_${index}` : null,
  }));
  const ctes = ofJson.flatMap(({ found, shared }) =>
    found === null ? [] : [`${found} as materialized (${GROUPS} where ${shared} limit ${few + 1})`],
  );
  const ofSearch = search ? searchAlternatives(search, bind) : [EVERY_RUN];
  const alternatives = ofJson.flatMap((json) => ofSearch.map((searched) => ({ ...json, searched })));
  return {
    ctes: ctes.length > 0 ? `with ${ctes.join(', ')}` : '',
    reads: states === null ? 'request' : readsRequest ? 'both' : 'state',
    selects: ({ columns, state, conditions = () => [], tail = '' }) =>
      alternatives.flatMap((alternative) =>
        statesIn(states, state).flatMap((inState) => {
          const { own, shared, found, searched } = alternative;
          const { from, ids } = tables(state ? hasRequestConditions : readsRequest, inState?.table ?? null);
          const where = [
            ...ofRequest,
            ...own,
            ...searched.ofRequest,
            ...(inState?.conditions ?? []),
            ...ids.flatMap((id) => [...ofId(id), ...searched.ofId(id), ...conditions(id)]),
          ];
          const select = (item: string, further: string[], end = tail) =>
            `select ${columns} from ${item} where ${all([...where, ...further])} ${end}`;
          if (shared === null) return [select(from, [])];
          const walk = `${from} ${groupMeets(shared)}`;
          if (found === null) return [select(walk, ['g.meets'])];
          const count = `(select count(*) from ${found})`;
          const ofGroup = select(from, ['r.group_id = f.id'], tail || 'offset 0');
          return [
            `select o.* from ${found} f cross join lateral (${ofGroup}) o where ${count} <= ${few} ${tail}`,
            select(walk, ['g.meets', `${count} > ${few}`]),
          ];
        }),
      ),
  };
}

/** The states of a filter that are in this table; none of its rows where the filter's runs cannot be in it. */
function statesIn(states: StateCondition[] | null, table?: StateTable): (StateCondition | null)[] {
  if (table === undefined) return states ?? [null];
  if (states === null) return [{ table, conditions: [] }];
  const within = states.filter((state) => state.table === table);
  return within.length > 0 ? within : [{ table, conditions: ['false'] }];
}

/** The from-item, and all columns that contain the run's id. A bound on one of them is no bound on the other. */
function tables(readsRequest: boolean, state: StateTable | null): { from: string; ids: string[] } {
  if (state === null) return { from: 'journey_runs r', ids: ['r.id'] };
  const from = `(select ${OF_ALL_STATES}, ${OF_STATE[state]} from ${state}) s`;
  if (!readsRequest) return { from, ids: ['s.run_id'] };
  return { from: `${from} join journey_runs r on r.id = s.run_id`, ids: ['r.id', 's.run_id'] };
}

const OF_ALL_STATES = ['run_id', ...STATE_COLUMNS].join(', ');
/** The columns that not every state table has. */
const OF_STATE: Record<StateTable, string> = {
  journey_run_queue: `'QUEUED'::journey_run_status as status, null::timestamptz as completed_at, null::timestamptz as cancel_requested_at`,
  journey_running: `'RUNNING'::journey_run_status as status, null::timestamptz as completed_at, cancel_requested_at`,
  journey_run_outcomes: 'status, completed_at, cancel_requested_at',
};

const all = (conditions: string[]): string => [...new Set(conditions)].join(' and ') || 'true';

/** Looks up each run's group, in a form whose order the planner cannot reverse. */
const groupMeets = (shared: string): string =>
  `cross join lateral (select ${shared} as meets from journey_run_groups g where g.id = r.group_id offset 0) g`;

const GROUPS = 'select g.id from journey_run_groups g';
/** The number of groups up to which runs are read group by group. */
const FEW = 1_000;
/** Lists that match so few runs that the group of each one can be checked. */
const NARROW = ['runId', 'idempotencyKey', 'groupId', 'replayOfId', 'orderId', 'orderNumber'] as const;
