import { formatMoment } from '../parts/format.ts';

/** The conditions of a stored filter, each in words, such as "status is FAILED or CANCELED". */
export function whereInWords(where: Record<string, unknown>, timeZone: string): string[] {
  return Object.entries(where).flatMap(([name, value]) => {
    if (value === null || value === undefined) return [];
    if (name === 'not' && Array.isArray(value))
      return value.map(
        (one) => `not: ${whereInWords(one as Record<string, unknown>, timeZone).join(' and ')}`,
      );
    const [label, verb] = WORDS[name] ?? [name, 'is'];
    const text = IS_TIME.test(name)
      ? formatMoment(new Date(String(value)), new Date(), timeZone)
      : textOf(value);
    return [`${label} ${verb} ${text}`];
  });
}

const IS_TIME = /(After|Before)$/;

/** The number of values of a list that are shown. */
const SHOWN = 5;

function textOf(value: unknown): string {
  if (!Array.isArray(value)) return typeof value === 'string' ? value : JSON.stringify(value);
  const shown = value.slice(0, SHOWN).join(' or ');
  return value.length > SHOWN ? `${shown} or one of ${value.length - SHOWN} others` : shown;
}

const WORDS: Record<string, readonly [label: string, verb: string]> = {
  status: ['the status', 'is'],
  errorCode: ['the error', 'is'],
  componentKey: ['the component', 'is'],
  componentId: ['the component', 'is'],
  productId: ['the product', 'is'],
  attachmentId: ['the attachment', 'is'],
  orderId: ['the order', 'is'],
  orderNumber: ['the order', 'is'],
  groupId: ['the group', 'is'],
  replayOfId: ['it is a replay', 'of'],
  runId: ['the run', 'is'],
  idempotencyKey: ['the key', 'is'],
  search: ['the id, key or order number', 'is'],
  channel: ['the channel', 'is'],
  trigger: ['the trigger', 'is'],
  priority: ['the priority', 'is'],
  shop: ['the shop', 'is'],
  queuedAfter: ['it was enqueued', 'from'],
  queuedBefore: ['it was enqueued', 'before'],
  completedAfter: ['it ended', 'from'],
  completedBefore: ['it ended', 'before'],
  inputPayload: ['the input', 'contains'],
  metadata: ['the metadata', 'contain'],
  context: ['the context', 'contains'],
};
