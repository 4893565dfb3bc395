import type { Result } from '../../errors.ts';
import { deleteSecret } from '../../secrets/delete-secret.ts';
import { type ListedSecret, listSecrets, readSecret } from '../../secrets/read-secrets.ts';
import { saveSecret } from '../../secrets/save-secret.ts';
import { builder } from './builder.ts';
import { addUserErrors } from './user-error.ts';

const SecretType = builder.objectRef<ListedSecret>('Secret').implement({
  description:
    'A stored secret, to which bindings refer by its name. Its value cannot be read: only the calls to the script host have it.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The name of the secret.' }),
    savedAt: t.expose('savedAt', {
      description: 'The time at which its current value was saved.',
      type: 'DateTime',
    }),
  }),
});

const SaveSecretInput = builder.inputType('SaveSecretInput', {
  description: 'A secret to create, or to give a new value.',
  fields: (t) => ({
    name: t.string({
      required: true,
      description:
        'The name of the secret: up to 64 letters, digits, dots, dashes and underscores. It is the same for all shops.',
    }),
    value: t.string({
      required: true,
      description:
        'The value, at most 16,384 characters. Send it in a variable, so that it is not part of the document.',
    }),
  }),
});

const SaveSecretPayload = builder.objectRef<Result<string>>('SaveSecretPayload').implement({
  description: 'The result of saving a secret.',
  fields: (t) => ({
    secret: t.field({
      description: 'The secret as saved. null when there are userErrors.',
      type: SecretType,
      nullable: true,
      resolve: (result, _, { db }) => (result.ok ? readSecret(db.pool, result.value) : null),
    }),
  }),
});
addUserErrors(SaveSecretPayload);

const DeleteSecretPayload = builder.objectRef<Result<string>>('DeleteSecretPayload').implement({
  description: 'The result of deleting a secret.',
  fields: (t) => ({
    name: t.string({
      description: 'The name of the deleted secret. null when there are userErrors.',
      nullable: true,
      resolve: (result) => (result.ok ? result.value : null),
    }),
  }),
});
addUserErrors(DeleteSecretPayload);

builder.queryField('secrets', (t) =>
  t.field({
    description: 'The stored secrets by name, at most 1,000, without their values.',
    type: [SecretType],
    resolve: (_, __, { db }) => listSecrets(db.pool),
  }),
);

builder.mutationFields((t) => ({
  saveSecret: t.field({
    description:
      'Stores a secret, encrypted. If one of this name is stored, it gets the new value, which calls that are made from then on send. The error is BAD_REQUEST when the service has no key to encrypt it with.',
    type: SaveSecretPayload,
    audits: 'Secret',
    args: {
      input: t.arg({ description: 'The secret to save.', type: SaveSecretInput, required: true }),
    },
    resolve: (_, { input }, { db, config }) => saveSecret(db.pool, config.secretKeys, input),
  }),
  deleteSecret: t.field({
    description:
      'Deletes a secret, unless a binding of an attachment refers to it. Runs that refer to it fail from then on.',
    type: DeleteSecretPayload,
    audits: 'Secret',
    args: { name: t.arg.string({ description: 'The name of the secret.', required: true }) },
    resolve: (_, { name }, { db }) => deleteSecret(db.pool, name),
  }),
}));
