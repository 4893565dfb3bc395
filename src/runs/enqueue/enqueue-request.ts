import { z } from 'zod';
import { invalid, ok, type Result, type UserError } from '../../errors.ts';
import { inputErrors, jsonObject, judged, text } from '../../input-errors.ts';
import type { JsonObject } from '../../json/json.ts';
import { isUuid } from '../../postgres/uuid.ts';
import {
  type Binding,
  type BindingInput,
  bindingMistakes,
  normaliseBindings,
} from '../../script-request/bindings/binding-model.ts';
import type { RunPriority, Trigger } from '../model/run-row.ts';
import type { EnqueueRequest } from './enqueue-batch.ts';
import { enqueueMistake } from './enqueue-mistakes.ts';
import { idempotencyKey } from './idempotency-key.ts';

/** What a caller asks for, as the API spells it. */
export type EnqueueRunInput = {
  componentId: string;
  productId?: string | null;
  attachmentId?: string | null;
  orderId?: string | null;
  channel?: string | null;
  trigger?: Trigger | null;
  priority?: RunPriority | null;
  inputPayload?: JsonObject | null;
  metadata?: JsonObject | null;
  context?: JsonObject | null;
  bindings?: readonly BindingInput[] | null;
  idempotencyKey?: string | null;
  runAt?: Date | null;
};

type Asked = { caller: string; requestHash: Buffer | null; now: Date; stored?: readonly Binding[] };

/**
 * The request to store, or every mistake that shows without asking the database; paths lead from the input.
 * `stored` are the attachment's bindings, from which a secret sent without its value takes it.
 */
export function enqueueRequest(
  input: EnqueueRunInput,
  { caller, requestHash, now, stored }: Asked,
): Result<EnqueueRequest> {
  const bindings = input.bindings ? normaliseBindings(input.bindings, stored) : null;
  const request: EnqueueRequest = { ...input, bindings, caller, requestHash };
  const mistakes = [
    ...idMistakes(request),
    ...inputErrors(shape, request),
    ...runAtMistakes(input.runAt, now),
  ];
  return mistakes.length > 0 ? invalid(...mistakes) : ok(request);
}

/** Whether some binding is a secret that the caller has read as null, so that its value is the attachment's. */
export function leavesSecretsOut({ bindings }: EnqueueRunInput): boolean {
  return (bindings ?? []).some((binding) => binding.static?.secret && binding.static.value == null);
}

const shape = z.object({
  channel: text(128).nullish(),
  inputPayload: jsonObject<JsonObject>().nullish(),
  metadata: jsonObject<JsonObject>().nullish(),
  context: jsonObject<JsonObject>().nullish(),
  bindings: judged<Binding[]>(bindingMistakes).nullish(),
  idempotencyKey: idempotencyKey.nullish(),
});

const IDS = [
  ['componentId', 'COMPONENT_NOT_FOUND'],
  ['productId', 'PRODUCT_NOT_FOUND'],
  ['attachmentId', 'ATTACHMENT_NOT_FOUND'],
  ['orderId', 'ORDER_NOT_FOUND'],
] as const;
const SHOWN_AT_MOST = 40;

/** An id that is none at all is an unknown one; the database would refuse the whole statement for it. */
function idMistakes(request: EnqueueRequest): UserError[] {
  return IDS.flatMap(([field, mistake]) => {
    const id = request[field];
    if (id == null || isUuid(id)) return [];
    return [enqueueMistake(mistake, { ...request, [field]: id.slice(0, SHOWN_AT_MOST) })];
  });
}

const DAYS_AHEAD = 366;
const DAY_MS = 86_400_000;

function runAtMistakes(runAt: Date | null | undefined, now: Date): UserError[] {
  if (!runAt || runAt.getTime() - now.getTime() <= DAYS_AHEAD * DAY_MS) return [];
  const message = `runAt is more than ${DAYS_AHEAD} days ahead. Set an earlier time, or omit runAt to run at once.`;
  return [{ code: 'INVALID', message, path: ['runAt'] }];
}
