import type { Result } from '../../errors.ts';
import { type CreatedApiKey, createApiKey, revokeApiKey } from '../../identity/keys/api-keys.ts';
import { builder } from './builder.ts';
import { PrincipalType } from './principal-type.ts';
import { addUserErrors } from './user-error.ts';

const ApiKeyType = builder.prismaObject('ApiKey', {
  description: 'An API key of a principal. The key itself is not stored.',
  select: { id: true },
  fields: (t) => ({
    id: t.exposeID('id', {
      description: 'The id of the key: the part of the key between its second and third "_".',
    }),
    principal: t.relation('principal', { description: 'The principal that the key belongs to.' }),
    environment: t.exposeString('environment', {
      description: 'The environment of the service that the key is for, such as live.',
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      description: 'The time at which the key was created.',
    }),
    createdBy: t.string({
      nullable: true,
      description:
        'The id of the principal that created the key. null when the command line or an open service did.',
      select: { createdBy: true },
      resolve: ({ createdBy }) => createdBy || null,
    }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The time from which the key is not valid. null: it does not expire.',
    }),
    revokedAt: t.expose('revokedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The time at which the key was revoked. null when it was not revoked.',
    }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The time of the latest use of the key, to the minute. null before the first use.',
    }),
  }),
});

builder.prismaObjectField(PrincipalType, 'apiKeys', (t) =>
  t.relation('apiKeys', {
    description: 'The API keys of the principal, newest first, at most 100.',
    query: { orderBy: { createdAt: 'desc' }, take: 100 },
  }),
);

const CreateApiKeyPayload = builder.objectRef<Result<CreatedApiKey>>('CreateApiKeyPayload');
CreateApiKeyPayload.implement({
  description: 'The result of createApiKey.',
  fields: (t) => ({
    apiKey: t.prismaField({
      type: ApiKeyType,
      nullable: true,
      description: 'The stored key. null when there are userErrors.',
      resolve: (query, result, _, { db }) =>
        result.ok ? db.prisma.apiKey.findUnique({ ...query, where: { id: result.value.id } }) : null,
    }),
    key: t.string({
      nullable: true,
      description:
        'The key itself. It is shown only here: store it as a secret of the client. null when there are userErrors.',
      resolve: (result) => (result.ok ? result.value.key : null),
    }),
  }),
});
addUserErrors(CreateApiKeyPayload);

const RevokeApiKeyPayload = builder.objectRef<Result<{ id: string }>>('RevokeApiKeyPayload');
RevokeApiKeyPayload.implement({
  description: 'The result of revokeApiKey.',
  fields: (t) => ({
    apiKey: t.prismaField({
      type: ApiKeyType,
      nullable: true,
      description: 'The revoked key. null when there are userErrors.',
      resolve: (query, result, _, { db }) =>
        result.ok ? db.prisma.apiKey.findUnique({ ...query, where: { id: result.value.id } }) : null,
    }),
  }),
});
addUserErrors(RevokeApiKeyPayload);

const CreateApiKeyInput = builder.inputType('CreateApiKeyInput', {
  description: 'A new API key.',
  fields: (t) => ({
    principalId: t.id({ required: true, description: 'The id of the principal that gets the key.' }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'The time from which the key is not valid. By default, the key does not expire.',
    }),
  }),
});

builder.mutationFields((t) => ({
  createApiKey: t.field({
    description:
      'Creates an API key. A principal has at most two valid keys: to rotate a key, create the new one, give it to the client, and revoke the old one.',
    type: CreateApiKeyPayload,
    audits: 'ApiKey',
    args: {
      input: t.arg({ type: CreateApiKeyInput, required: true, description: 'The owner of the key.' }),
    },
    resolve: (_, { input }, { db, principal, config }) =>
      createApiKey(db.pool, principal, config.environment, input),
  }),
  revokeApiKey: t.field({
    description:
      'Revokes an API key. Requests and open subscriptions with it end within 5 seconds, in every process. Revoking a revoked key succeeds. The last valid key of a principal with the role ADMIN cannot be revoked, unless people of an identity provider have the role: the result is CONFLICT.',
    type: RevokeApiKeyPayload,
    audits: 'ApiKey',
    args: { id: t.arg.id({ required: true, description: 'The id of the key.' }) },
    resolve: (_, { id }, { db }) => revokeApiKey(db.pool, id),
  }),
}));
