import type { Config } from '../config.ts';
import { echoRunner } from './echo-runner.ts';
import { createHttpRunner } from './http-runner.ts';
import type { ScriptRunner } from './script-runner.ts';

/** Creates the script runner that the configuration selects; without a URL, the echo runner. */
export function createRunner(config: Config): ScriptRunner {
  if (config.runnerUrl === null) return echoRunner;
  return createHttpRunner({
    url: config.runnerUrl,
    apiKey: config.runnerApiKey ?? undefined,
    signingSecret: config.runnerSigningSecret ?? undefined,
    proxyEnv: config.proxyEnv,
  });
}
