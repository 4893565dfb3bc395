import type { ObjectRef } from '@pothos/core';
import type { Result, UserError, UserErrorCode } from '../../errors.ts';
import { builder } from './builder.ts';

const UserErrorCodeType = builder.enumType('UserErrorCode', {
  description: 'The kind of a user error.',
  values: {
    NOT_FOUND: { value: 'NOT_FOUND', description: 'There is no object with this id.' },
    INVALID: { value: 'INVALID', description: 'The value is not valid. The message says what is allowed.' },
    ALREADY_EXISTS: { value: 'ALREADY_EXISTS', description: 'Another object already has this unique value.' },
    CONFLICT: {
      value: 'CONFLICT',
      description:
        'The stored state does not allow the change, for example because another client changed the object first. Read the object again.',
    },
    ARCHIVED: {
      value: 'ARCHIVED',
      description: 'The component is archived. Restore it, or choose another one.',
    },
    CHANNEL_NOT_ELIGIBLE: {
      value: 'CHANNEL_NOT_ELIGIBLE',
      description: 'The attachment is not eligible for the channel.',
    },
    PRODUCT_MISMATCH: {
      value: 'PRODUCT_MISMATCH',
      description: 'The attachment belongs to another product than the one given.',
    },
    COMPONENT_MISMATCH: {
      value: 'COMPONENT_MISMATCH',
      description: 'The attachment belongs to another component than the one given.',
    },
    IDEMPOTENCY_CONFLICT: {
      value: 'IDEMPOTENCY_CONFLICT',
      description:
        'A different request was stored under this idempotency key or order number. Use a new key, or send the same request again.',
    },
    TOO_LARGE: { value: 'TOO_LARGE', description: 'The value is larger than allowed.' },
    NOT_CANCELABLE: { value: 'NOT_CANCELABLE', description: 'The run has ended, so it cannot be canceled.' },
    NOT_RETRYABLE: {
      value: 'NOT_RETRYABLE',
      description: 'The run cannot be retried: it is not FAILED or CANCELED, or its order was forgotten.',
    },
  } as const satisfies Record<UserErrorCode, object>,
});

const UserErrorType = builder.objectRef<UserError>('UserError').implement({
  description:
    'An error that a change of the input can fix. When a payload has user errors, nothing was stored.',
  fields: (t) => ({
    code: t.expose('code', { type: UserErrorCodeType, description: 'The kind of the error.' }),
    message: t.exposeString('message', {
      description: 'A sentence that says what is wrong and how to fix it.',
    }),
    path: t.exposeStringList('path', {
      description:
        'The path of the faulty value in the input, such as ["bindings", "0", "path"]. Items of lists are counted from 0.',
    }),
  }),
});

/** Adds `userErrors` to a mutation's payload. */
export function addUserErrors<T extends Result<unknown> | { userErrors: UserError[] }>(
  payload: ObjectRef<typeof builder.$inferSchemaTypes, T>,
): void {
  builder.objectField(payload, 'userErrors', (t) =>
    t.field({
      description:
        'Errors that a change of the input can fix. The list is empty when the request succeeded; otherwise nothing was stored.',
      type: [UserErrorType],
      resolve: (result) => ('userErrors' in result ? result.userErrors : []),
    }),
  );
}
