import type { Json, JsonObject } from '../json/json.ts';
import { parseStoredJson } from '../json/parse.ts';
import { ECHO_RUNNER } from '../script-request/masking/mask-run.ts';
import type { ScriptRunner } from './script-runner.ts';

/** The runner that is used when no script host is configured. Its result is the request's inputs. */
export const echoRunner: ScriptRunner = {
  name: ECHO_RUNNER,
  external: false,
  async run({ body, signal }) {
    const startedAt = performance.now();
    const result: Json = signal.aborted ? null : ((parseStoredJson(body) as JsonObject).inputs ?? null);
    const latencyMs = Math.round((performance.now() - startedAt) * 100) / 100;
    return signal.aborted ? { kind: 'aborted', latencyMs } : { kind: 'result', result, latencyMs };
  },
  async close() {},
};
