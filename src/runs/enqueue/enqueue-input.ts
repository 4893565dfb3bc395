import { z } from 'zod';
import { jsonObject, text } from '../../input-errors.ts';
import type { JsonObject } from '../../json/json.ts';
import { RunPriority, Trigger } from '../../postgres/generated/prisma/enums.ts';
import type { BindingInput } from '../../script-request/bindings/binding-model.ts';
import { shopInput } from '../../shop.ts';
import { idempotencyKey } from './idempotency.ts';

/** A request to run a component. GraphQL has already validated the types; the database validates the ids. */
export const enqueueRunInput = z.object({
  shop: shopInput,
  componentId: z.string(),
  productId: z.string().nullish(),
  attachmentId: z.string().nullish(),
  orderId: z.string().nullish(),
  channel: text(128).nullish(),
  trigger: z.enum(Trigger).nullish(),
  priority: z.enum(RunPriority).nullish(),
  inputPayload: jsonObject<JsonObject>().nullish(),
  metadata: jsonObject<JsonObject>().nullish(),
  context: jsonObject<JsonObject>().nullish(),
  bindings: z.custom<readonly BindingInput[]>().nullish(),
  idempotencyKey: idempotencyKey.nullish(),
  /** The earliest start; null: immediately. */
  runAt: z.date().nullish(),
});

export type EnqueueRunInput = z.infer<typeof enqueueRunInput>;
