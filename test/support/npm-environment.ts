/**
 * The environment for an npm that a test starts. npm takes settings from the environment of the npm that runs the tests, so
 * that is left out; the way to the registry stays.
 */
export const NPM_ENVIRONMENT: NodeJS.ProcessEnv = Object.fromEntries(
  ['PATH', 'HOME', 'NODE_EXTRA_CA_CERTS', 'HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'no_proxy']
    .map((name) => [name, process.env[name]])
    .filter(([, value]) => value !== undefined),
);
