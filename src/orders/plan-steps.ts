import { takesChannel } from '../catalogue/products/eligibility.ts';
import type { Trigger } from '../runs/model/run-row.ts';
import type { OrderLine } from './order-input.ts';

/** An attachment, with the values that decide whether it runs. */
export type Candidate = {
  shop: string;
  attachmentId: string;
  productId: string;
  componentId: string;
  componentKey: string;
  componentVersionId: string;
  triggers: Trigger[];
  isArchived: boolean;
  /** An empty list means every channel. */
  channelEligibility: string[];
};

/** Where a request comes from: its channel (null: no channel is checked) and its triggers, in order of precedence. */
export type Surface = { channel: string | null; triggers: readonly Trigger[] };

/** PRODUCT_NOT_FOUND: the line's sku has no product. */
type Skip = 'CHANNEL_NOT_ELIGIBLE' | 'TRIGGER_NOT_MATCHED' | 'COMPONENT_ARCHIVED' | 'PRODUCT_NOT_FOUND';
export type JourneyDecision = 'ELIGIBLE' | Skip;

/** `trigger` is the trigger by which an eligible attachment runs; `reason` says why an attachment is skipped. */
export type Decided =
  | { decision: 'ELIGIBLE'; candidate: Candidate; trigger: Trigger; reason: null }
  | { decision: Skip; candidate: Candidate | null; trigger: null; reason: string };
export type LineStep = Decided & { line: OrderLine };

/**
 * The steps of an order, line by line; each line has its product's attachments in the given order. `candidates` are
 * by sku.
 */
export function planLines(
  lines: readonly OrderLine[],
  candidates: ReadonlyMap<string, readonly Candidate[]>,
  surface: Surface,
): LineStep[] {
  return lines.flatMap((line) => {
    const found = line.sku === null ? undefined : candidates.get(line.sku);
    const reason = line.sku === null ? 'The line has no sku.' : `No product has the sku "${line.sku}".`;
    const decided = found ? planProduct(found, surface) : [productNotFound(reason)];
    return decided.map((step) => ({ ...step, line }));
  });
}

/** The steps of one product, independent of the order's line. */
export function planProduct(candidates: readonly Candidate[], surface: Surface): Decided[] {
  return candidates.map((candidate) => decide(candidate, surface));
}

export function productNotFound(reason: string): Decided {
  return { decision: 'PRODUCT_NOT_FOUND', candidate: null, trigger: null, reason };
}

function decide(candidate: Candidate, { channel, triggers }: Surface): Decided {
  const skip = (decision: Skip, reason: string): Decided => ({ decision, candidate, trigger: null, reason });
  const { componentKey, channelEligibility, isArchived } = candidate;
  if (isArchived) return skip('COMPONENT_ARCHIVED', `The component ${componentKey} is archived.`);

  const trigger = triggers.find((one) => candidate.triggers.includes(one));
  if (!trigger) {
    const reason = `The component ${componentKey} is triggered by ${listed(candidate.triggers)}, not by ${listed(triggers)}.`;
    return skip('TRIGGER_NOT_MATCHED', reason);
  }
  if (!takesChannel(channelEligibility, channel))
    return skip(
      'CHANNEL_NOT_ELIGIBLE',
      `The attachment is eligible for ${listed(channelEligibility)}, not for ${channel}.`,
    );
  return { decision: 'ELIGIBLE', candidate, trigger, reason: null };
}

const NAMED_AT_MOST = 5;

function listed(names: readonly string[]): string {
  if (names.length === 0) return 'nothing';
  if (names.length > NAMED_AT_MOST) return `${names.slice(0, NAMED_AT_MOST).join(', ')} and others`;
  return names.length === 1 ? names[0]! : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
