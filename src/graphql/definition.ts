import type { Definition } from '../components/component.ts';
import { builder } from './builder.ts';

/** What a component's version fixes; the component itself shows that of its current version. */
export const TriggerType = builder.enumType('Trigger', {
  description: 'What may start a component.',
  values: ['CHECKOUT', 'POST_CHECKOUT', 'PRESET', 'AUTOMATION', 'OPERATOR'] as const,
});

const BackoffType = builder.enumType('Backoff', {
  description: 'How the delay grows from one attempt to the next.',
  values: {
    FIXED: { value: 'FIXED', description: 'Always initialDelaySeconds.' },
    EXPONENTIAL: {
      value: 'EXPONENTIAL',
      description: 'Doubled at each attempt, and then anything from 0 up to that (full jitter).',
    },
  } as const,
});

export const ScriptType = builder.prismaObject('ComponentVersion', {
  variant: 'Script',
  description: 'What the script runner is asked to run.',
  select: { id: true },
  fields: (t) => ({
    slug: t.exposeString('scriptSlug'),
    runtime: t.exposeString('scriptRuntime'),
    version: t.exposeString('scriptVersion', { nullable: true }),
    metadata: t.expose('scriptMetadata', { type: 'JSONObject' }),
  }),
});

export const ProviderDependencyType = builder
  .objectRef<Definition['providerDependencies'][number]>('ProviderDependency')
  .implement({
    fields: (t) => ({ key: t.exposeString('key'), optional: t.exposeBoolean('optional') }),
  });

export const RetryPolicyType = builder.prismaObject('ComponentVersion', {
  variant: 'RetryPolicy',
  select: { id: true },
  fields: (t) => ({
    maxAttempts: t.exposeInt('maxAttempts', { description: '1: never tried again.' }),
    backoff: t.expose('backoff', { type: BackoffType }),
    initialDelaySeconds: t.exposeFloat('initialDelaySeconds'),
    maxDelaySeconds: t.exposeFloat('maxDelaySeconds', {
      description: "Caps a runner's Retry-After as well.",
    }),
  }),
});

export const ScriptInput = builder.inputType('ScriptInput', {
  fields: (t) => ({
    slug: t.string({ required: true }),
    runtime: t.string({ required: true }),
    version: t.string(),
    metadata: t.field({ type: 'JSONObject' }),
  }),
});

export const ProviderDependencyInput = builder.inputType('ProviderDependencyInput', {
  fields: (t) => ({ key: t.string({ required: true }), optional: t.boolean() }),
});

export const RetryPolicyInput = builder.inputType('RetryPolicyInput', {
  fields: (t) => ({
    maxAttempts: t.int({ required: true, description: 'From 1 to 100.' }),
    backoff: t.field({ type: BackoffType, description: 'Unless given: EXPONENTIAL.' }),
    initialDelaySeconds: t.float({ description: 'Unless given: 1.' }),
    maxDelaySeconds: t.float({
      description: 'Unless given: 300, or initialDelaySeconds where that is more.',
    }),
  }),
});
