import { z } from 'zod';
import { jsonObject, list, text } from '../input-errors.ts';
import type { JsonObject } from '../json/json.ts';
import { requestHash } from '../runs/request-hash.ts';

/** What a shop tells of an order; `payload` is its own snapshot of it, in whatever shape it has there. */
export type RecordOrderInput = {
  number: string;
  /** Unless given, the time of recording. */
  placedAt?: Date | null;
  payload: JsonObject;
  lines: readonly OrderLineInput[];
};
export type OrderLineInput = { sku: string; quantity: number; payload?: JsonObject | null };

/** An order as stored, its lines by position. */
export type Order = { id: string; number: string; placedAt: Date; payload: JsonObject; lines: OrderLine[] };
/** `position` is the line's place in the order, from 0. */
export type OrderLine = { position: number; sku: string; quantity: number; payload: JsonObject };

/** An order with all that is beside it, as JSON, in bytes. */
const ORDER_BYTES_AT_MOST = 4 * 1024 * 1024;
const LINES_AT_MOST = 1_000;
const QUANTITY_AT_MOST = 1_000_000;
const wrongQuantity = `must be a whole number from 1 to ${QUANTITY_AT_MOST}`;

const line = z.object({
  sku: text(200),
  quantity: z.int(wrongQuantity).min(1, wrongQuantity).max(QUANTITY_AT_MOST, wrongQuantity),
  payload: jsonObject<JsonObject>().nullish(),
});

/** What recordOrder takes, but for its size; the types within were GraphQL's to check. */
export const orderShape = z.object({
  number: text(200),
  payload: jsonObject<JsonObject>(),
  lines: list(line, LINES_AT_MOST),
});

export const orderInput = orderShape.superRefine(withinSize(['lines']));

/** Refuses what is larger than ORDER_BYTES_AT_MOST; `path` leads to the lines, which alone can make it so. */
export function withinSize(path: string[]) {
  return (value: unknown, context: z.RefinementCtx): void => {
    const bytes = Buffer.byteLength(JSON.stringify(value));
    if (bytes <= ORDER_BYTES_AT_MOST) return;
    const message = `make the whole ${bytes} bytes of JSON; at most ${ORDER_BYTES_AT_MOST} are kept`;
    context.addIssue({ code: 'custom', path, message, params: { tooLarge: true } });
  };
}

/** The lines as they are stored. */
export function orderLines(lines: readonly OrderLineInput[]): OrderLine[] {
  return lines.map(({ sku, quantity, payload }, position) => ({
    position,
    sku,
    quantity,
    payload: payload ?? {},
  }));
}

/** Tells the same order, sent again, from another one under its number. When it was placed is compared apart. */
export function orderHash({ number, payload, lines }: RecordOrderInput): Buffer {
  return requestHash({ number, payload, lines: orderLines(lines) });
}

/** What scripts read as `orderItem`: the line's own payload, in which sku and quantity are the order's. */
export function orderItem({ sku, quantity, payload }: OrderLine): JsonObject {
  return { ...payload, sku, quantity };
}

/** What all runs of an order read: its payload as the shop sent it, and every line. */
export function orderPayload({ payload, lines }: Pick<Order, 'payload' | 'lines'>) {
  return { order: payload, orderItems: lines.map(orderItem) };
}
