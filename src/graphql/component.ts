import { z } from 'zod';
import { archiveComponent, restoreComponent } from '../components/archive.ts';
import { COMPONENTS, type Component } from '../components/component-row.ts';
import { registerComponent } from '../components/register.ts';
import { updateComponent } from '../components/update.ts';
import type { Conditions } from '../db/row-list.ts';
import type { Written } from '../errors.ts';
import { nestedIn } from './asked.ts';
import { ATTACHMENT_LIST, AttachmentConnection, AttachmentType } from './attachment.ts';
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
import { rowByKey } from './row-by-id.ts';
import { readRowPage, readRowPageOf, rowList } from './row-list.ts';
import { searchFor } from './search.ts';
import { addUserErrors } from './user-error.ts';

export const ComponentType = builder.objectRef<Component>('Component').implement({
  description: 'A reusable scripted step. What it is made of stands in its current version.',
  interfaces: [NodeType],
  fields: (t) => ({
    id: t.exposeID('id'),
    key: t.exposeString('key', { description: 'Unique, [a-z0-9][a-z0-9._-]{0,127}.' }),
    name: t.exposeString('name'),
    description: t.exposeString('description', { nullable: true }),
    version: t.exposeInt('version', { description: 'Of the current definition, from 1.' }),
    triggers: t.expose('triggers', { type: [TriggerType] }),
    script: t.expose('script', { type: ScriptType }),
    inputSchema: t.expose('inputSchema', {
      description: 'JSON Schema, draft 2020-12; {} accepts everything.',
      type: 'JSONObject',
    }),
    providerDependencies: t.expose('providerDependencies', { type: [ProviderDependencyType] }),
    retryPolicy: t.expose('retryPolicy', { type: RetryPolicyType }),
    timeoutSeconds: t.float({
      description: 'Of one attempt at the runner.',
      reads: ['timeoutSeconds'],
      resolve: ({ timeoutSeconds }, _, { config }) => timeoutSeconds ?? config.runnerTimeoutSeconds,
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
      reads: ['id'],
      resolve: ({ id }, args, ctx, info) => readRowPageOf(ctx, info, VERSION_LIST, VERSIONS_OF, id, args),
    }),
    attachments: t.field({
      description: 'Where it is attached now, by displayOrder.',
      type: AttachmentConnection,
      args: forwardArgs(),
      reads: ['id'],
      resolve: ({ id }, args, ctx, info) => readRowPageOf(ctx, info, ATTACHMENT_LIST, ATTACHED_TO, id, args),
    }),
  }),
});

/** By the index on (component_id, version). */
const VERSIONS_OF = { parent: 'v.component_id', where: 'true' };
/** By the index on component_id. */
const ATTACHED_TO = { parent: 'a.component_id', where: 'a.hidden_at is null' };

builder.objectField(AttachmentType, 'component', (t) =>
  t.field({
    type: ComponentType,
    nests: () => ({ table: COMPONENTS, where: () => 'c.id = a.component_id' }),
    resolve: (attachment, args, _, info) => nestedIn<Component>(attachment, args, info),
  }),
);

const ComponentConnection = connectionType('Component', ComponentType, { counted: true });

const COMPONENT_LIST = rowList('components', COMPONENTS, { key: z.string() }, 'asc');

builder.queryFields((t) => ({
  component: t.field({
    type: ComponentType,
    nullable: true,
    args: { id: t.arg.id(), key: t.arg.string() },
    resolve: (_, { id, key }, ctx, info) => rowByKey(ctx, info, COMPONENTS, { id, key }),
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
      const found = searchFor(search, ['c.key', 'c.name', 'c.description']);
      const conditions: Conditions = (bind) => [
        ...(includeArchived ? [] : ['c.archived_at is null']),
        ...(trigger ? [`${bind(trigger)} = any(v.triggers)`] : []),
        ...found(bind),
      ];
      return readRowPage(ctx, info, COMPONENT_LIST, conditions, args);
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
    component: t.field({
      type: ComponentType,
      nullable: true,
      resolve: ({ id }, _, ctx, info) => (id === null ? null : rowByKey(ctx, info, COMPONENTS, { id })),
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
