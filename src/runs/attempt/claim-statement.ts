import { selectList } from '../../postgres/select-list.ts';
import { json, pick, type RowOf, statement } from '../../postgres/statement.ts';
import type { AttachmentSnapshot, ProductSnapshot } from '../../script-request/build.ts';
import { ATTACHMENT_SNAPSHOT, PRODUCT_SNAPSHOT } from '../../script-request/snapshot-sql.ts';
import { RUN_TYPES, type Run, type RunPriority } from '../model/run-row.ts';
import { transitionSql } from '../transition.ts';

/** The columns of a run `q` and its state `r` that an attempt needs. */
const COLUMNS = {
  id: 'r.id',
  componentVersionId: 'q.component_version_id',
  groupId: 'q.group_id',
  orderId: 'q.order_id',
  channel: 'q.channel',
  trigger: 'q.trigger',
  attempt: 'r.attempt',
  lostAttempts: 'r.lost_attempts',
  maxAttempts: 'r.max_attempts',
  inputPayload: 'q.input_payload',
  context: 'q.context',
  metadata: 'q.metadata',
  bindingSnapshot: 'q.binding_snapshot',
} as const satisfies { [name in keyof Run]?: string };

const CLAIMED = {
  ...pick(RUN_TYPES, Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]),
  fence: 'int4',
  callKey: 'int4',
  /** The request that an earlier call sent under this call key, as it is stored; null before the first call. */
  frozenRequest: 'text?',
  /** The span that enqueued the run, as W3C Trace Context writes it; null if none was recorded. */
  traceparent: 'text?',
  product: json<ProductSnapshot | null>(),
  attachment: json<AttachmentSnapshot | null>(),
} as const;

/** A claimed run with the rows that its bindings read now. */
export type ClaimedRow = RowOf<typeof CLAIMED>;

const WORKER = `worker as materialized (
      select from journey_workers w where w.id = $1 and w.dead_at is null and w.lease_until > now()
    )`;

export const RANKS = ['HIGH', 'NORMAL', 'LOW'] as const satisfies RunPriority[];
export type Rank = (typeof RANKS)[number];

/**
 * How many workers a run must have lost until it is executed alone. A dead worker takes all of its runs with it once; a run
 * that lost a second one may be the cause.
 */
export const ALONE_FROM = 2;

/** The capacity that the ranks before this one leave. */
const left = (rank: Rank): string =>
  [
    '(select free from capacity)',
    ...RANKS.slice(0, RANKS.indexOf(rank)).map((one) => `(select count(*)::int from ${one})`),
  ].join(' - ');

/** The due runs of one rank, in their turn. Uses the index (queue, rank, rank_at, run_id). */
const ofRank = (rank: Rank) => `${rank} as materialized (
      select run_id, rank_at from journey_run_queue
      where queue = $2 and rank = '${rank}' and rank_at >= $${5 + RANKS.indexOf(rank)} and rank_at <= now()
        and lost_attempts < ${ALONE_FROM}
      order by rank_at, run_id limit ${left(rank)} for update skip locked
    )`;

/** Runs that may be what kills workers. Uses the partial index over those that lost a worker. */
const LOST = `lost as materialized (
      select run_id from journey_run_queue where queue = $2 and lost_attempts > 0 and lost_attempts >= ${ALONE_FROM} and rank_at <= now()
      order by rank, rank_at limit (select lost from capacity) for update skip locked
    )`;

const DUE = `${WORKER}, capacity as materialized (
      select count(*)::int * $3::int as free, count(*)::int * $4::int as lost from worker
    ), ${RANKS.map(ofRank).join(', ')}, ${LOST}, requested as materialized (
      select run_id, row_number() over () as n from (
        ${[...RANKS, 'lost'].map((name) => `select run_id from ${name}`).join(' union all ')}
      ) r
    )`;

/** The time from which runs of a rank are still due: that of the first one found, or now; null without capacity. */
const stillDueFrom = (rank: Rank) =>
  `coalesce((select min(rank_at) from ${rank}), case when ${left(rank)} > 0 then now() end) - interval '2 seconds'`;

const ONE = `${WORKER}, requested as materialized (
      select run_id, 1 as n from journey_run_queue
      where run_id = $3 and queue in ($2, '') and fence = $4 and exists (select from worker) for update
    )`;

const claimSql = (ctes: string, next: string) =>
  transitionSql({
    requested: { ctes },
    events: { STARTED: {} },
    set: {
      fence: 'r.fence + 1',
      attempt: 'r.attempt + 1',
      worker_id: '$1::uuid',
      queue: '$2::text',
      started_at: 'coalesce(r.started_at, now())',
    },
    event: { actor: `'worker'`, worker_id: '$1::uuid', call_key: 'r.call_key' },
    answer: `
    select next.*, claimed.* from (select ${next}) next left join lateral (
      select ${selectList(COLUMNS)}, r.fence, r.call_key as "callKey",
        case when r.request_call_key = r.call_key then r.request end as "frozenRequest",
        q.traceparent, case when p.id is not null then ${PRODUCT_SNAPSHOT} end as product,
        case when a.id is not null then ${ATTACHMENT_SNAPSHOT} end as attachment
      from after r join journey_runs q on q.id = r.id
        left join products p on p.id = q.product_id
        left join product_journey_components a on a.id = q.attachment_id
      order by r.n
    ) claimed on true`,
  });

/** Uses the index (queue, run_at). */
const NEXT_DUE = `(
      select (extract(epoch from run_at - clock_timestamp()) * 1000)::float8 from journey_run_queue
      where queue = $2 and run_at > now() order by run_at limit 1
    ) as "nextDueMs", ${RANKS.map((rank) => `${stillDueFrom(rank)} as "${rank}"`).join(', ')}`;

/**
 * Claims due runs. Each row has the time until the next one becomes due, and for each rank the time from which runs of
 * it may be due; without a run to claim, there is one row without a run. Also uses the primary keys of runs, workers,
 * products and attachments.
 */
export const CLAIM_DUE = statement({
  name: 'claim-due',
  text: claimSql(DUE, NEXT_DUE),
  columns: {
    nextDueMs: 'float8?',
    HIGH: 'timestamptz?',
    NORMAL: 'timestamptz?',
    LOW: 'timestamptz?',
    ...CLAIMED,
  },
});

/** Claims one run by its id and fence, due or not. */
export const CLAIM_ONE = statement({
  name: 'claim-one',
  text: claimSql(ONE, 'true as "isAnswered"'),
  columns: { isAnswered: 'bool', ...CLAIMED },
});
