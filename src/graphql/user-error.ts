import type { ObjectRef } from '@pothos/core';
import type { UserError, UserErrorCode } from '../errors.ts';
import { builder } from './builder.ts';

const UserErrorCodeType = builder.enumType('UserErrorCode', {
  values: [
    'NOT_FOUND',
    'INVALID',
    'ALREADY_EXISTS',
    'CONFLICT',
    'ARCHIVED',
    'CHANNEL_NOT_ELIGIBLE',
    'PRODUCT_MISMATCH',
    'COMPONENT_MISMATCH',
    'IDEMPOTENCY_CONFLICT',
    'TOO_LARGE',
    'NOT_CANCELABLE',
    'NOT_RETRYABLE',
  ] satisfies UserErrorCode[],
});

const UserErrorType = builder.objectRef<UserError>('UserError').implement({
  description: 'What the caller can mend. Beside one, nothing was stored.',
  fields: (t) => ({
    code: t.expose('code', { type: UserErrorCodeType }),
    message: t.exposeString('message', { description: 'What is wrong, and what would be right.' }),
    path: t.exposeStringList('path', {
      description:
        'Into the input, like ["bindings", "0", "path"]; a list is stepped into by places counted from 0.',
    }),
  }),
});

/** Gives a mutation's payload its `userErrors`. */
export function addUserErrors<T extends { userErrors: UserError[] }>(
  payload: ObjectRef<typeof builder.$inferSchemaTypes, T>,
): void {
  builder.objectField(payload, 'userErrors', (t) =>
    t.field({ type: [UserErrorType], resolve: ({ userErrors }) => userErrors }),
  );
}
