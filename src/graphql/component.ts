import { z } from 'zod';
import { archiveComponent, restoreComponent } from '../components/archive.ts';
import { registerComponent } from '../components/register.ts';
import { updateComponent } from '../components/update.ts';
import type { Component } from '../db/generated/prisma/client.ts';
import type { Written } from '../errors.ts';
import { ATTACHMENT_LIST, AttachmentConnection, AttachmentType, SHOWN } from './attachment.ts';
import { builder } from './builder.ts';
import { ComponentVersionConnection, VERSION_LIST } from './component-version.ts';
import { bothWaysArgs, connectionType, forwardArgs } from './connection.ts';
import {
  ProviderDependencyInput,
  ProviderDependencyType,
  RetryPolicyInput,
  RetryPolicyType,
  ScriptInput,
  ScriptType,
  TriggerType,
} from './definition.ts';
import { NodeType } from './node.ts';
import { oneKey } from './one-key.ts';
import { prismaList, readPrismaPage, relationPage, selectPage } from './prisma-list.ts';
import { searchFor } from './search.ts';
import { addUserErrors } from './user-error.ts';

export const ComponentType = builder.prismaObject('Component', {
  description: 'A reusable scripted step. What it is made of stands in its current version.',
  interfaces: [NodeType],
  select: { id: true },
  fields: (t) => ({
    id: t.exposeID('id'),
    key: t.exposeString('key', { description: 'Unique, [a-z0-9][a-z0-9._-]{0,127}.' }),
    name: t.exposeString('name'),
    description: t.exposeString('description', { nullable: true }),
    version: t.int({
      description: 'Of the current definition, from 1.',
      select: { currentVersion: { select: { version: true } } },
      resolve: ({ currentVersion }) => currentVersion.version,
    }),
    triggers: t.field({
      type: [TriggerType],
      select: { currentVersion: { select: { triggers: true } } },
      resolve: ({ currentVersion }) => currentVersion.triggers,
    }),
    script: t.relation('currentVersion', { type: ScriptType }),
    inputSchema: t.field({
      description: 'JSON Schema, draft 2020-12; {} accepts everything.',
      type: 'JSONObject',
      select: { currentVersion: { select: { inputSchema: true } } },
      resolve: ({ currentVersion }) => currentVersion.inputSchema,
    }),
    providerDependencies: t.field({
      type: [ProviderDependencyType],
      select: { currentVersion: { select: { providerDependencies: true } } },
      resolve: ({ currentVersion }) => currentVersion.providerDependencies,
    }),
    retryPolicy: t.relation('currentVersion', { type: RetryPolicyType }),
    timeoutSeconds: t.float({
      description: 'Of one attempt at the runner.',
      select: { currentVersion: { select: { timeoutSeconds: true } } },
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
      select: (args, _, nested) => ({
        versions: selectPage(nested, 'ComponentVersion', VERSIONS, args),
      }),
      resolve: ({ id, versions }, args, ctx) =>
        relationPage(ctx, ctx.db.prisma.componentVersion, VERSIONS, id, versions, args),
    }),
    attachments: t.field({
      description: 'Where it is attached now, by displayOrder.',
      type: AttachmentConnection,
      args: forwardArgs(),
      select: (args, _, nested) => ({
        attachments: selectPage(nested, 'Attachment', ATTACHMENTS, args),
      }),
      resolve: ({ id, attachments }, args, ctx) =>
        relationPage(ctx, ctx.db.prisma.attachment, ATTACHMENTS, id, attachments, args),
    }),
  }),
});

const VERSIONS = { list: VERSION_LIST, parent: 'componentId', where: {} } as const;
const ATTACHMENTS = { list: ATTACHMENT_LIST, parent: 'componentId', where: SHOWN } as const;

builder.prismaObjectField(AttachmentType, 'component', (t) => t.relation('component'));

const ComponentConnection = connectionType('Component', ComponentType, { counted: true });

const COMPONENT_LIST = prismaList<Component>('components', { key: z.string() }, 'asc');

builder.queryFields((t) => ({
  component: t.prismaField({
    type: ComponentType,
    nullable: true,
    args: { id: t.arg.id(), key: t.arg.string() },
    resolve: (query, _, keys, { db }) => {
      const where = oneKey(keys);
      return where && db.prisma.component.findUnique({ ...query, where });
    },
  }),

  components: t.field({
    description: 'By key; archived ones only where asked for.',
    type: ComponentConnection,
    weighs: { search: 100 },
    args: {
      ...bothWaysArgs(),
      search: t.arg.string({ description: 'Part of the key, the name or the description.' }),
      trigger: t.arg({ type: TriggerType }),
      includeArchived: t.arg.boolean(),
    },
    resolve: (_, { search, trigger, includeArchived, ...args }, ctx, info) => {
      const where = {
        ...(includeArchived ? {} : { archivedAt: null }),
        ...(trigger ? { currentVersion: { triggers: { has: trigger } } } : {}),
        ...searchFor(search, ['key', 'name', 'description']),
      };
      return readPrismaPage(ctx, info, ctx.db.prisma.component, COMPONENT_LIST, where, args);
    },
  }),
}));

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
        id === null ? null : db.prisma.component.findUnique({ ...query, where: { id } }),
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
