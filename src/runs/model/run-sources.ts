import { jsonAlternatives } from './json-conditions.ts';
import { type RunFilter, runFilterSql } from './run-filter.ts';

/**
 * The from-items from which a statement reads a filter's runs. `ctes` goes before the statement's select: empty, or
 * `with …`.
 */
export type RunSources = {
  ctes: string;
  /**
   * From-items with their conditions; `r` is a run in each of them. Every run that meets the filter and the further
   * condition on `r` comes from exactly one of them. `ofEachGroup` (an order and a limit) may limit the runs read
   * of a group.
   */
  where(condition?: string, ofEachGroup?: string): RunSource[];
};
export type RunSource = { from: string; where: string };

/**
 * The sources of a filter's runs, for a statement that reads up to `limit` of them; `bind` returns the parameter of
 * a value. Shared payloads are first looked up in the groups' index. Where few groups meet the conditions, their
 * runs are read group by group: PostgreSQL has no statistics of wide values and would scan all runs instead. Where
 * many groups meet the conditions, a scan of the list soon finds enough of their runs.
 */
export function runSources(filter: RunFilter, bind: (value: unknown) => string, limit = 0): RunSources {
  const base = runFilterSql(filter, bind);
  const few = Math.max(FEW, limit);
  const isNarrow = NARROW.some((field) => filter[field]);
  const alternatives = jsonAlternatives(filter, bind).map(({ own, shared }, index) => {
    const found = shared.length > 0 && !isNarrow ? `found_${index}` : null;
    return { own: all(base, ...own), shared: shared.length > 0 ? all(...shared) : null, found };
  });
  const ctes = alternatives.flatMap(({ found, shared }) =>
    found === null ? [] : [`${found} as materialized (${GROUPS} where ${shared} limit ${few + 1})`],
  );
  return {
    ctes: ctes.length > 0 ? `with ${ctes.join(', ')}` : '',
    where: (condition = 'true', ofEachGroup = 'offset 0') =>
      alternatives.flatMap(({ own, shared, found }) => {
        if (shared === null) return [{ from: RUNS, where: all(own, condition) }];
        const walk = { from: `${RUNS} ${groupMeets(shared)}`, where: all(own, condition, 'g.meets') };
        if (found === null) return [walk];
        const count = `(select count(*) from ${found})`;
        const ofGroup = `select r.* from ${RUNS} where ${all('r.group_id = f.id', own, condition)} ${ofEachGroup}`;
        return [
          { from: `${found} f cross join lateral (${ofGroup}) r`, where: `${count} <= ${few}` },
          { ...walk, where: all(walk.where, `${count} > ${few}`) },
        ];
      }),
  };
}

/** A select over the runs of the sources. */
export const selectOf = (sources: readonly RunSource[], columns: string): string =>
  sources.map(({ from, where }) => `select ${columns} from ${from} where ${where}`).join(' union all ');

const all = (...conditions: string[]): string =>
  conditions.filter((one) => one !== 'true').join(' and ') || 'true';

/** Looks up each run's group, in a form whose order the planner cannot reverse. */
const groupMeets = (shared: string): string =>
  `cross join lateral (select ${shared} as meets from journey_run_groups g where g.id = r.group_id offset 0) g`;

const RUNS = 'journey_component_runs r';
const GROUPS = 'select g.id from journey_run_groups g';
/** The number of groups up to which runs are read group by group. */
const FEW = 1_000;
/** Lists that match so few runs that the group of each one can be checked. */
const NARROW = ['runId', 'idempotencyKey', 'groupId', 'replayOfId', 'orderId'] as const;
