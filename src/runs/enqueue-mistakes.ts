import type { UserError } from '../errors.ts';
import type { EnqueueRequest } from './enqueue.ts';
import type { EnqueueMistake } from './enqueue-sql.ts';

/** What the statement refused, as the caller's error: what is wrong, where, and what would be right. */
export function enqueueMistake(
  mistake: EnqueueMistake | 'IDEMPOTENCY_CONFLICT',
  request: Pick<
    EnqueueRequest,
    'componentId' | 'productId' | 'attachmentId' | 'orderId' | 'channel' | 'idempotencyKey'
  >,
): UserError {
  const { componentId, productId, attachmentId, orderId, channel, idempotencyKey } = request;
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
        'The component is archived and runs no more. Restore it, or choose another.',
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
        'The attachment is on another product. Give its own productId, or none.',
      );
    case 'COMPONENT_MISMATCH':
      return at(
        'COMPONENT_MISMATCH',
        'attachmentId',
        "The attachment is another component's. Give its own componentId.",
      );
    case 'CHANNEL_NOT_ELIGIBLE':
      return at(
        'CHANNEL_NOT_ELIGIBLE',
        'channel',
        `The attachment does not take the channel "${channel}". Use one of its channelEligibility, or admin_preview.`,
      );
    case 'ORDER_NOT_FOUND':
      return at('NOT_FOUND', 'orderId', `There is no order ${orderId}. Record it first, or leave it out.`);
    case 'IDEMPOTENCY_CONFLICT':
      return at(
        'IDEMPOTENCY_CONFLICT',
        'idempotencyKey',
        `Another request was sent under the key "${idempotencyKey}". Use a new key for a new request.`,
      );
  }
}

const at = (code: UserError['code'], field: string, message: string): UserError => ({
  code,
  message,
  path: [field],
});
