import { z } from 'zod';
import type { Definition } from '../components/component.ts';
import type { JsonObject } from '../json/json.ts';
import { builder } from './builder.ts';
import { connectionType } from './connection.ts';
import { keysetCursor } from './cursor.ts';
import {
  ProviderDependencyType,
  RetryPolicyType,
  retryPolicyOf,
  ScriptType,
  scriptOf,
  TriggerType,
} from './definition.ts';
import type { NestedList } from './nested-page.ts';

export const ComponentVersionType = builder.prismaObject('ComponentVersion', {
  description: 'One immutable definition of a component; a run keeps the one that it was enqueued with.',
  select: { id: true },
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    triggers: t.expose('triggers', { type: [TriggerType] }),
    script: t.field({
      type: ScriptType,
      select: { scriptSlug: true, scriptRuntime: true, scriptVersion: true, scriptMetadata: true },
      resolve: scriptOf,
    }),
    inputSchema: t.field({
      type: 'JSONObject',
      select: { inputSchema: true },
      resolve: ({ inputSchema }) => inputSchema as JsonObject,
    }),
    providerDependencies: t.field({
      type: [ProviderDependencyType],
      select: { providerDependencies: true },
      resolve: ({ providerDependencies }) => providerDependencies as Definition['providerDependencies'],
    }),
    retryPolicy: t.field({
      type: RetryPolicyType,
      select: { maxAttempts: true, backoff: true, initialDelaySeconds: true, maxDelaySeconds: true },
      resolve: retryPolicyOf,
    }),
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

/** Newest first, by the index on (component_id, version). */
export const VERSIONS: NestedList = {
  name: 'versions',
  table: 'journey_component_versions',
  parent: 'component_id',
  where: 'true',
  field: { column: 'version', direction: 'desc' },
  cursor: keysetCursor('versions', z.tuple([z.int32(), z.uuid()])),
};
