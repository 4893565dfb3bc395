import type pg from 'pg';
import type { JsonObject } from '../../json/json.ts';
import { createRowCache, type RowCache } from '../../postgres/row-cache.ts';
import { json, rowsOf, type Statement, statement } from '../../postgres/statement.ts';
import type { ScriptSources } from '../../script-request/build.ts';
import type { RetryPolicy } from '../model/retry-policy.ts';

/** The fields of a component version that the execution of a run needs. */
export type ExecutableVersion = ScriptSources['componentVersion'] & {
  id: string;
  retryPolicy: RetryPolicy;
  /** The timeout of one attempt at the runner, in seconds; null: the service's default. */
  timeoutSeconds: number | null;
};

export type VersionCache = RowCache<ExecutableVersion>;

const MAX_VERSIONS = 2_000;

export const createVersionCache = (pool: pg.Pool): VersionCache =>
  createRowCache(MAX_VERSIONS, (versionId) => readVersion(pool, versionId));

export async function readVersion(pool: pg.Pool, versionId: string): Promise<ExecutableVersion> {
  const [version] = await rowsOf(pool, VERSION, [versionId]);
  if (!version) throw new Error(`component version ${versionId} is missing`);
  return version;
}

const VERSION: Statement<ExecutableVersion> = statement({
  name: 'version',
  text: `
  select v.id, v.version, v.script_slug as "scriptSlug", v.script_runtime as "scriptRuntime",
    v.script_version as "scriptVersion", v.script_metadata as "scriptMetadata",
    v.provider_dependencies as "providerDependencies", v.input_schema as "inputSchema",
    v.timeout_seconds as "timeoutSeconds",
    json_build_object('maxAttempts', v.max_attempts, 'backoff', v.backoff,
      'initialDelaySeconds', v.initial_delay_seconds, 'maxDelaySeconds', v.max_delay_seconds) as "retryPolicy",
    json_build_object('id', c.id, 'key', c.key) as component
  from journey_component_versions v join journey_components c on c.id = v.component_id
  where v.id = $1`,
  columns: {
    id: 'uuid',
    version: 'int4',
    scriptSlug: 'text',
    scriptRuntime: 'text',
    scriptVersion: 'text?',
    scriptMetadata: json<JsonObject>(),
    providerDependencies: json<ExecutableVersion['providerDependencies']>(),
    inputSchema: json<JsonObject>(),
    timeoutSeconds: 'float8?',
    retryPolicy: json<RetryPolicy>(),
    component: json<ExecutableVersion['component']>(),
  },
});
