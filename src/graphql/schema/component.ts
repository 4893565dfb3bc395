import { z } from 'zod';
import { archiveComponent, restoreComponent } from '../../catalogue/components/archive.ts';
import { registerComponent } from '../../catalogue/components/register.ts';
import { updateComponent } from '../../catalogue/components/update.ts';
import type { SaveResult } from '../../errors.ts';
import type { Component, Prisma } from '../../postgres/generated/prisma/client.ts';
import { shownShop } from '../../shop.ts';
import { oneKey, uniqueWhere } from '../selection/one-key.ts';
import { prismaList, readPrismaPage, relationPage, selectPage } from '../selection/prisma-list.ts';
import { searchFor } from '../selection/search.ts';
import { ATTACHMENT_LIST, AttachmentConnection, AttachmentType, SHOWN } from './attachment.ts';
import { builder } from './builder.ts';
import { RegisterComponentInput, UpdateComponentInput } from './component-inputs.ts';
import { ComponentVersionConnection, VERSION_LIST } from './component-version.ts';
import { bothWaysArgs, connectionType, forwardArgs } from './connection.ts';
import { ProviderDependencyType, RetryPolicyType, ScriptType, TriggerType } from './definition.ts';
import { NodeType } from './node.ts';
import { ofShop, SHOP_IN_CURSOR, shopArg, shopFilterArg } from './shop-args.ts';
import { addUserErrors } from './user-error.ts';

export const ComponentType = builder.prismaObject('Component', {
  description:
    'A reusable scripted step. Its definition (triggers, script, inputSchema, providerDependencies, retryPolicy, timeoutSeconds) is that of its current version.',
  interfaces: [NodeType],
  select: { id: true },
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The UUID of the component.' }),
    shop: t.string({
      description: 'The shop of the component. null when it was stored without one.',
      nullable: true,
      select: { shop: true },
      resolve: ({ shop }) => shownShop(shop),
    }),
    key: t.exposeString('key', {
      description:
        'The key of the component, unique within its shop. It matches [a-z0-9][a-z0-9._-]{0,127} and never changes.',
    }),
    name: t.exposeString('name', { description: 'The name of the component, for people.' }),
    description: t.exposeString('description', {
      description: 'A text about the component, for people.',
      nullable: true,
    }),
    version: t.int({
      description: 'The number of the current version, from 1.',
      select: { currentVersion: { select: { version: true } } },
      resolve: ({ currentVersion }) => currentVersion.version,
    }),
    triggers: t.field({
      description: 'The events that may start a run of the component.',
      type: [TriggerType],
      select: { currentVersion: { select: { triggers: true } } },
      resolve: ({ currentVersion }) => currentVersion.triggers,
    }),
    script: t.relation('currentVersion', {
      description: 'The script that the script runner executes.',
      type: ScriptType,
    }),
    inputSchema: t.field({
      description:
        'The JSON Schema (draft 2020-12) that the inputs of the script must match. {} accepts every object.',
      type: 'JSONObject',
      select: { currentVersion: { select: { inputSchema: true } } },
      resolve: ({ currentVersion }) => currentVersion.inputSchema,
    }),
    providerDependencies: t.field({
      description:
        'The external providers that the script uses. The service stores them and sends them to the script runner.',
      type: [ProviderDependencyType],
      select: { currentVersion: { select: { providerDependencies: true } } },
      resolve: ({ currentVersion }) => currentVersion.providerDependencies,
    }),
    retryPolicy: t.relation('currentVersion', {
      description: 'The rules by which failed attempts are retried.',
      type: RetryPolicyType,
    }),
    timeoutSeconds: t.float({
      description: 'The time limit of one attempt at the script runner, in seconds.',
      select: { currentVersion: { select: { timeoutSeconds: true } } },
      resolve: ({ currentVersion }, _, { config }) =>
        currentVersion.timeoutSeconds ?? config.runnerTimeoutSeconds,
    }),
    archivedAt: t.expose('archivedAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'The time at which the component was archived. null while it is in use. An archived component stays in the history; it cannot be attached, and no run of it is enqueued.',
    }),
    createdAt: t.expose('createdAt', {
      description: 'The time at which the component was registered.',
      type: 'DateTime',
    }),
    updatedAt: t.expose('updatedAt', {
      description: 'The time of the latest change of the component.',
      type: 'DateTime',
    }),
    versions: t.field({
      description: 'The versions of the component, newest first.',
      type: ComponentVersionConnection,
      args: forwardArgs(),
      select: (args, _, nested) => ({
        versions: selectPage(nested, 'ComponentVersion', VERSIONS, args),
      }),
      resolve: ({ id, versions }, args, ctx) =>
        relationPage(ctx, ctx.db.prisma.componentVersion, VERSIONS, id, versions, args),
    }),
    attachments: t.field({
      description: 'The attachments of the component on products, by displayOrder.',
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

builder.prismaObjectField(AttachmentType, 'component', (t) =>
  t.relation('component', { description: 'The component that is attached.' }),
);

const ComponentConnection = connectionType('Component', ComponentType, { counted: true });

const COMPONENT_LIST = prismaList<Component>('components', { key: z.string(), shop: SHOP_IN_CURSOR }, 'asc');

builder.queryFields((t) => ({
  component: t.prismaField({
    description:
      'The component with this id or key. null when there is none. Set exactly one argument; otherwise the error is BAD_REQUEST.',
    type: ComponentType,
    nullable: true,
    args: {
      id: t.arg.id({ description: 'The id of the component.' }),
      key: t.arg.string({ description: 'The key of the component.' }),
      shop: shopArg('component'),
    },
    resolve: (query, _, { shop, ...keys }, { db }) => {
      const key = oneKey(keys, shop);
      return (
        key &&
        db.prisma.component.findUnique({
          ...query,
          where: uniqueWhere<Prisma.ComponentWhereUniqueInput>(key),
        })
      );
    },
  }),

  components: t.field({
    description: 'The components, by key and shop. Archived components are left out by default.',
    type: ComponentConnection,
    weighs: { search: 100 },
    args: {
      ...bothWaysArgs(),
      search: t.arg.string({
        description:
          'A text that the key, the name or the description contains, ignoring case. At most 200 characters.',
      }),
      trigger: t.arg({
        description: 'Lists only the components whose current version has this trigger.',
        type: TriggerType,
      }),
      shop: shopFilterArg('components'),
      includeArchived: t.arg.boolean({
        description: 'If true, archived components are listed too. Defaults to false.',
      }),
    },
    resolve: (_, { search, trigger, shop, includeArchived, ...args }, ctx, info) => {
      const where = {
        ...(includeArchived ? {} : { archivedAt: null }),
        ...ofShop(shop),
        ...(trigger ? { currentVersion: { triggers: { has: trigger } } } : {}),
        ...searchFor(search, ['key', 'name', 'description']),
      };
      return readPrismaPage(ctx, info, ctx.db.prisma.component, COMPONENT_LIST, where, args);
    },
  }),
}));

const ComponentPayload = builder.objectRef<SaveResult>('ComponentPayload');
ComponentPayload.implement({
  description: 'The result of a change of a component.',
  fields: (t) => ({
    component: t.prismaField({
      description:
        'The component as stored after the change. null when there are userErrors, except with CONFLICT, which returns the stored component.',
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
    description:
      'Registers a new component. The error is ALREADY_EXISTS if another component of the shop has the key.',
    type: ComponentPayload,
    audits: 'Component',
    args: {
      input: t.arg({
        description: 'The definition of the component.',
        type: RegisterComponentInput,
        required: true,
      }),
    },
    resolve: (_, { input }, { db, principal }) => registerComponent(db, input, principal.id),
  }),
  updateComponent: t.field({
    description:
      'Updates a component. A changed definition creates a new version; a change of name or description alone does not. Runs that are already enqueued use the version they were enqueued with.',
    type: ComponentPayload,
    audits: 'Component',
    args: {
      id: t.arg.id({ description: 'The id of the component.', required: true }),
      input: t.arg({ description: 'The changes.', type: UpdateComponentInput, required: true }),
    },
    resolve: (_, { id, input }, { db, principal }) => updateComponent(db, id, input, principal.id),
  }),
  archiveComponent: t.field({
    description:
      'Archives a component: it cannot be attached, and no run of it is enqueued. It stays in the history, and runs that are already queued are executed. Archiving an archived component succeeds.',
    type: ComponentPayload,
    audits: 'Component',
    args: { id: t.arg.id({ description: 'The id of the component.', required: true }) },
    resolve: (_, { id }, { db }) => archiveComponent(db, id),
  }),
  restoreComponent: t.field({
    description:
      'Restores an archived component, so that it can be attached and enqueued again. Restoring a component that is not archived succeeds.',
    type: ComponentPayload,
    audits: 'Component',
    args: { id: t.arg.id({ description: 'The id of the component.', required: true }) },
    resolve: (_, { id }, { db }) => restoreComponent(db, id),
  }),
}));
