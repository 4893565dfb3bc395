import { json, type RowColumns } from '../../postgres/statement.ts';
import type { Definition } from './component-definition.ts';

/** A definition as parameters of `VERSION_COLUMNS`, in their order. */
export function versionValues(definition: Definition): unknown[] {
  const { triggers, script, inputSchema, providerDependencies, retryPolicy, timeoutSeconds } = definition;
  return [
    triggers,
    script.slug,
    script.runtime,
    script.version,
    JSON.stringify(script.metadata),
    JSON.stringify(inputSchema),
    JSON.stringify(providerDependencies),
    retryPolicy.maxAttempts,
    retryPolicy.backoff,
    retryPolicy.initialDelaySeconds,
    retryPolicy.maxDelaySeconds,
    timeoutSeconds,
  ];
}

export const VERSION_COLUMNS = `triggers, script_slug, script_runtime, script_version, script_metadata, input_schema,
  provider_dependencies, max_attempts, backoff, initial_delay_seconds, max_delay_seconds, timeout_seconds`;

/** The parameters with their types, for an `insert … select`. */
export const versionParameters = (first: number): string =>
  TYPES.map((type, index) => `$${first + index}::${type}`).join(', ');

const TYPES = [
  'journey_trigger[]',
  'text',
  'text',
  'text',
  'jsonb',
  'jsonb',
  'jsonb',
  'int',
  'journey_backoff',
  'float8',
  'float8',
  'float8',
];

/** The SQL expression of each field of a Definition, where `v` is the version. */
export const DEFINITION_COLUMNS = {
  triggers: 'v.triggers::text[]',
  script: `json_build_object('slug', v.script_slug, 'runtime', v.script_runtime, 'version', v.script_version,
    'metadata', v.script_metadata)`,
  inputSchema: 'v.input_schema',
  providerDependencies: 'v.provider_dependencies',
  retryPolicy: `json_build_object('maxAttempts', v.max_attempts, 'backoff', v.backoff,
    'initialDelaySeconds', v.initial_delay_seconds, 'maxDelaySeconds', v.max_delay_seconds)`,
  timeoutSeconds: 'v.timeout_seconds',
} as const satisfies Record<keyof Definition, string>;

export const DEFINITION_TYPES = {
  triggers: 'text[]',
  script: json<Definition['script']>(),
  inputSchema: json<Definition['inputSchema']>(),
  providerDependencies: json<Definition['providerDependencies']>(),
  retryPolicy: json<Definition['retryPolicy']>(),
  timeoutSeconds: 'float8?',
} as const satisfies RowColumns;
