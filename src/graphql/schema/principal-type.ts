import { z } from 'zod';
import type { Result } from '../../errors.ts';
import { disablePrincipal, updatePrincipal } from '../../identity/keys/change-principal.ts';
import { createPrincipal } from '../../identity/keys/principals.ts';
import { isRole, permissionsOf } from '../../identity/role.ts';
import type { Principal } from '../../postgres/generated/prisma/client.ts';
import { prismaList, readPrismaPage } from '../selection/prisma-list.ts';
import { builder } from './builder.ts';
import { bothWaysArgs, connectionType } from './connection.ts';
import { PermissionType, RoleType } from './permission-type.ts';
import { addUserErrors } from './user-error.ts';

const PrincipalKindType = builder.enumType('PrincipalKind', {
  description: 'The kind of a principal.',
  values: {
    SERVICE: { value: 'SERVICE', description: "A program, such as a shop's backend." },
    PERSON: { value: 'PERSON', description: 'A person.' },
  } as const,
});

export const PrincipalType = builder.prismaObject('Principal', {
  description:
    'A client of the API: a service or a person, to which API keys belong. It outlives its keys: its id owns idempotency keys and is the actor of events.',
  select: { id: true },
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The id of the principal. It never changes.' }),
    name: t.exposeString('name', { description: 'The name of the principal, for people.' }),
    kind: t.expose('kind', {
      type: PrincipalKindType,
      description: 'Whether the principal is a service or a person.',
    }),
    roles: t.field({
      type: [RoleType],
      description: 'The roles of the principal.',
      select: { grants: true },
      resolve: ({ grants }) => grants.filter(isRole),
    }),
    permissions: t.field({
      type: [PermissionType],
      description: 'All permissions of the principal: those of its roles, and those that it has besides.',
      select: { grants: true },
      resolve: ({ grants }) => [...permissionsOf(grants)],
    }),
    channels: t.field({
      type: ['String'],
      nullable: true,
      description: 'The only channels whose runs and orders the principal may use. null: all channels.',
      select: { allChannels: true, channels: true },
      resolve: ({ allChannels, channels }) => (allChannels ? null : channels),
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      description: 'The time at which the principal was created.',
    }),
    createdBy: t.string({
      nullable: true,
      description:
        'The id of the principal that created this one. null when the command line or an open service did.',
      select: { createdBy: true },
      resolve: ({ createdBy }) => createdBy || null,
    }),
    revision: t.exposeInt('revision', {
      description:
        'The number of changes by updatePrincipal, from 1, which compares it with expectedRevision.',
    }),
    disabledAt: t.expose('disabledAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The time at which the principal was disabled. null while it may use the API.',
    }),
  }),
});

const PrincipalConnection = connectionType('Principal', PrincipalType, { counted: true });

const PRINCIPAL_LIST = prismaList<Principal>(
  'principals',
  { createdAt: z.iso.datetime(), id: z.string() },
  'desc',
);

builder.queryField('principals', (t) =>
  t.field({
    description: 'The principals, newest first, including disabled ones.',
    type: PrincipalConnection,
    args: bothWaysArgs(),
    resolve: (_, args, ctx, info) =>
      readPrismaPage(ctx, info, ctx.db.prisma.principal, PRINCIPAL_LIST, {}, args),
  }),
);

const PrincipalPayload = builder.objectRef<Result<{ id: string }>>('PrincipalPayload');
PrincipalPayload.implement({
  description: 'The result of a change of a principal.',
  fields: (t) => ({
    principal: t.prismaField({
      type: PrincipalType,
      nullable: true,
      description: 'The principal as stored after the change. null when there are userErrors.',
      resolve: (query, result, _, { db }) =>
        result.ok ? db.prisma.principal.findUnique({ ...query, where: { id: result.value.id } }) : null,
    }),
  }),
});
addUserErrors(PrincipalPayload);

const CreatePrincipalInput = builder.inputType('CreatePrincipalInput', {
  description: 'A new principal. Set at least one of roles and permissions.',
  fields: (t) => ({
    name: t.string({
      required: true,
      description: 'The name of the principal, for people. At most 200 characters.',
    }),
    kind: t.field({ type: PrincipalKindType, description: 'Defaults to SERVICE.' }),
    roles: t.field({ type: [RoleType], description: 'The roles of the principal. Defaults to none.' }),
    permissions: t.field({
      type: [PermissionType],
      description: 'Permissions besides those of the roles. Defaults to none.',
    }),
    channels: t.stringList({
      description:
        'The only channels whose runs and orders the principal may use, at most 100. Defaults to all channels.',
    }),
  }),
});

const UpdatePrincipalInput = builder.inputType('UpdatePrincipalInput', {
  description:
    'The changes of a principal. Fields you omit keep their stored values. null in channels stands for all channels; for other fields, null is the same as omitting them.',
  fields: (t) => ({
    expectedRevision: t.int({
      description:
        'The revision that you expect to be stored. If another one is, the result is CONFLICT, and nothing is changed. Omit it to change any revision.',
    }),
    name: t.string({ description: 'The name of the principal, for people. At most 200 characters.' }),
    roles: t.field({
      type: [RoleType],
      description: 'The roles of the principal, in place of the stored ones.',
    }),
    permissions: t.field({
      type: [PermissionType],
      description: 'The permissions besides those of the roles, in place of the stored ones.',
    }),
    channels: t.stringList({
      description: 'The only channels whose runs and orders the principal may use, at most 100.',
    }),
  }),
});

builder.mutationFields((t) => ({
  createPrincipal: t.field({
    description:
      'Creates a principal. It can get only permissions and channels that you have yourself. Create its first API key with createApiKey.',
    type: PrincipalPayload,
    audits: 'Principal',
    args: {
      input: t.arg({
        type: CreatePrincipalInput,
        required: true,
        description: 'The name and the rights of the principal.',
      }),
    },
    resolve: (_, { input }, { db, principal }) => createPrincipal(db.pool, principal, input),
  }),
  updatePrincipal: t.field({
    description:
      'Changes the name, the rights or the channels of a principal. You can give only permissions and channels that you have yourself. All its credentials have other rights within 5 seconds, and its open subscriptions end then: its clients subscribe again. The last principal with the role ADMIN that can sign in keeps the role, and those of an identity provider are changed there: the result is CONFLICT.',
    type: PrincipalPayload,
    audits: 'Principal',
    args: {
      id: t.arg.id({ required: true, description: 'The id of the principal.' }),
      input: t.arg({ type: UpdatePrincipalInput, required: true, description: 'The changes.' }),
    },
    resolve: (_, { id, input }, { db, principal }) => updatePrincipal(db.pool, principal, id, input),
  }),
  disablePrincipal: t.field({
    description:
      'Disables a principal for good. Its API keys and open subscriptions end within 5 seconds. Disabling a disabled principal succeeds. The last principal with the role ADMIN that can sign in cannot be disabled: the result is CONFLICT.',
    type: PrincipalPayload,
    audits: 'Principal',
    args: { id: t.arg.id({ required: true, description: 'The id of the principal.' }) },
    resolve: (_, { id }, { db }) => disablePrincipal(db.pool, id),
  }),
}));
