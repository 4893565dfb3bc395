import type pg from 'pg';
import { z } from 'zod';
import { rest } from '../async/own-turn.ts';
import { invalid, ok } from '../errors.ts';
import { inputErrors, jsonObject, text } from '../input-errors.ts';
import type { JsonObject } from '../json/json.ts';
import { largeRequestHash } from '../runs/enqueue/request-hash.ts';
import type { Trigger } from '../runs/model/run-row.ts';
import { shopOf } from '../shop.ts';
import { readCandidates } from './candidates.ts';
import { isForgotten, orderForgotten } from './forget-order.ts';
import { fillGroup } from './group-runs.ts';
import {
  orderHash,
  orderLines,
  orderPayload,
  orderShape,
  type RecordOrderInput,
  withinSize,
} from './order-input.ts';
import { planLines } from './plan-steps.ts';
import { numberTaken, storeOrder } from './record-order.ts';
import { type GroupResult, groupTransaction, knownGroup, storeGroup } from './run-group.ts';

export type EnqueueCheckoutRunsInput = z.infer<typeof shape> & { order: RecordOrderInput };

/** In order of precedence. */
const TRIGGERS: readonly Trigger[] = ['CHECKOUT', 'POST_CHECKOUT'];

/**
 * Records the order and enqueues the runs of its lines' products for a checkout, in one transaction: all or
 * nothing. Idempotent by order number within the shop, for all callers: a repeated request returns the stored result; a different
 * request with that number fails with IDEMPOTENCY_CONFLICT. `caller` is the actor of the runs' events.
 */
export async function enqueueCheckoutRuns(
  { pool, queue }: { pool: pg.Pool; queue: string },
  input: EnqueueCheckoutRunsInput,
  caller: string,
  requestId: string | null = null,
): Promise<GroupResult> {
  const userErrors = inputErrors(shape, input);
  if (userErrors.length > 0) return invalid(...userErrors);
  await rest();
  // The largest order takes tens of milliseconds, so it is hashed once, and apart from the work of the transaction.
  const order = await orderHash(input.order);
  const hashes = { order, request: await checkoutHash(input, order) };
  return groupTransaction(pool, (client) => checkOut(client, queue, input, hashes, caller, requestId));
}

async function checkOut(
  client: pg.PoolClient,
  queue: string,
  input: EnqueueCheckoutRunsInput,
  hashes: { order: Buffer; request: Buffer },
  caller: string,
  requestId: string | null,
): Promise<GroupResult> {
  const shop = shopOf(input.order.shop);
  const conflict = numberTaken(input.order.number, ['order', 'number']);
  const hash = hashes.request;
  const orderId = await storeOrder(client, input.order, hashes.order);
  if (orderId === null) return invalid(conflict);
  const known = () => knownGroup(client, { orderId }, hash, conflict);
  if (await isForgotten(client, orderId))
    return (await known()) ?? invalid(orderForgotten(['order', 'number']));
  const lines = orderLines(input.order.lines);
  const shared = orderPayload({ payload: input.order.payload, lines });
  const groupId = await storeGroup(client, {
    kind: 'CHECKOUT',
    shop,
    orderId,
    sharedInput: input.cart ? { ...shared, cart: input.cart } : shared,
    sharedContext: input.checkout ? { checkout: input.checkout } : {},
    caller,
    idempotencyKey: null,
    requestHash: hash,
    requestId,
  });
  if (groupId === null) return (await known())!;

  const channel = input.channel ?? null;
  const candidates = await readCandidates(client, { sku: lines.map(({ sku }) => sku), shop });
  const group = {
    id: groupId,
    shop,
    orderId,
    caller,
    requestHash: hash,
    channel,
    priority: 'HIGH',
    metadata: { initiator: 'checkout', ...input.metadata },
  } as const;
  const steps = planLines(lines, candidates, { channel, triggers: TRIGGERS });
  await fillGroup(client, queue, group, steps, ['order', 'lines']);
  return ok({ groupId, orderId, deduplicated: false });
}

const shape = z
  .object({
    order: orderShape,
    cart: jsonObject<JsonObject>().nullish(),
    channel: text(128).nullish(),
    checkout: jsonObject<JsonObject>().nullish(),
    metadata: jsonObject<JsonObject>().nullish(),
  })
  .superRefine(withinSize(['order', 'lines']));

function checkoutHash(
  { cart, channel, checkout, metadata }: EnqueueCheckoutRunsInput,
  hashOfOrder: Buffer,
): Promise<Buffer> {
  return largeRequestHash({ order: hashOfOrder.toString('hex'), cart, channel, checkout, metadata });
}
