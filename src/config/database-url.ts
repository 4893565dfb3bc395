import { z } from 'zod';
import { text } from './config-values.ts';

/** One of the servers that a database URL lists. A host that begins with a slash is the folder of a socket. */
export type DatabaseHost = { host: string; port: number };

/** The parameter of a URL with its servers if it lists several, as host:port with commas between them. */
const HOSTS = 'hosts';

/** The servers of a URL that lists several; empty for one of a single server. */
export const hostsOf = (url: URL): DatabaseHost[] =>
  (url.searchParams.get(HOSTS)?.split(',') ?? []).map((entry) => {
    const [host, port] = entry.split(':') as [string, string];
    return { host: decodeURIComponent(host), port: Number(port) };
  });

/** The URL as pg takes it: of the first server, and with sslmode as libpq reads it. By itself, pg verifies more. */
export function urlForPg(url: URL): URL {
  const one = new URL(url);
  one.searchParams.delete(HOSTS);
  const mode = one.searchParams.get('sslmode');
  if (mode !== null && mode !== 'no-verify') one.searchParams.set('uselibpqcompat', 'true');
  return one;
}

/**
 * A setting with the URL of a database as libpq's programs take it. Its value is a URL that URL can parse: several hosts, or a
 * socket beside a user, are in its parameters.
 */
export const databaseUrl = (unset: string) =>
  text.transform((value, context) => {
    const read = readUrl(value, unset);
    if (typeof read === 'string') {
      context.addIssue({ code: 'custom', message: read });
      return z.NEVER;
    }
    return read.href;
  });

const PARTS = /^(postgres(?:ql)?:)\/\/(?:([^@/?#]*)@)?([^@/?#]*)(\/[^?#]*)?(\?[^#]*)?$/i;
const HOST_AND_PORT = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/;
const PORT = 5432;

/** Returns the URL, or the mistake in it. */
function readUrl(value: string, unset: string): URL | string {
  const form = `must be a URL such as postgresql://user:password@host:5432/database, or unset ${unset}`;
  if (/^\w+\s*=/.test(value)) return `${form}; a list of key=value is not supported`;
  const [, scheme, user, authority = '', path = '', query = ''] = PARTS.exec(value) ?? [];
  if (!scheme) return form;
  const parameters = new URLSearchParams(query);
  const named = parameters.get('host');
  const servers = named === null ? authority.split(',') : namedHosts(named);
  const hosts = listedHosts(servers, parameters.get('port'));
  if (!hosts) return form;
  const mistake = tlsMistake(parameters) ?? parameterMistake(parameters);
  if (mistake) return mistake;
  parameters.delete('target_session_attrs');
  if (hosts.length > 1) {
    for (const name of ['host', 'port']) parameters.delete(name);
    parameters.set(HOSTS, hosts.map(({ host, port }) => `${encodeURIComponent(host)}:${port}`).join(','));
  }
  const [{ host, port }] = hosts as [DatabaseHost];
  const single = user !== undefined && authority === '' ? 'localhost' : authority;
  const server = hosts.length > 1 ? `${/^\/|^$/.test(host) ? 'localhost' : host}:${port}` : single;
  const credentials = user === undefined ? '' : `${user}@`;
  const rest = parameters.size > 0 ? `?${parameters}` : '';
  return URL.parse(`${scheme}//${credentials}${server}${path}${rest}`) ?? form;
}

/** The hosts of the parameter `host`. A folder of a socket may have a comma in its name. */
function namedHosts(list: string): string[] {
  const hosts = list.split(',');
  const isList = hosts.every((host) => host.startsWith('/') || !host.includes('/'));
  return (isList ? hosts : [list]).map(encodeURIComponent);
}

/** The hosts with their ports; null if one of them is malformed. One port is for all hosts. */
function listedHosts(list: string[], ports: string | null): DatabaseHost[] | null {
  const given = ports?.split(',') ?? [];
  const hosts = list.map((entry, index): DatabaseHost | null => {
    const [matched, host = '', port] = HOST_AND_PORT.exec(entry) ?? [];
    const number = Number(given[index] || given[0] || port || PORT);
    const isValid = matched !== undefined && Number.isInteger(number) && number > 0 && number <= 65_535;
    return isValid ? { host: decoded(host), port: number } : null;
  });
  return hosts.every((host) => host !== null) ? hosts : null;
}

function tlsMistake(parameters: URLSearchParams): string | null {
  const mode = parameters.get('sslmode');
  if (mode !== null && !TLS_MODES.has(mode))
    return `has the sslmode ${mode.slice(0, 20)}; it must be one of disable, prefer, require, verify-ca, verify-full`;
  if (mode === 'verify-ca' && !parameters.has('sslrootcert'))
    return 'has the sslmode verify-ca without sslrootcert; add the file of the certificate authority, or use verify-full';
  return null;
}

const TLS_MODES = new Set(['disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify']);

function parameterMistake(parameters: URLSearchParams): string | null {
  if (parameters.has('schema'))
    return 'has the parameter schema, which PostgreSQL does not know; remove it, and set the schema on the role (alter role … set search_path = …), or by options=-csearch_path%3D…';
  if (!WRITABLE.has(parameters.get('target_session_attrs') ?? 'any'))
    return 'has target_session_attrs for a standby; use read-write, because the service writes';
  return null;
}

/** The service uses the host that accepts writes with each of them. */
const WRITABLE = new Set(['any', 'read-write', 'primary']);

function decoded(host: string): string {
  try {
    return decodeURIComponent(host);
  } catch {
    return host;
  }
}
