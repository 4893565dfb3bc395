/** The payloads with which a step is previewed: those of a run that could be. */
export type Sample = {
  /** Identifies the choice in its list. */
  choice: string;
  /** Names it for people. */
  label: string;
  inputPayload: { [key: string]: unknown };
  context: { [key: string]: unknown };
  metadata: { [key: string]: unknown };
};

export const NO_SAMPLE: Sample = {
  choice: 'none',
  label: 'No order: the product alone',
  inputPayload: {},
  context: {},
  metadata: {},
};

/** The input payload of a checkout's run for a line of the order: the order, all its lines, and this one. */
export function orderLineInput(order: SampleOrder, line: SampleLine): Sample['inputPayload'] {
  return { order: order.payload, orderItems: order.lines.map(orderItem), orderItem: orderItem(line) };
}

const orderItem = ({ payload, sku, quantity }: SampleLine) => ({ ...payload, sku, quantity });

export type SampleOrder = {
  number: string;
  payload: { [key: string]: unknown };
  lines: readonly SampleLine[];
};

type SampleLine = { sku?: string | null; quantity: number; payload: { [key: string]: unknown } };
