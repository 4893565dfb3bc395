import type { RecordOrderInput } from '../api/generated/graphql.ts';

/** An order as the form edits it: the text of the whole input, from which the fields are read. */
export type OrderText = string;

/** A line of the form. Other members of the line stay in the text. */
export type DraftLine = { sku?: string; quantity?: number };

/** The text of a new order with one empty line. The number says when it was written, so that it is a new one. */
export function newOrderText(now: Date): OrderText {
  const number = `TRY-${now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}`;
  const payload = { number, customer: { email: 'try@example.com' } };
  return write({ number, lines: [{ sku: '', quantity: 1 }], payload });
}

/** The input that a text is; null while it is not a JSON object with lines. The service checks the rest. */
export function orderIn(text: OrderText): RecordOrderInput | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !Array.isArray((value as { lines?: unknown }).lines))
      return null;
    return value as RecordOrderInput;
  } catch {
    return null;
  }
}

/** The text with other values of its order. */
export const withValues = (order: RecordOrderInput, values: Partial<RecordOrderInput>): OrderText =>
  write({ ...order, ...values });

/** The text with other values of one of its lines. */
export function withLine(order: RecordOrderInput, index: number, values: DraftLine): OrderText {
  const lines = order.lines.map((line, position) => (position === index ? { ...line, ...values } : line));
  return withValues(order, { lines });
}

const write = (order: object) => JSON.stringify(order, null, 2);
