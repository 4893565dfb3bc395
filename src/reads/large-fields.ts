import type pg from 'pg';
import { ServiceError } from '../errors.ts';
import { json, rowsOf, type Statement, statement } from '../postgres/statement.ts';
import { type ListedRun, RUN_TYPES, type Run, STATE_JOIN } from '../runs/model/run-row.ts';
import { type RequestSources, wholeRequest } from '../runs/model/stored-request.ts';

/** A run's large fields. Lists omit them; each is loaded separately when a query selects it. */
export type LargeField = Exclude<keyof Run, keyof ListedRun>;

/**
 * Loads one large field of each of these runs, by run id, merged with the values that the run shares with its group.
 * @throws ServiceError BAD_REQUEST when the values are too large for one response.
 */
export async function loadLargeField<F extends LargeField>(
  pool: pg.Pool,
  field: F,
  ids: readonly string[],
): Promise<Map<string, Run[F]>> {
  const rows = await rowsOf(pool, STATEMENTS[field] as Statement<LargeFieldRow<Run[F]>>, [
    ids,
    BYTES_AT_MOST,
  ]);
  if (rows.some(({ fits }) => !fits))
    throw new ServiceError(
      'BAD_REQUEST',
      `The ${field} of these runs is too large to be read at once. Request fewer runs.`,
    );
  return new Map(rows.map(({ id, value, sources = null }) => [id, sources ? whole(value, sources) : value]));
}

type LargeFieldRow<Value> = { id: string; fits: boolean; value: Value; sources?: RequestSources | null };

const whole = <Value>(stored: Value, sources: RequestSources): Value =>
  (typeof stored === 'string' ? wholeRequest(stored, sources) : stored) as Value;

const BYTES_AT_MOST = 64 * 1024 * 1024;

/** The size of a group's part is computed once, however many of its runs are read. The query uses primary keys. */
const ofGroup = (own: string, shared: string) => `
  with requested as materialized (
    select id, group_id, ${own} as own from journey_runs where id = any($1::uuid[])
  ), groups as materialized (
    select id, ${shared} as shared, octet_length(${shared}::text) as bytes
    from journey_run_groups where id in (select group_id from requested)
  ), summed as (
    select r.id, r.own, g.shared,
      sum(octet_length(r.own::text) + coalesce(g.bytes, 0)) over (order by r.id) <= $2 as fits
    from requested r left join groups g on g.id = r.group_id
  )
  select id, fits, case when fits then coalesce(shared || own, own) end as value from summed`;

const ofState = (column: string) => `
  with summed as (
    select s.run_id as id, s.${column} as value, sum(octet_length(s.${column}::text)) over (order by s.run_id) as bytes
    from journey_run_states s where s.run_id = any($1::uuid[])
  )
  select id, coalesce(bytes <= $2, true) as fits, case when bytes <= $2 then value end as value from summed`;

/** A request contains the payloads of its run and its group: the input usually twice, in `inputs` and in `input`. */
const REQUEST = `
  with requested as materialized (
    select r.id, r.group_id, s.request,
      jsonb_build_object('inputPayload', r.input_payload, 'context', r.context,
        'metadata', r.metadata, 'bindingSnapshot', r.binding_snapshot) as own,
      2 * octet_length(r.input_payload::text) + octet_length(r.context::text) + octet_length(r.metadata::text)
        + octet_length(r.binding_snapshot::text) as bytes
    from journey_runs r ${STATE_JOIN} where r.id = any($1::uuid[])
  ), groups as materialized (
    select id, shared_input as input, shared_context as context,
      2 * octet_length(shared_input::text) + octet_length(shared_context::text) as bytes
    from journey_run_groups where id in (select group_id from requested)
  ), summed as (
    select r.*,
      coalesce(sum(octet_length(r.request) + r.bytes + coalesce(g.bytes, 0)) over (order by r.id) <= $2, true) as fits
    from requested r left join groups g on g.id = r.group_id
  )
  select s.id, s.fits, case when s.fits then s.request end as value, case when s.fits then jsonb_build_object(
    'own', s.own, 'shared', (select to_jsonb(g) from groups g where g.id = s.group_id)) end as sources
  from summed s`;

const declared = <Field extends LargeField>(field: Field, text: string) =>
  statement({ name: `run-${field}`, text, columns: { id: 'uuid', fits: 'bool', value: RUN_TYPES[field] } });

const STATEMENTS = {
  inputPayload: declared('inputPayload', ofGroup('input_payload', 'shared_input')),
  context: declared('context', ofGroup('context', 'shared_context')),
  resolvedBindings: declared('resolvedBindings', ofState('resolved_bindings')),
  resultPayload: declared('resultPayload', ofState('result_payload')),
  request: statement({
    name: 'run-request',
    text: REQUEST,
    columns: { id: 'uuid', fits: 'bool', value: RUN_TYPES.request, sources: json<RequestSources | null>() },
  }),
};
