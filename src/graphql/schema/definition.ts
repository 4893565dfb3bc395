import type { Definition } from '../../catalogue/components/component-definition.ts';
import { builder } from './builder.ts';

/** The fields that a component's version fixes. The component itself shows those of its current version. */
export const TriggerType = builder.enumType('Trigger', {
  description: 'An event that may start a run of a component.',
  values: {
    CHECKOUT: { value: 'CHECKOUT', description: 'A checkout, by enqueueCheckoutRuns.' },
    POST_CHECKOUT: {
      value: 'POST_CHECKOUT',
      description: 'The time after a checkout: enqueueCheckoutRuns, and later runOrderAutomation.',
    },
    PRESET: {
      value: 'PRESET',
      description: 'A preset of the shop. Clients enqueue these runs by enqueueRun.',
    },
    AUTOMATION: {
      value: 'AUTOMATION',
      description: 'An automation over a recorded order, by runOrderAutomation.',
    },
    OPERATOR: {
      value: 'OPERATOR',
      description: 'A person who operates the shop, by enqueueRun or runOrderAutomation.',
    },
  } as const,
});

const BackoffType = builder.enumType('Backoff', {
  description: 'How the delay before a retry grows.',
  values: {
    FIXED: { value: 'FIXED', description: 'Every delay is initialDelaySeconds.' },
    EXPONENTIAL: {
      value: 'EXPONENTIAL',
      description:
        'The delay is random, between 0 and an upper limit (full jitter). The limit starts at initialDelaySeconds and doubles with each retry, up to maxDelaySeconds.',
    },
  } as const,
});

export const ScriptType = builder.prismaObject('ComponentVersion', {
  variant: 'Script',
  description:
    'The script that the script runner executes. The service sends these fields to the script runner and does not interpret them.',
  select: { id: true },
  fields: (t) => ({
    slug: t.exposeString('scriptSlug', { description: 'The name of the script, such as gift/note.' }),
    runtime: t.exposeString('scriptRuntime', {
      description: 'The runtime that the script needs, such as node-22.',
    }),
    version: t.exposeString('scriptVersion', {
      description: 'The version of the script. null when it has none.',
      nullable: true,
    }),
    metadata: t.expose('scriptMetadata', {
      description: 'JSON that the client stored with the script.',
      type: 'JSONObject',
    }),
  }),
});

export const ProviderDependencyType = builder
  .objectRef<Definition['providerDependencies'][number]>('ProviderDependency')
  .implement({
    description: 'An external provider that a script uses.',
    fields: (t) => ({
      key: t.exposeString('key', { description: 'The key of the provider.' }),
      optional: t.exposeBoolean('optional', {
        description: 'If true, the script works without the provider.',
      }),
    }),
  });

export const RetryPolicyType = builder.prismaObject('ComponentVersion', {
  description:
    'The rules by which failed attempts are retried. Only errors with retryable: true are retried.',
  variant: 'RetryPolicy',
  select: { id: true },
  fields: (t) => ({
    maxAttempts: t.exposeInt('maxAttempts', {
      description:
        'The highest number of attempts of a run, from 1. With 1, failed attempts are not retried.',
    }),
    backoff: t.expose('backoff', { description: 'How the delay before a retry grows.', type: BackoffType }),
    initialDelaySeconds: t.exposeFloat('initialDelaySeconds', {
      description: 'The delay before the first retry, in seconds.',
    }),
    maxDelaySeconds: t.exposeFloat('maxDelaySeconds', {
      description:
        'The longest delay before a retry, in seconds. It also limits a Retry-After header from the script runner.',
    }),
  }),
});

export const ScriptInput = builder.inputType('ScriptInput', {
  description:
    'The script that the script runner executes. The service sends these fields to the script runner and does not interpret them.',
  fields: (t) => ({
    slug: t.string({
      description: 'The name of the script, such as gift/note, at most 200 characters.',
      required: true,
    }),
    runtime: t.string({
      description: 'The runtime that the script needs, such as node-22, at most 100 characters.',
      required: true,
    }),
    version: t.string({
      description: 'The version of the script, at most 100 characters. Defaults to null.',
    }),
    metadata: t.field({
      description: 'JSON to store with the script, at most 256 KiB. Defaults to {}.',
      type: 'JSONObject',
    }),
  }),
});

export const ProviderDependencyInput = builder.inputType('ProviderDependencyInput', {
  description: 'An external provider that a script uses.',
  fields: (t) => ({
    key: t.string({ description: 'The key of the provider, at most 128 characters.', required: true }),
    optional: t.boolean({
      description: 'If true, the script works without the provider. Defaults to false.',
    }),
  }),
});

export const RetryPolicyInput = builder.inputType('RetryPolicyInput', {
  description: 'The rules by which failed attempts are retried.',
  fields: (t) => ({
    maxAttempts: t.int({
      required: true,
      description:
        'The highest number of attempts of a run, from 1 to 100. With 1, failed attempts are not retried.',
    }),
    backoff: t.field({
      type: BackoffType,
      description: 'How the delay before a retry grows. Defaults to EXPONENTIAL.',
    }),
    initialDelaySeconds: t.float({
      description: 'The delay before the first retry, from 0 to 604,800 seconds (7 days). Defaults to 1.',
    }),
    maxDelaySeconds: t.float({
      description:
        'The longest delay before a retry, from initialDelaySeconds to 604,800 seconds (7 days). It also limits a Retry-After header from the script runner. Defaults to 300, or to initialDelaySeconds if that is longer.',
    }),
  }),
});
