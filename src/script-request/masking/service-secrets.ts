import type { Config } from '../../config/config.ts';

/**
 * The service's own secrets as text, each in the forms in which it is configured and sent: the script runner's API
 * key, credentials and query, the proxies' passwords, the signing secrets, the keys of secrets, the OpenID
 * Connect client's secret and the database password. A script host or an error may repeat them.
 */
export function serviceSecrets(
  {
    runnerUrl,
    runnerApiKey,
    runnerSigningSecrets,
    secretKeys,
    oidc,
    proxyEnv,
  }: Pick<Config, 'runnerUrl' | 'runnerApiKey' | 'runnerSigningSecrets' | 'secretKeys' | 'oidc' | 'proxyEnv'>,
  databaseUrl: string,
): string[] {
  const database = URL.parse(databaseUrl);
  const runner = runnerUrl === null ? null : URL.parse(runnerUrl);
  // The password of a trial database is often its user's name or its own, which is not secret.
  const names = [database?.username, database?.pathname.slice(1), database?.hostname].map(decoded);
  const databasePassword = decoded(database?.password);
  const secrets = [
    runnerApiKey,
    ...runnerSigningSecrets.flatMap((secret) => [secret, secret.replace(/^(whsec|whsk)_/, '')]),
    ...secretKeys.map(({ bytes }) => bytes.toString('base64')),
    oidc?.clientSecret,
    names.includes(databasePassword) ? null : databasePassword,
    decoded(runner?.password || runner?.username),
    runner?.search.slice(1),
    ...[proxyEnv.HTTP_PROXY, proxyEnv.HTTPS_PROXY].map((proxy) => decoded(URL.parse(proxy ?? '')?.password)),
    ...(runner ? [...runner.searchParams.values()].filter(({ length }) => length >= SHORTEST_VALUE) : []),
  ];
  return [...new Set(secrets.filter((secret) => secret != null && secret !== ''))] as string[];
}

/** A shorter value in a URL's query is taken for a flag or a version. */
const SHORTEST_VALUE = 8;

function decoded(part: string | undefined): string | undefined {
  if (part === undefined) return undefined;
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
