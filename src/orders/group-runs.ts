import type pg from 'pg';
import { InvalidInputError } from '../errors.ts';
import type { JsonObject } from '../json/json.ts';
import { AGAIN } from '../postgres/batch.ts';
import { newId } from '../postgres/new-id.ts';
import { RetryTransaction } from '../postgres/retried-transaction.ts';
import {
  type EnqueueItem,
  type EnqueueRequest,
  enqueueAll,
  enqueueItem,
} from '../runs/enqueue/enqueue-batch.ts';
import { inEnqueueSpan } from '../runs/enqueue/enqueue-span.ts';
import type { RunPriority } from '../runs/model/run-row.ts';
import { orderItem } from './order-input.ts';
import type { LineStep } from './plan-steps.ts';
import type { RunGroup } from './run-group.ts';
import { storeSkipped } from './skipped.ts';

/** The values that all runs of a group have in common; without an id the group is not stored yet. */
export type GroupRuns = Pick<RunGroup, 'shop' | 'orderId' | 'caller' | 'requestHash'> & {
  id: string | null;
  channel: string | null;
  priority: RunPriority;
  metadata: JsonObject;
};

/** Limits on the runs of a group and on what they may store besides their shared payload. */
export const RUNS_AT_MOST = 10_000;
const OWN_BYTES_AT_MOST = 64 * 1024 * 1024;
/** Limits of one statement. */
const STATEMENT_RUNS = 1_000;
const STATEMENT_BYTES = 4 * 1024 * 1024;

/**
 * Enqueues the eligible steps within the transaction that stored the group, and records the skipped ones. The runs'
 * ids ascend in the order of the steps.
 * @throws InvalidInputError if the runs exceed the limits: `path` leads to the lines. RetryTransaction if the catalogue has
 * changed since the steps were planned.
 */
export async function fillGroup(
  client: pg.PoolClient,
  queue: string,
  group: GroupRuns,
  steps: readonly LineStep[],
  path: string[],
): Promise<void> {
  const requests = steps.flatMap((step) => runRequest(step, group) ?? []);
  await inEnqueueSpan({ queue, count: requests.length }, async () => {
    for (const items of statements(measured(requests, path))) {
      const results = await enqueueAll(client, queue, items);
      for (const result of results) {
        if (result instanceof Error) throw result;
        if (result === AGAIN || !result.ok) throw new RetryTransaction();
      }
    }
  });
  const skipped = steps.filter(({ decision }) => decision !== 'ELIGIBLE');
  if (skipped.length > 0) await storeSkipped(client, group, skipped);
}

/** The request of an eligible step's run, without the payload that the group shares; null for a skipped step. */
export function runRequest(
  { line, decision, candidate, trigger }: LineStep,
  group: GroupRuns,
): EnqueueRequest | null {
  if (decision !== 'ELIGIBLE') return null;
  const { componentId, componentVersionId, productId, attachmentId } = candidate;
  const { id: groupId, shop, orderId, channel, priority, metadata, caller, requestHash } = group;
  return {
    shop,
    componentId,
    componentVersionId,
    productId,
    attachmentId,
    orderId,
    orderLinePosition: line.position,
    groupId,
    channel,
    trigger,
    priority,
    inputPayload: { orderItem: orderItem(line) },
    metadata,
    caller,
    requestHash,
  };
}

type Measured = { id: string; request: EnqueueRequest; bytes: number };

function measured(requests: readonly EnqueueRequest[], path: string[]): Measured[] {
  // Sorted, because ids made within one millisecond are in no order.
  const ids = requests.map(() => newId()).sort();
  const items = requests.map((request, index) => ({
    id: ids[index]!,
    request,
    bytes: Buffer.byteLength(JSON.stringify([request.inputPayload, request.metadata])),
  }));
  const bytes = items.reduce((sum, item) => sum + item.bytes, 0);
  if (items.length <= RUNS_AT_MOST && bytes <= OWN_BYTES_AT_MOST) return items;
  const message = `The lines would become ${items.length} runs with ${bytes} bytes of their own; at most ${RUNS_AT_MOST} runs and ${OWN_BYTES_AT_MOST} bytes are allowed in one request. Send fewer or smaller lines, or less metadata.`;
  throw new InvalidInputError([{ code: 'TOO_LARGE', message, path }]);
}

/** Serializes each statement's rows only when they are needed, so that not all rows are in memory at once. */
function* statements(measured: readonly Measured[]): Generator<EnqueueItem[]> {
  let items: EnqueueItem[] = [];
  let total = 0;
  for (const { id, request, bytes } of measured) {
    if (items.length === STATEMENT_RUNS || (items.length > 0 && total + bytes > STATEMENT_BYTES)) {
      yield items;
      items = [];
      total = 0;
    }
    items.push(enqueueItem(request, id));
    total += bytes;
  }
  if (items.length > 0) yield items;
}
