import type pg from 'pg';
import { createBatch } from '../../postgres/batch.ts';
import { selectList } from '../../postgres/select-list.ts';
import { json, pick, rowsOf, statement } from '../../postgres/statement.ts';
import { unnestValues } from '../../postgres/unnest.ts';
import type { WakeUp } from '../../queue/tasks.ts';
import type { AttachmentSnapshot, ProductSnapshot } from '../../script-request/build.ts';
import { ATTACHMENT_SNAPSHOT, PRODUCT_SNAPSHOT } from '../../script-request/snapshot-sql.ts';
import { RUN_TYPES, type Run } from '../model/run-row.ts';
import { type SharedPayload, wholeRequest, withShared } from '../model/shared-payload.ts';
import { transitionSql } from '../transition.ts';
import { createSharedPayloads } from './shared-payloads.ts';

/** The columns of a run that an attempt needs. */
const COLUMNS = {
  id: 'r.id',
  componentVersionId: 'r.component_version_id',
  groupId: 'r.group_id',
  orderId: 'r.order_id',
  channel: 'r.channel',
  trigger: 'r.trigger',
  attempt: 'r.attempt',
  lostAttempts: 'r.lost_attempts',
  maxAttempts: 'r.max_attempts',
  inputPayload: 'r.input_payload',
  context: 'r.context',
  metadata: 'r.metadata',
  bindingSnapshot: 'r.binding_snapshot',
} as const satisfies { [name in keyof Run]?: string };

/**
 * A claimed run with the rows that its bindings read now. Its version and shared payload are immutable and read
 * through caches.
 */
export type ClaimedRun = Pick<Run, keyof typeof COLUMNS> & {
  fence: number;
  callKey: number;
  /** The request that an earlier call sent under this call key, byte for byte; null before the first call. */
  frozenRequest: string | null;
  product: ProductSnapshot | null;
  attachment: AttachmentSnapshot | null;
  shared: SharedPayload | null;
};

/**
 * Claims the run that a job wakes: QUEUED → RUNNING. Returns null when another worker has the run, when it belongs
 * to another queue than the worker, or when its state has changed since the job was added.
 */
export type Claim = (wakeUp: WakeUp, workerId: string) => Promise<ClaimedRun | null>;

const INPUT = { run_id: 'uuid', fence: 'int', worker_id: 'uuid', queue: 'text' } as const;

/** Uses the primary keys of runs, workers, groups, products and attachments. */
const CLAIM = statement({
  name: 'claim',
  text: transitionSql({
    input: INPUT,
    events: { STARTED: {} },
    guard: `r.fence = i.fence and r.queue in (i.queue, '')
    and exists (select 1 from journey_workers w where w.id = i.worker_id and w.dead_at is null and w.lease_until > now())`,
    set: {
      fence: 'r.fence + 1',
      attempt: 'r.attempt + 1',
      worker_id: 'i.worker_id',
      queue: 'i.queue',
      started_at: 'coalesce(r.started_at, now())',
    },
    event: { actor: `'worker'` },
    answer: `
    select r.n::int, ${selectList(COLUMNS)}, r.fence, r.call_key as "callKey",
      case when r.request_call_key = r.call_key then r.request end as "frozenRequest",
      case when p.id is not null then ${PRODUCT_SNAPSHOT} end as product,
      case when a.id is not null then ${ATTACHMENT_SNAPSHOT} end as attachment
    from changed r
      left join products p on p.id = r.product_id
      left join product_journey_components a on a.id = r.attachment_id`,
  }),
  columns: {
    n: 'int4',
    ...pick(RUN_TYPES, Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]),
    fence: 'int4',
    callKey: 'int4',
    frozenRequest: 'text?',
    product: json<ProductSnapshot | null>(),
    attachment: json<AttachmentSnapshot | null>(),
  },
});

type Claimed = Omit<ClaimedRun, 'shared'>;

export function createClaim(pool: pg.Pool, queue: string): Claim {
  const groups = createSharedPayloads(pool);
  const batch = createBatch<WakeUp & { workerId: string }, Claimed | null>({
    bytesOf: () => 100,
    run: async (items) => {
      const rows = items.map((item) => ({
        run_id: item.runId,
        fence: item.fence,
        worker_id: item.workerId,
        queue,
      }));
      const claimed = await rowsOf(pool, CLAIM, unnestValues(INPUT, rows));
      const byPosition = new Map(claimed.map(({ n, ...run }) => [n, run]));
      return items.map((_, index) => byPosition.get(index + 1) ?? null);
    },
  });
  return async (wakeUp, workerId) => {
    const run = await batch.submit({ ...wakeUp, workerId });
    if (!run) return null;
    const shared = run.groupId === null ? null : await groups.get(run.groupId);
    return shared ? composed(run, shared) : { ...run, shared };
  };
}

const composed = (run: Claimed, shared: SharedPayload): ClaimedRun => ({
  ...run,
  inputPayload: withShared(shared.input, run.inputPayload),
  context: withShared(shared.context, run.context),
  frozenRequest: run.frozenRequest && wholeRequest(run.frozenRequest, shared),
  shared,
});
