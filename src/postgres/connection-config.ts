import { hostname } from 'node:os';
import pg from 'pg';
import { hostsOf, urlForPg } from '../config/database-url.ts';
import { serviceName } from '../config/service-name.ts';
import { type HostChoice, hostChoice } from './host-choice.ts';
import { asOptions, FASTER, fromOptions, LIMITS, REQUIRED, type Settings } from './session-settings.ts';
import { TYPES } from './types.ts';

/**
 * How connections reach PostgreSQL. `direct`: the server applies the settings that a connection is opened with.
 * `session`: a pooler drops those, but the session belongs to the connection until it closes. `transaction`: a pooler
 * assigns a session per transaction, so that a setting made in one is lost, and affects other clients.
 */
export type PoolMode = 'direct' | 'session' | 'transaction';

/** The parameter of a database URL with the pool mode. settleSessions detects and adds it; `direct` has none. */
const POOL_MODE = 'pool_mode';

export function poolModeOf(url: string): PoolMode {
  const mode = new URL(url).searchParams.get(POOL_MODE);
  return mode === 'session' || mode === 'transaction' ? mode : 'direct';
}

export function withPoolMode(url: string, mode: PoolMode): string {
  const parsed = new URL(url);
  if (mode === 'direct') parsed.searchParams.delete(POOL_MODE);
  else parsed.searchParams.set(POOL_MODE, mode);
  return parsed.href;
}

/** Returns the URL with settings added to its `options`. */
export function withSettings(url: string, settings: Settings): string {
  if (Object.keys(settings).length === 0) return url;
  const parsed = new URL(url);
  const options = [parsed.searchParams.get('options') ?? '', asOptions(settings)];
  parsed.searchParams.set('options', options.join(' ').trim());
  return parsed.href;
}

/**
 * The name of a connection in pg_stat_activity: the service, the purpose, and the process and the host that opened it.
 * PostgreSQL cuts it at 63 bytes.
 */
export const applicationName = (purpose = ''): string =>
  `${serviceName()} ${purpose} ${process.pid} ${hostname()}`.replace('  ', ' ').slice(0, 63);

const CONNECT_TIMEOUT_MS = 3_000;
const STATEMENT_TIMEOUT_MS = 10_000;

/**
 * The configuration of every connection: REQUIRED, LIMITS, then `settings`. The URL's own `options` come before them;
 * its other parameters take precedence. Behind a pooler in transaction mode no setting is made, since the role has
 * them (sessions.ts). The client's own time limit is for connections on which nothing arrives any more.
 */
export function connectionConfig(url: string, settings: Settings = {}): pg.PoolConfig {
  const hosts = hostsOf(new URL(url));
  const parsed = urlForPg(new URL(url));
  const mode = poolModeOf(url);
  const given = parsed.searchParams.get('options') ?? '';
  const made = { ...REQUIRED, ...FASTER, ...LIMITS, ...settings };
  parsed.searchParams.delete(POOL_MODE);
  if (mode === 'direct') parsed.searchParams.set('options', `${given} ${asOptions(made)}`.trim());
  else parsed.searchParams.delete('options');
  const config = {
    connectionString: parsed.href,
    types: TYPES,
    application_name: applicationName(),
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: STATEMENT_TIMEOUT_MS + 2_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5_000,
  };
  const steps = {
    choice: hosts.length > 0 ? hostChoice(hosts, config) : null,
    settings: mode === 'session' ? { ...fromOptions(given), ...made } : null,
  };
  return steps.choice || steps.settings ? { ...config, Client: clientWith(steps) } : config;
}

/** Creates a client outside of any pool. */
export function createClient(url: string, config: pg.ClientConfig = {}, settings: Settings = {}): pg.Client {
  const base = connectionConfig(url, settings);
  const Client = (base.Client ?? pg.Client) as typeof pg.Client;
  const client = new Client({ ...base, ...config });
  // Without a listener a broken connection would end the process.
  client.on('error', () => {});
  return client;
}

/** The further steps of a client that connects. */
type ConnectSteps = { choice: HostChoice | null; settings: Settings | null };

/** Returns a client class that chooses its server, and makes settings, when it connects. */
function clientWith({ choice, settings }: ConnectSteps): typeof pg.Client {
  return class extends pg.Client {
    override connect(): Promise<this>;
    override connect(callback: (error: Error) => void): void;
    override connect(callback?: (error: Error) => void): Promise<this> | undefined {
      const connected = this.#connect();
      if (!callback) return connected;
      connected.then(() => callback(null as unknown as Error), callback);
      return undefined;
    }

    async #connect(): Promise<this> {
      // A pool adds its listener only after connect: a connection that broke before would end the process.
      this.on('error', () => {});
      if (choice) await this.#connectToChosen(choice);
      else await super.connect();
      if (settings) await this.query(SET, [Object.keys(settings), Object.values(settings)]);
      return this;
    }

    async #connectToChosen({ choose, check, forget }: HostChoice): Promise<void> {
      Object.assign(this, await choose());
      try {
        await super.connect();
        await check(this);
      } catch (error) {
        forget();
        throw error;
      }
    }
  } as typeof pg.Client;
}

const SET = 'select set_config(name, value, false) from unnest($1::text[], $2::text[]) as s(name, value)';
