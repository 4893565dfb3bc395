import { randomBytes, randomUUID } from 'node:crypto';
import type pg from 'pg';
import { EVENT_XID } from '../../src/feed/log/event-xid.ts';
import type { Json, JsonObject } from '../../src/json/json.ts';
import type { RunFilter } from '../../src/runs/model/run-filter.ts';
import type { RunPriority, Trigger } from '../../src/runs/model/run-row.ts';
import { EVERY_RUN, narrowed } from '../../src/runs/model/run-scope.ts';
import type { RunStatus } from '../../src/runs/model/status.ts';
import type { Binding } from '../../src/script-request/bindings/binding-model.ts';

/** A component with one version, stored straight, for tests that are not about registering. */
export async function insertComponent(
  pool: pg.Pool,
  key = `component-${randomUUID()}`,
): Promise<{ id: string; key: string; versionId: string }> {
  const [id, versionId] = [randomUUID(), randomUUID()];
  await pool.query(
    `with v as (
       insert into journey_component_versions (id, component_id, version, triggers, script_slug, script_runtime)
       values ($2, $1, 1, '{CHECKOUT}', 'slug', 'node') returning id
     )
     insert into journey_components (id, key, name, current_version_id, updated_at) select $1, $3, $3, v.id, now() from v`,
    [id, versionId, key],
  );
  return { id, key, versionId };
}

/** A run as a test wants it stored, past the life that would have brought it there. */
export type StoredRun = {
  id: string;
  status: RunStatus;
  componentId: string;
  componentVersionId: string;
  productId: string | null;
  attachmentId: string | null;
  orderId: string | null;
  groupId: string | null;
  replayOfId: string | null;
  shop: string | null;
  channel: string | null;
  trigger: Trigger | null;
  priority: RunPriority;
  inputPayload: JsonObject;
  metadata: JsonObject;
  context: JsonObject;
  bindingSnapshot: Binding[];
  resolvedBindings: JsonObject | null;
  resultPayload: Json;
  error: JsonObject | null;
  telemetry: JsonObject | null;
  request: string | null;
  queuedAt: Date;
  runAt: Date;
  completedAt: Date | null;
  idempotencyKey: string | null;
};

export function storedRun(given: Partial<StoredRun> & Pick<StoredRun, 'componentId'>): StoredRun {
  const queuedAt = given.queuedAt ?? new Date();
  return {
    id: runIdAt(queuedAt.getTime()),
    status: 'QUEUED',
    componentVersionId: randomUUID(),
    productId: null,
    attachmentId: null,
    orderId: null,
    groupId: null,
    replayOfId: null,
    shop: null,
    channel: null,
    trigger: null,
    priority: 'NORMAL',
    inputPayload: {},
    metadata: {},
    context: {},
    bindingSnapshot: [],
    resolvedBindings: null,
    resultPayload: null,
    error: null,
    telemetry: null,
    request: null,
    queuedAt,
    runAt: queuedAt,
    completedAt: null,
    idempotencyKey: null,
    ...given,
  };
}

/** An id as enqueueing makes it at that moment; random among those of one millisecond. */
export function runIdAt(ms: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(ms, 0, 6);
  const hex = bytes.toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `7${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-');
}

export async function insertRuns(pool: pg.Pool, runs: readonly StoredRun[]): Promise<void> {
  await pool.query(
    `insert into journey_component_runs (
       id, status, component_id, component_version_id, product_id, attachment_id, order_id, group_id, replay_of_id,
       shop, channel, trigger, priority, input_payload, metadata, context, binding_snapshot, resolved_bindings, result_payload, error,
       telemetry, request, queued_at, run_at, completed_at, idempotency_key, max_attempts, event_xid)
     select r.id, r.status, r."componentId", r."componentVersionId", r."productId", r."attachmentId", r."orderId",
       r."groupId", r."replayOfId", coalesce(r.shop, ''), r.channel, r.trigger, r.priority, r."inputPayload", r.metadata, r.context, r."bindingSnapshot",
       coalesce(r."resolvedBindings", 'null'), coalesce(r."resultPayload", 'null'), coalesce(r.error, 'null'),
       coalesce(r.telemetry, 'null'), r.request, r."queuedAt", r."runAt", r."completedAt", r."idempotencyKey", 1,
       ${EVENT_XID}
     from jsonb_to_recordset($1) as r(id uuid, status journey_run_status, "componentId" uuid, "componentVersionId" uuid,
       "productId" uuid, "attachmentId" uuid, "orderId" uuid, "groupId" uuid, "replayOfId" uuid, shop text, channel text,
       trigger journey_trigger, priority journey_run_priority, "inputPayload" jsonb, metadata jsonb, context jsonb, "bindingSnapshot" jsonb,
       "resolvedBindings" jsonb, "resultPayload" jsonb, error jsonb, telemetry jsonb, request text,
       "queuedAt" timestamptz, "runAt" timestamptz, "completedAt" timestamptz, "idempotencyKey" text)`,
    [JSON.stringify(runs)],
  );
}

/** A filter as it is for a client that may see every run. */
export const everyRun = (filter: RunFilter = {}) => narrowed(EVERY_RUN, filter);
