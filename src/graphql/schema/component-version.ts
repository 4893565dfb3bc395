import { z } from 'zod';
import type { ComponentVersion } from '../../postgres/generated/prisma/client.ts';
import { prismaList } from '../selection/prisma-list.ts';
import { builder } from './builder.ts';
import { connectionType } from './connection.ts';
import { ProviderDependencyType, RetryPolicyType, ScriptType, TriggerType } from './definition.ts';
import { NodeType } from './node.ts';

export const ComponentVersionType = builder.prismaObject('ComponentVersion', {
  description:
    'One immutable definition of a component. Runs use the version that was current when they were enqueued.',
  interfaces: [NodeType],
  select: { id: true },
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The UUID of the version.' }),
    version: t.exposeInt('version', {
      description: 'The number of the version, from 1, in the order of the changes.',
    }),
    triggers: t.expose('triggers', {
      description: 'The events that may start a run of the component.',
      type: [TriggerType],
    }),
    script: t.variant(ScriptType, { description: 'The script that the script runner executes.' }),
    inputSchema: t.expose('inputSchema', {
      description:
        'The JSON Schema (draft 2020-12) that the inputs of the script must match. {} accepts every object.',
      type: 'JSONObject',
    }),
    providerDependencies: t.expose('providerDependencies', {
      description:
        'The external providers that the script uses. The service stores them and sends them to the script runner.',
      type: [ProviderDependencyType],
    }),
    retryPolicy: t.variant(RetryPolicyType, {
      description: 'The rules by which failed attempts are retried.',
    }),
    timeoutSeconds: t.float({
      description: 'The time limit of one attempt at the script runner, in seconds.',
      select: { timeoutSeconds: true },
      resolve: ({ timeoutSeconds }, _, { config }) => timeoutSeconds ?? config.runnerTimeoutSeconds,
    }),
    actor: t.exposeString('actor', {
      description:
        'The principal that saved the version. null when the service identified nobody, and for versions saved before this field.',
      nullable: true,
    }),
    actorName: t.string({
      description:
        'The name of the principal that saved the version, for people. null when `actor` is null, or is not a stored principal.',
      nullable: true,
      select: { actor: true },
      resolve: async ({ actor }, _, { db, loaders }) => {
        if (actor === null) return null;
        const names = loaders.of('principal names', async (ids) => {
          const found = await db.prisma.principal.findMany({
            where: { id: { in: [...ids] } },
            select: { id: true, name: true },
          });
          return new Map(found.map(({ id, name }) => [id, name]));
        });
        return (await names.load(actor)) ?? null;
      },
    }),
    createdAt: t.expose('createdAt', {
      description: 'The time at which the version was stored.',
      type: 'DateTime',
    }),
  }),
});

export const ComponentVersionConnection = connectionType('ComponentVersion', ComponentVersionType, {
  counted: false,
});

/** A component's versions, newest first. */
export const VERSION_LIST = prismaList<ComponentVersion>(
  'versions',
  { version: z.int32(), id: z.uuid() },
  'desc',
);
