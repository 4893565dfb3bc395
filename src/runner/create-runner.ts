import type { Config } from '../config/config.ts';
import { echoRunner } from './echo-runner.ts';
import { createHttpRunner, type HttpRunnerOptions } from './http-runner.ts';
import type { ScriptRunner } from './script-runner.ts';

/** Creates the script runner that the configuration selects; without a URL, the echo runner. */
export function createRunner(config: Config): ScriptRunner {
  const { runnerUrl: url } = config;
  return url === null ? echoRunner : createHttpRunner({ ...runnerOptions(config), url });
}

/** How calls are sent, except where to. */
export const runnerOptions = (config: Config): Omit<HttpRunnerOptions, 'url'> => ({
  apiKey: config.runnerApiKey ?? undefined,
  signingSecrets: config.runnerSigningSecrets,
  proxyEnv: config.proxyEnv,
});
