import type pg from 'pg';
import { z } from 'zod';
import { skuOf } from '../catalogue/products/sku.ts';
import { invalid, ok, type Result, type UserError } from '../errors.ts';
import { inputErrors, jsonObject, list, text } from '../input-errors.ts';
import type { JsonObject } from '../json/json.ts';
import { rowsOf, statement } from '../postgres/statement.ts';
import type { Queryable } from '../postgres/transaction.ts';
import { isUuid } from '../postgres/uuid.ts';
import { idempotencyKey, keyTaken } from '../runs/enqueue/idempotency.ts';
import { requestHash } from '../runs/enqueue/request-hash.ts';
import type { Trigger } from '../runs/model/run-row.ts';
import { shopInput, shopOf } from '../shop.ts';
import { readCandidates } from './candidates.ts';
import { isForgotten, orderForgotten } from './forget-order.ts';
import { fillGroup } from './group-runs.ts';
import { type Order, orderPayload } from './order-input.ts';
import { type LineStep, planLines } from './plan-steps.ts';
import { readOrder } from './read-order.ts';
import { type GroupResult, groupTransaction, knownGroup, storeGroup } from './run-group.ts';

export type RunOrderAutomationInput = z.infer<typeof shape>;

/** In order of precedence. */
const TRIGGERS: readonly Trigger[] = ['AUTOMATION', 'POST_CHECKOUT', 'OPERATOR'];

/**
 * Enqueues the runs of a recorded order's lines for automations, in one transaction: all or nothing. If the
 * caller's key is known, returns the group stored under it, or IDEMPOTENCY_CONFLICT for a different request.
 */
export async function runOrderAutomation(
  { pool, queue }: { pool: pg.Pool; queue: string },
  input: RunOrderAutomationInput,
  caller: string,
  requestId: string | null = null,
): Promise<GroupResult> {
  const hash = requestHash(input);
  const shop = shopInput.safeParse(input.shop);
  const key = idempotencyKey.safeParse(input.idempotencyKey).data ?? null;
  const known = (client: Queryable) =>
    key === null || !shop.success
      ? null
      : knownGroup(client, { shop: shopOf(shop.data), caller, idempotencyKey: key }, hash, keyTaken(key));
  const repeated = await known(pool);
  if (repeated) return repeated;

  return groupTransaction(pool, async (client) => {
    const planned = await planAutomation(client, input);
    if (!planned.ok) return planned;
    const { order, steps, channel, metadata } = planned.value;
    const { id: orderId, shop } = order;
    const groupId = await storeGroup(client, {
      kind: 'AUTOMATION',
      shop,
      orderId,
      sharedInput: orderPayload(order),
      sharedContext: {},
      caller,
      idempotencyKey: key,
      requestHash: hash,
      requestId,
    });
    if (groupId === null) return (await known(client))!;
    const group = {
      id: groupId,
      shop,
      orderId,
      caller,
      requestHash: hash,
      channel,
      priority: 'NORMAL',
      metadata,
    } as const;
    await fillGroup(client, queue, group, steps, ['orderId']);
    return ok({ groupId, orderId, deduplicated: false });
  });
}

/** The runs that runOrderAutomation would enqueue and skip, and the payload that they would share. */
export type AutomationPlan = {
  order: Order;
  steps: LineStep[];
  channel: string | null;
  metadata: JsonObject;
};

export async function planAutomation(
  client: Queryable,
  input: RunOrderAutomationInput,
): Promise<Result<AutomationPlan>> {
  const userErrors = inputErrors(shape, input);
  if (userErrors.length > 0) return invalid(...userErrors);
  const shop = shopOf(input.shop);
  const order = await readOrder(client, shop, input.orderId);
  if (!order)
    return invalid(
      notFound(`There is no order ${input.orderId}. Record it first, or correct the id.`, 'orderId'),
    );
  if (await isForgotten(client, order.id)) return invalid(orderForgotten(['orderId']));
  const lines = order.lines.filter(({ sku }) => input.sku == null || sku === skuOf(input.sku));
  if (lines.length === 0 && input.sku != null)
    return invalid(
      notFound(`No line of the order has the sku "${input.sku}". Correct it, or leave it out.`, 'sku'),
    );
  const unknown = await unknownComponents(client, shop, input.componentId ?? []);
  if (unknown.length > 0) return invalid(...unknown);

  const channel = input.channel ?? null;
  const candidates = await readCandidates(client, { sku: lines.map(({ sku }) => sku), shop });
  const steps = planLines(lines, candidates, { channel, triggers: TRIGGERS });
  return ok({
    order,
    steps: steps.filter(({ candidate }) => !candidate || isRequested(candidate.componentId, input)),
    channel,
    metadata: { initiator: 'order_automation', ...input.metadata },
  });
}

const isRequested = (id: string, { componentId }: RunOrderAutomationInput): boolean =>
  componentId == null || componentId.some((requested) => requested.toLowerCase() === id);

async function unknownComponents(
  client: Queryable,
  shop: string,
  ids: readonly string[],
): Promise<UserError[]> {
  if (ids.length === 0) return [];
  const rows = await rowsOf(client, KNOWN_COMPONENTS, [ids.filter(isUuid), shop]);
  const known = new Set(rows.map(({ id }) => id));
  return ids.flatMap((id, index) => {
    if (known.has(id.toLowerCase())) return [];
    return [
      notFound(`There is no component ${id}. Correct the id, or leave it out.`, 'componentId', String(index)),
    ];
  });
}

const KNOWN_COMPONENTS = statement({
  name: 'known-components',
  text: 'select id from journey_components where id = any($1::uuid[]) and shop = $2',
  columns: { id: 'uuid' },
});

const notFound = (message: string, ...path: string[]): UserError => ({ code: 'NOT_FOUND', message, path });

const COMPONENTS_AT_MOST = 100;

const shape = z.object({
  shop: shopInput,
  orderId: text(200),
  /** Only lines with this sku. */
  sku: text(200).nullish(),
  /** Only attachments of these components. */
  componentId: list(text(200), COMPONENTS_AT_MOST).nullish(),
  channel: text(128).nullish(),
  metadata: jsonObject<JsonObject>().nullish(),
  idempotencyKey: idempotencyKey.nullish(),
});
