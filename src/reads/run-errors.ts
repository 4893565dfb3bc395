import type pg from 'pg';
import { prepared } from '../postgres/prepared.ts';
import { json, type RowColumns, type RowOf, rowsOf, type Statement } from '../postgres/statement.ts';
import type { RunError, RunErrorCode } from '../runs/model/run-error.ts';
import type { RunFilter } from '../runs/model/run-filter.ts';
import type { NarrowedFilter } from '../runs/model/run-scope.ts';
import type { Binding } from '../script-request/bindings/binding-model.ts';
import { answerMaskOf, maskError } from '../script-request/masking/mask-run.ts';
import { listQuery } from './run-list.ts';

/** Failed runs of one component with the same error, apart from ids and numbers in its message. */
export type RunErrorGroup = Omit<RowOf<typeof GROUP_COLUMNS>, 'error' | 'bindings'> & {
  code: RunErrorCode;
  message: string;
};

const GROUP_COLUMNS = {
  componentId: 'uuid',
  count: 'int4',
  firstAt: 'timestamptz',
  lastAt: 'timestamptz',
  latestRunId: 'uuid',
  /** The error of the latest run. */
  error: json<RunError>(),
  /** The bindings of the latest run; null when they have no secret. */
  bindings: json<Binding[] | null>(),
} as const satisfies RowColumns;

type GroupRow = RowOf<typeof GROUP_COLUMNS>;

/** The newest failed runs that are grouped, at most. */
export const FAILED_AT_MOST = 10_000;

/** Groups the newest failed runs of the filter by their errors, the largest groups first. Secrets are masked. */
export async function readRunErrors(
  pool: pg.Pool,
  filter: NarrowedFilter,
  limit: number,
): Promise<RunErrorGroup[]> {
  const rows = await rowsOf(pool, errorsQuery(filter, limit));
  return rows.map(({ error, bindings, ...group }) => {
    const { code, message } = maskError(error, answerMaskOf(bindings ?? NO_BINDINGS))!;
    return { ...group, code, message: message.replace(VARYING, '…') };
  });
}

/** The statement of readRunErrors. The newest runs are those of a list, with only the columns that are grouped. */
export function errorsQuery(filter: RunFilter, limit: number, newest = FAILED_AT_MOST): Statement<GroupRow> {
  const status = filter.status?.filter((one) => one === 'FAILED') ?? ['FAILED' as const];
  const slice = { after: null, before: null, limit: newest, reverse: false };
  const failed = listQuery({ ...filter, status }, slice, ['id', 'componentId', 'error', 'completedAt']);
  const values = [...failed.values!, VARYING.source, limit];
  const [varying, atMost] = [`$${values.length - 1}::text`, `$${values.length}::int`];
  const text = `
    select g."componentId", g.count, g."firstAt", g."lastAt", g."latestRunId", g.error,
      case when r.binding_snapshot @> '[{"secret": true}]' then r.binding_snapshot end as bindings
    from (
      select f."componentId", count(*)::int as count, min(f."completedAt") as "firstAt",
        max(f."completedAt") as "lastAt", (array_agg(f.id order by f.id desc))[1] as "latestRunId",
        (array_agg(f.error order by f.id desc))[1] as error
      from (${failed.text}) f where f.error is not null
      group by f."componentId", f.error ->> 'code',
        regexp_replace(left(f.error ->> 'message', ${MESSAGE_COMPARED}), ${varying}, '…', 'g')
      order by count(*) desc, max(f."completedAt") desc limit ${atMost}
    ) g join journey_runs r on r.id = g."latestRunId"
    order by g.count desc, g."lastAt" desc`;
  return { ...(failed.name ? prepared(text, values) : { text, values }), columns: GROUP_COLUMNS };
}

/**
 * The parts of a message that differ from run to run: UUIDs, long hexadecimal texts, and numbers except statuses of
 * HTTP. PostgreSQL and JavaScript read the expression alike.
 */
const VARYING =
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{16,}|(?<!\w)(?![1-5]\d\d(?!\w))\d+(?!\w)/g;
const MESSAGE_COMPARED = 300;
const NO_BINDINGS: Binding[] = [];
