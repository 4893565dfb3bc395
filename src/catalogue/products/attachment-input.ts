import { z } from 'zod';
import { jsonObject, list, text } from '../../input-errors.ts';
import type { JsonObject } from '../../json/json.ts';
import {
  type Binding,
  type BindingInput,
  bindingMistakes,
  normaliseBindings,
} from '../../script-request/bindings/binding-model.ts';

/** A component on a product. Fields of an item with an id that are left out, or null, keep what is stored, but for displayOrder. */
export type AttachmentInput = z.infer<typeof attachmentInput>;

/** What an item says, but for its id and its component. */
export type AttachmentFields = {
  displayOrder: number;
  isRequired: boolean;
  channelEligibility: string[];
  bindings: Binding[];
  metadata: JsonObject;
};

/**
 * The item's fields, what it leaves out taken from `stored` or, for a new one, from the defaults. Its order is its place in
 * the list, unless it says otherwise.
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

/** What an item of saveProduct's list must be; the types within were GraphQL's to check. */
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
      normaliseBindings(bindings, supposed(id, bindings)),
    ))
      context.addIssue({ code: 'custom', path: ['bindings', ...path], message, params: { tooLarge } });
  });

/** Whether the secrets that an item with an id leaves out are stored shows later; until then they are supposed to be. */
function supposed(id: string | null | undefined, bindings: readonly BindingInput[]): Binding[] {
  if (id == null) return [];
  return bindings.flatMap(({ static: binding }) =>
    binding?.secret
      ? [{ kind: 'static', inputKey: binding.inputKey, value: 'stored', required: true, secret: true }]
      : [],
  );
}
