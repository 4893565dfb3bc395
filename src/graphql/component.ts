import { queryFromInfo } from '@pothos/plugin-prisma';
import { z } from 'zod';
import { archiveComponent, restoreComponent } from '../components/archive.ts';
import type { Definition } from '../components/component.ts';
import { registerComponent } from '../components/register.ts';
import { updateComponent } from '../components/update.ts';
import type { Component } from '../db/generated/prisma/client.ts';
import type { Written } from '../errors.ts';
import { ATTACHMENTS, AttachmentConnection } from './attachment.ts';
import { builder } from './builder.ts';
import { ComponentVersionConnection, VERSIONS } from './component-version.ts';
import { bothWaysArgs, connectionType, forwardArgs, NODE_PATHS } from './connection.ts';
import { keysetCursor } from './cursor.ts';
import {
  ProviderDependencyInput,
  ProviderDependencyType,
  RetryPolicyInput,
  RetryPolicyType,
  retryPolicyOf,
  ScriptInput,
  ScriptType,
  scriptOf,
  TriggerType,
} from './definition.ts';
import { keysetArgs } from './keyset.ts';
import { readNestedPage } from './nested-page.ts';
import { oneKey } from './one-key.ts';
import { readPage } from './page.ts';
import { searchFor } from './search.ts';
import { addUserErrors } from './user-error.ts';

const CURRENT = { currentVersion: true } as const;

export const ComponentType = builder.prismaObject('Component', {
  description: 'A reusable scripted step. What it is made of stands in its current version.',
  select: { id: true },
  fields: (t) => ({
    id: t.exposeID('id'),
    key: t.exposeString('key', { description: 'Unique, [a-z0-9][a-z0-9._-]{0,127}.' }),
    name: t.exposeString('name'),
    description: t.exposeString('description', { nullable: true }),
    version: t.int({
      description: 'Of the current definition, from 1.',
      select: CURRENT,
      resolve: ({ currentVersion }) => currentVersion.version,
    }),
    triggers: t.field({
      type: [TriggerType],
      select: CURRENT,
      resolve: ({ currentVersion }) => currentVersion.triggers,
    }),
    script: t.field({
      type: ScriptType,
      select: CURRENT,
      resolve: ({ currentVersion }) => scriptOf(currentVersion),
    }),
    inputSchema: t.field({
      description: 'JSON Schema, draft 2020-12; {} accepts everything.',
      type: 'JSONObject',
      select: CURRENT,
      resolve: ({ currentVersion }) => currentVersion.inputSchema as Definition['inputSchema'],
    }),
    providerDependencies: t.field({
      type: [ProviderDependencyType],
      select: CURRENT,
      resolve: ({ currentVersion }) =>
        currentVersion.providerDependencies as Definition['providerDependencies'],
    }),
    retryPolicy: t.field({
      type: RetryPolicyType,
      select: CURRENT,
      resolve: ({ currentVersion }) => retryPolicyOf(currentVersion),
    }),
    timeoutSeconds: t.float({
      description: 'Of one attempt at the runner.',
      select: CURRENT,
      resolve: ({ currentVersion }, _, { config }) =>
        currentVersion.timeoutSeconds ?? config.runnerTimeoutSeconds,
    }),
    archivedAt: t.expose('archivedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Archived: kept for history, attaches and runs no more.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime' }),
    versions: t.field({
      description: 'Newest first.',
      type: ComponentVersionConnection,
      args: forwardArgs(),
      resolve: ({ id }, args, ctx) => readNestedPage(ctx, VERSIONS, id, args),
    }),
    attachments: t.field({
      description: 'Where it is attached now, by displayOrder.',
      type: AttachmentConnection,
      args: forwardArgs(),
      resolve: ({ id }, args, ctx) => readNestedPage(ctx, ATTACHMENTS, id, args),
    }),
  }),
});

const ComponentConnection = connectionType('Component', ComponentType, { counted: true });

builder.queryFields((t) => ({
  component: t.prismaField({
    type: ComponentType,
    nullable: true,
    args: { id: t.arg.id(), key: t.arg.string() },
    resolve: (query, _, { id, key }, { db }) => {
      const where = oneKey({ id, key });
      return where && db.prisma.component.findFirst({ ...query, where });
    },
  }),

  components: t.field({
    description: 'By key; archived ones only where asked for.',
    type: ComponentConnection,
    args: {
      ...bothWaysArgs(),
      search: t.arg.string({ description: 'Part of the key, the name or the description.' }),
      trigger: t.arg({ type: TriggerType }),
      includeArchived: t.arg.boolean(),
    },
    resolve: (_, args, context, info) => {
      const found = searchFor(args.search);
      const where = {
        ...(args.includeArchived ? {} : { archivedAt: null }),
        ...(args.trigger ? { currentVersion: { triggers: { has: args.trigger } } } : {}),
        ...(found ? { OR: [{ key: found }, { name: found }, { description: found }] } : {}),
      };
      const { component } = context.db.prisma;
      const query = queryFromInfo({ context, info, paths: NODE_PATHS, select: { id: true, key: true } });
      return readPage<Component, [string]>(args, {
        cursor: BY_KEY,
        keyOf: ({ key }) => [key],
        fetch: (slice) => {
          const page = keysetArgs([{ name: 'key', direction: 'asc' }], slice);
          return component.findMany({ ...query, ...page, where: { AND: [where, page.where] } }) as Promise<
            Component[]
          >;
        },
        count: (take) => component.count({ where, take }),
      });
    },
  }),
}));

const BY_KEY = keysetCursor('components', z.tuple([z.string()]));

type InputFields = PothosSchemaTypes.InputFieldBuilder<typeof builder.$inferSchemaTypes, 'InputObject'>;

const optionalFields = (t: InputFields) => ({
  description: t.string(),
  inputSchema: t.field({ type: 'JSONObject', description: 'JSON Schema, draft 2020-12.' }),
  providerDependencies: t.field({ type: [ProviderDependencyInput] }),
  retryPolicy: t.field({ type: RetryPolicyInput, description: 'Unless given: 1 attempt.' }),
  timeoutSeconds: t.float({ description: "From 0.1 to 3600. Unless given: the service's default." }),
});

const RegisterComponentInput = builder.inputType('RegisterComponentInput', {
  fields: (t) => ({
    key: t.string({ required: true }),
    name: t.string({ required: true }),
    triggers: t.field({ type: [TriggerType], required: true }),
    script: t.field({ type: ScriptInput, required: true }),
    ...optionalFields(t),
  }),
});

const UpdateComponentInput = builder.inputType('UpdateComponentInput', {
  description: 'What is left out stays. null clears description and timeoutSeconds, and leaves the others.',
  fields: (t) => ({
    expectedVersion: t.int({ description: 'CONFLICT where it is not the current version.' }),
    name: t.string(),
    triggers: t.field({ type: [TriggerType] }),
    script: t.field({ type: ScriptInput }),
    ...optionalFields(t),
  }),
});

const ComponentPayload = builder.objectRef<Written>('ComponentPayload');
ComponentPayload.implement({
  fields: (t) => ({
    component: t.prismaField({
      type: ComponentType,
      nullable: true,
      resolve: (query, { id }, _, { db }) =>
        id ? db.prisma.component.findUnique({ ...query, where: { id } }) : null,
    }),
  }),
});
addUserErrors(ComponentPayload);

builder.mutationFields((t) => ({
  registerComponent: t.field({
    type: ComponentPayload,
    args: { input: t.arg({ type: RegisterComponentInput, required: true }) },
    resolve: (_, { input }, { db }) => registerComponent(db, input),
  }),
  updateComponent: t.field({
    description: 'A changed definition is a new version; a new name or description alone is none.',
    type: ComponentPayload,
    args: { id: t.arg.id({ required: true }), input: t.arg({ type: UpdateComponentInput, required: true }) },
    resolve: (_, { id, input }, { db }) => updateComponent(db, id, input),
  }),
  archiveComponent: t.field({
    description: 'Attached and enqueued no more; kept for history.',
    type: ComponentPayload,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, { db }) => archiveComponent(db, id),
  }),
  restoreComponent: t.field({
    type: ComponentPayload,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, { db }) => restoreComponent(db, id),
  }),
}));
