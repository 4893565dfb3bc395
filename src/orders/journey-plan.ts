import { ServiceError } from '../errors.ts';
import type { JsonObject } from '../json/json.ts';
import type { Database } from '../postgres/database.ts';
import { isUuid } from '../postgres/uuid.ts';
import type { RunPreview } from '../previews/preview.ts';
import { previewRequest, previewRun } from '../previews/preview-run.ts';
import type { Trigger } from '../runs/model/run-row.ts';
import type { CheckBudget } from '../script-request/check-budget.ts';
import { shownShop } from '../shop.ts';
import { planAutomation, type RunOrderAutomationInput } from './automation.ts';
import { readCandidates } from './candidates.ts';
import { runRequest } from './group-runs.ts';
import type { OrderLine } from './order-input.ts';
import { orderPayload } from './order-input.ts';
import { type Decided, planProduct, productNotFound } from './plan-steps.ts';

/** A step as the API shows it. `preview` makes the preview of an eligible step; null if there is none. */
export type ShownStep = Decided & {
  orderId: string | null;
  line: OrderLine | null;
  preview: ((requestBudget: CheckBudget) => Promise<RunPreview>) | null;
};

export type JourneyPlanInput = {
  productId: string;
  channel: string | null;
  trigger: readonly Trigger[];
  inputPayload: JsonObject | null;
  context: JsonObject | null;
  metadata: JsonObject | null;
};

/** The attachments of a product that would run, and the reasons why the others would not. */
export async function journeyPlan(
  db: Database,
  input: JourneyPlanInput,
  caller: string,
): Promise<ShownStep[]> {
  const { productId, channel, trigger: triggers, ...payloads } = input;
  const ids = isUuid(productId) ? [productId.toLowerCase()] : [];
  const [candidates] = (await readCandidates(db.pool, { id: ids })).values();
  const steps = candidates
    ? planProduct(candidates, { channel, triggers })
    : [productNotFound(`There is no product ${productId}.`)];
  return steps.map((step) => ({ ...step, orderId: null, line: null, preview: previewOf(step) }));

  function previewOf({ decision, candidate, trigger }: Decided): ShownStep['preview'] {
    if (decision !== 'ELIGIBLE') return null;
    const { shop, componentId, attachmentId } = candidate;
    const request = {
      shop: shownShop(shop),
      componentId,
      productId,
      attachmentId,
      channel,
      trigger,
      ...payloads,
    };
    return (requestBudget) => previewRun(db, request, {}, caller, requestBudget);
  }
}

/** Every preview repeats what the steps share, so a large order gets previews for its first steps only. */
const PREVIEWS_AT_MOST = 100;
const PREVIEW_BYTES_AT_MOST = 16 * 1024 * 1024;

/**
 * Plans the runs that runOrderAutomation would enqueue and skip.
 * @throws ServiceError NOT_FOUND or BAD_REQUEST, with the first mistake in the input
 */
export async function orderAutomationPlan(
  db: Database,
  input: RunOrderAutomationInput,
  caller: string,
): Promise<ShownStep[]> {
  const planned = await planAutomation(db.pool, input);
  if (!planned.ok) {
    const { code, message } = planned.userErrors[0]!;
    throw new ServiceError(code === 'NOT_FOUND' ? 'NOT_FOUND' : 'BAD_REQUEST', message);
  }
  const { order, steps, channel, metadata } = planned.value;
  const shared = orderPayload(order);
  const group = {
    id: null,
    shop: order.shop,
    orderId: order.id,
    channel,
    priority: 'NORMAL',
    metadata,
    caller,
    requestHash: NO_HASH,
  } as const;
  let previewsLeft = Math.min(
    PREVIEWS_AT_MOST,
    Math.ceil(PREVIEW_BYTES_AT_MOST / JSON.stringify(shared).length),
  );
  return steps.map((step) => {
    const own = runRequest(step, group);
    const isPreviewed = own !== null && previewsLeft-- > 0;
    const request = own && { ...own, inputPayload: { ...shared, ...own.inputPayload } };
    return {
      ...step,
      orderId: order.id,
      preview: isPreviewed && request ? (requestBudget) => previewRequest(db, request, requestBudget) : null,
    };
  });
}

const NO_HASH = Buffer.alloc(0);
