import type { UserError } from '../../errors.ts';
import type { AttachmentInput } from './attachment-input.ts';

/** Why an item cannot change the attachment that its id names; `stored` is that attachment, null if there is none. */
export function referenceMistake(
  { id, componentId }: Pick<AttachmentInput, 'id' | 'componentId'>,
  stored: { componentId: string } | null,
): UserError | null {
  if (id == null) return null;
  if (!stored)
    return {
      code: 'NOT_FOUND',
      message: `The product has no attachment ${id}. Omit the id to create an attachment.`,
      path: ['id'],
    };
  if (stored.componentId === componentId.toLowerCase()) return null;
  const message = `The attachment ${id} belongs to the component ${stored.componentId}. Omit the id to attach another component.`;
  return { code: 'COMPONENT_MISMATCH', message, path: ['componentId'] };
}
