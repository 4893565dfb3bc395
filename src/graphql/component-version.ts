import { z } from 'zod';
import type { ComponentVersion } from '../db/generated/prisma/client.ts';
import { builder } from './builder.ts';
import { connectionType } from './connection.ts';
import { ProviderDependencyType, RetryPolicyType, ScriptType, TriggerType } from './definition.ts';
import { NodeType } from './node.ts';
import { prismaList } from './prisma-list.ts';

export const ComponentVersionType = builder.prismaObject('ComponentVersion', {
  description: 'One immutable definition of a component; a run keeps the one that it was enqueued with.',
  interfaces: [NodeType],
  select: { id: true },
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    triggers: t.expose('triggers', { type: [TriggerType] }),
    script: t.variant(ScriptType),
    inputSchema: t.expose('inputSchema', { type: 'JSONObject' }),
    providerDependencies: t.expose('providerDependencies', { type: [ProviderDependencyType] }),
    retryPolicy: t.variant(RetryPolicyType),
    timeoutSeconds: t.float({
      description: 'Of one attempt at the runner.',
      select: { timeoutSeconds: true },
      resolve: ({ timeoutSeconds }, _, { config }) => timeoutSeconds ?? config.runnerTimeoutSeconds,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});

export const ComponentVersionConnection = connectionType('ComponentVersion', ComponentVersionType, {
  counted: false,
});

/** Newest first. */
export const VERSION_LIST = prismaList<ComponentVersion>(
  'versions',
  { version: z.int32(), id: z.uuid() },
  'desc',
);
