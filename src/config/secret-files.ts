import { readFileSync } from 'node:fs';

/** The variables that hold secrets. Each may be in a file, whose path is in the variable with `_FILE` after its name. */
const SECRETS = [
  'DATABASE_URL',
  'JOURNEY_RUNTIME_LISTEN_DATABASE_URL',
  'DATABASE_REPLICA_URLS',
  'JOURNEY_RUNTIME_RUNNER_API_KEY',
  'JOURNEY_RUNTIME_RUNNER_SIGNING_SECRET',
  'JOURNEY_RUNTIME_SECRET_KEYS',
] as const;

/** Returns the variables with the contents of secret files, and the mistakes in the variables that name these. */
export function withSecretFiles(given: NodeJS.ProcessEnv): { env: NodeJS.ProcessEnv; mistakes: string[] } {
  const env = { ...given };
  const mistakes: string[] = [];
  for (const name of SECRETS) {
    const path = given[`${name}_FILE`];
    if (path === undefined) continue;
    if (given[name] !== undefined) mistakes.push(`${name}_FILE is set beside ${name}; set one of them`);
    else {
      try {
        env[name] = readFileSync(path.trim(), 'utf8').trim();
      } catch (error) {
        mistakes.push(
          `${name}_FILE names a file that cannot be read (${(error as NodeJS.ErrnoException).code})`,
        );
      }
    }
  }
  return { env, mistakes };
}
