import { z } from 'zod';
import { COMPONENT_VERSIONS, type ComponentVersion } from '../components/component-row.ts';
import { builder } from './builder.ts';
import { connectionType } from './connection.ts';
import { ProviderDependencyType, RetryPolicyType, ScriptType, TriggerType } from './definition.ts';
import { NodeType } from './node.ts';
import { rowList } from './row-list.ts';

export const ComponentVersionType = builder.objectRef<ComponentVersion>('ComponentVersion').implement({
  description: 'One immutable definition of a component; a run keeps the one that it was enqueued with.',
  interfaces: [NodeType],
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    triggers: t.expose('triggers', { type: [TriggerType] }),
    script: t.expose('script', { type: ScriptType }),
    inputSchema: t.expose('inputSchema', { type: 'JSONObject' }),
    providerDependencies: t.expose('providerDependencies', { type: [ProviderDependencyType] }),
    retryPolicy: t.expose('retryPolicy', { type: RetryPolicyType }),
    timeoutSeconds: t.float({
      description: 'Of one attempt at the runner.',
      reads: ['timeoutSeconds'],
      resolve: ({ timeoutSeconds }, _, { config }) => timeoutSeconds ?? config.runnerTimeoutSeconds,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});

export const ComponentVersionConnection = connectionType('ComponentVersion', ComponentVersionType, {
  counted: false,
});

/** Newest first. */
export const VERSION_LIST = rowList(
  'versions',
  COMPONENT_VERSIONS,
  { version: z.int32(), id: z.uuid() },
  'desc',
);
