import { z } from 'zod';
import { skuOf } from '../catalogue/products/sku.ts';
import { anyText, jsonObject, list, text } from '../input-errors.ts';
import type { JsonObject } from '../json/json.ts';
import { largeRequestHash } from '../runs/enqueue/request-hash.ts';
import { shopInput } from '../shop.ts';

/** An order as a shop sends it; `payload` is the shop's own snapshot of it, in the shop's own format. */
export type RecordOrderInput = z.infer<typeof orderShape> & {
  /** Defaults to the time of recording. */
  placedAt?: Date | null;
};
/** A line without a product, such as a fee, has no sku. */
export type OrderLineInput = z.infer<typeof line>;

/** An order as stored, with its lines in the order of their positions. */
export type Order = {
  id: string;
  shop: string;
  number: string;
  placedAt: Date;
  payload: JsonObject;
  lines: OrderLine[];
};
/** `position` is the line's place in the order, from 0. */
export type OrderLine = { position: number; sku: string | null; quantity: number; payload: JsonObject };

/** Maximum size in bytes of an order and the rest of its request, as JSON. */
const ORDER_BYTES_AT_MOST = 4 * 1024 * 1024;
const LINES_AT_MOST = 1_000;
const QUANTITY_AT_MOST = 1_000_000;
const QUANTITY_AT_LEAST = 0.000_001;
const wrongQuantity = `must be 0, or a number from 0.000001 to ${QUANTITY_AT_MOST}`;

const line = z.object({
  sku: z.string().trim().pipe(anyText(200)).nullish(),
  quantity: z
    .number(wrongQuantity)
    .refine(
      (value) => value === 0 || (value >= QUANTITY_AT_LEAST && value <= QUANTITY_AT_MOST),
      wrongQuantity,
    ),
  payload: jsonObject<JsonObject>().nullish(),
});

/** The input of recordOrder, without the limit on its size. GraphQL has already validated the types. */
export const orderShape = z.object({
  shop: shopInput,
  number: text(200),
  payload: jsonObject<JsonObject>(),
  lines: list(line, LINES_AT_MOST),
});

export const orderInput = orderShape.superRefine(withinSize(['lines']));

/** Rejects a request larger than ORDER_BYTES_AT_MOST; `path` leads to the lines, the only part that can be so large. */
export function withinSize(path: string[]) {
  return (value: unknown, context: z.RefinementCtx): void => {
    const bytes = Buffer.byteLength(JSON.stringify(value));
    if (bytes <= ORDER_BYTES_AT_MOST) return;
    const message = `make the whole request ${bytes} bytes of JSON; at most ${ORDER_BYTES_AT_MOST} are allowed`;
    context.addIssue({ code: 'custom', path, message, params: { tooLarge: true } });
  };
}

/** The lines as they are stored. */
export function orderLines(lines: readonly OrderLineInput[]): OrderLine[] {
  return lines.map(({ sku, quantity, payload }, position) => ({
    position,
    sku: skuOf(sku),
    quantity,
    payload: payload ?? {},
  }));
}

/** Distinguishes a repeat of an order from a different order with its number in its shop. `placedAt` is compared separately. */
export function orderHash({ number, payload, lines }: RecordOrderInput): Promise<Buffer> {
  const asSent = orderLines(lines).map((line, index) => ({ ...line, sku: lines[index]!.sku ?? null }));
  return largeRequestHash({ number, payload, lines: asSent });
}

/** The value of `orderItem` in scripts: the line's own payload, with sku and quantity taken from the order. */
export function orderItem({ sku, quantity, payload }: OrderLine): JsonObject {
  return { ...payload, sku, quantity };
}

/** The part of the order that all its runs read: its payload as the shop sent it, and every line. */
export function orderPayload({ payload, lines }: Pick<Order, 'payload' | 'lines'>) {
  return { order: payload, orderItems: lines.map(orderItem) };
}
