import pg from 'pg';
import type { DatabaseHost } from '../config/database-url.ts';

/** The choice of the server that accepts writes, among several. */
export type HostChoice = {
  /** The server to connect to. @throws Error if none of them accepts writes */
  choose: () => Promise<DatabaseHost>;
  /** Checks a new connection to the chosen server. @throws Error, an outage, if the server is a standby now */
  check: (client: pg.Client) => Promise<void>;
  /** Makes the next choice look at all servers again. */
  forget: () => void;
};

/** Chooses among the hosts by connections with this configuration, which remembers the choice for the process. */
export function hostChoice(hosts: readonly DatabaseHost[], config: pg.ClientConfig): HostChoice {
  const key = JSON.stringify([hosts, config.connectionString]);
  const known = choices.get(key) ?? createChoice(hosts, config);
  choices.set(key, known);
  return known;
}

const choices = new Map<string, HostChoice>();

function createChoice(hosts: readonly DatabaseHost[], config: pg.ClientConfig): HostChoice {
  let chosen: Promise<DatabaseHost> | null = null;
  const forget = () => {
    chosen = null;
  };

  /** Looks at all servers at once, so that one that does not answer delays nothing. */
  async function find(): Promise<DatabaseHost> {
    try {
      return await Promise.any(hosts.map(acceptsWrites));
    } catch (error) {
      const { errors } = error as AggregateError;
      const reasons = hosts.map(({ host, port }, index) => `${host}:${port} ${errors[index].message}`);
      throw new Error(`no host accepts writes: ${reasons.join('; ')}`, { cause: error });
    }
  }

  async function acceptsWrites(host: DatabaseHost): Promise<DatabaseHost> {
    const client = new pg.Client(config);
    client.on('error', () => {});
    try {
      // pg reads both properties when it connects.
      await Object.assign(client, host).connect();
      await check(client);
      return host;
    } finally {
      client.end().catch(() => {});
    }
  }

  async function check(client: pg.Client): Promise<void> {
    const { rows } = await client.query('select pg_is_in_recovery() as "isStandby"');
    if (rows[0].isStandby) throw new StandbyError();
  }

  return {
    forget,
    choose() {
      if (!chosen) {
        const finding = find();
        chosen = finding;
        finding.catch(() => {
          if (chosen === finding) chosen = null;
        });
      }
      return chosen;
    },
    check,
  };
}

class StandbyError extends Error {
  /** The SQLSTATE of a write on a standby. */
  readonly code = '25006';

  constructor() {
    super('is a standby');
  }
}
