import type { Result, UserError } from '../../errors.ts';
import type { EnqueueMistake } from './enqueue-statement.ts';

/** The id of the new run or, if the request is a repeat under a known key, of the first run under that key. */
export type Enqueued = { runId: string; deduplicated: boolean };
export type EnqueueResult = Result<Enqueued>;

/** The references of a request, as the caller spelled them. */
type Named = { componentId: string } & {
  [field in 'productId' | 'attachmentId' | 'orderId' | 'channel']?: string | null;
};

/** The user error for a mistake that the statement found: what is wrong, in which field, and how to fix it. */
export function enqueueMistake(
  mistake: EnqueueMistake,
  { componentId, productId, attachmentId, orderId, channel }: Named,
): UserError {
  switch (mistake) {
    case 'COMPONENT_NOT_FOUND':
      return at(
        'NOT_FOUND',
        'componentId',
        `There is no component ${componentId}. Register it first, or correct the id.`,
      );
    case 'COMPONENT_ARCHIVED':
      return at(
        'ARCHIVED',
        'componentId',
        'The component is archived, so it is not run. Restore it, or choose another component.',
      );
    case 'PRODUCT_NOT_FOUND':
      return at(
        'NOT_FOUND',
        'productId',
        `There is no product ${productId}. Correct the id, or leave it out.`,
      );
    case 'ATTACHMENT_NOT_FOUND':
      return at(
        'NOT_FOUND',
        'attachmentId',
        `No product has the attachment ${attachmentId} now. Read the product's journeyComponents.`,
      );
    case 'PRODUCT_MISMATCH':
      return at(
        'PRODUCT_MISMATCH',
        'attachmentId',
        'The attachment belongs to another product. Send the productId of that product, or omit it.',
      );
    case 'COMPONENT_MISMATCH':
      return at(
        'COMPONENT_MISMATCH',
        'attachmentId',
        'The attachment belongs to another component. Send the componentId of that component.',
      );
    case 'CHANNEL_NOT_ELIGIBLE':
      return at(
        'CHANNEL_NOT_ELIGIBLE',
        'channel',
        `The attachment is not eligible for the channel "${channel}". Use one of its channelEligibility, or admin_preview.`,
      );
    case 'ORDER_NOT_FOUND':
      return at('NOT_FOUND', 'orderId', `There is no order ${orderId}. Record it first, or leave it out.`);
    case 'ORDER_FORGOTTEN':
      return at(
        'CONFLICT',
        'orderId',
        'The order was forgotten: its payloads are erased, and nothing is enqueued for it. Use another order, or none.',
      );
  }
}

const at = (code: UserError['code'], field: string, message: string): UserError => ({
  code,
  message,
  path: [field],
});
