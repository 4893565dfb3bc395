import { z } from 'zod';
import { jsonObject, list, text } from '../../input-errors.ts';
import type { JsonObject } from '../../json/json.ts';
import {
  type Binding,
  type BindingInput,
  bindingMistakes,
  normaliseBindings,
} from '../../script-request/bindings/binding-model.ts';

/**
 * A component on a product. If an item has an id, missing or null fields keep their stored values, except
 * displayOrder.
 */
export type AttachmentInput = z.infer<typeof attachmentInput>;

/** The fields of an item, without its id and its component. */
export type AttachmentFields = {
  displayOrder: number;
  isRequired: boolean;
  channelEligibility: string[];
  bindings: Binding[];
  metadata: JsonObject;
};

/**
 * The item's fields; missing ones are taken from `stored` or, for a new attachment, from the defaults. The
 * displayOrder defaults to the item's place in the list.
 */
export function normaliseAttachment(
  input: AttachmentInput,
  place: number,
  stored: AttachmentFields | undefined,
): AttachmentFields {
  return {
    displayOrder: input.displayOrder ?? place,
    isRequired: input.isRequired ?? stored?.isRequired ?? false,
    channelEligibility: input.channelEligibility
      ? [...new Set(input.channelEligibility)]
      : (stored?.channelEligibility ?? []),
    bindings: input.bindings ? normaliseBindings(input.bindings, stored?.bindings) : (stored?.bindings ?? []),
    metadata: input.metadata ?? stored?.metadata ?? {},
  };
}

const MAX_CHANNELS = 100;
const MAX_DISPLAY_ORDER = 1_000_000;
const wrongOrder = `must be a whole number from 0 to ${MAX_DISPLAY_ORDER}`;

/** An item of saveProduct's list. GraphQL has already validated the types. */
export const attachmentInput = z
  .object({
    id: z.string().nullish(),
    componentId: z.string(),
    displayOrder: z.int(wrongOrder).min(0, wrongOrder).max(MAX_DISPLAY_ORDER, wrongOrder).nullish(),
    isRequired: z.boolean().nullish(),
    channelEligibility: list(text(128), MAX_CHANNELS).nullish(),
    bindings: z.custom<readonly BindingInput[]>().nullish(),
    metadata: jsonObject<JsonObject>().nullish(),
  })
  .superRefine(({ id, bindings }, context) => {
    if (!bindings) return;
    for (const { path, message, tooLarge } of bindingMistakes(
      normaliseBindings(bindings, placeholderSecrets(id, bindings)),
    ))
      context.addIssue({ code: 'custom', path: ['bindings', ...path], message, params: { tooLarge } });
  });

/** Stand-ins for the secrets that an item with an id omits. Whether they are stored is checked later. */
function placeholderSecrets(id: string | null | undefined, bindings: readonly BindingInput[]): Binding[] {
  if (id == null) return [];
  return bindings.flatMap(({ static: binding }) =>
    binding?.secret
      ? [{ kind: 'static', inputKey: binding.inputKey, value: 'stored', required: true, secret: true }]
      : [],
  );
}
