import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig } from '../../src/config/config.ts';
import { createClient } from '../../src/postgres/connection-config.ts';
import { settleSessions } from '../../src/postgres/sessions.ts';
import { asOwner, startPostgres } from '../chaos/postgres.ts';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

/** Connects as a start does. Whether the connection has TLS, or why there is none. */
async function connect(url: string): Promise<string> {
  try {
    const settled = await settleSessions(loadConfig({ DATABASE_URL: url }).databaseUrl!);
    const client = createClient(settled.url);
    await client.connect();
    const { rows } = await client.query('select ssl from pg_stat_ssl where pid = pg_backend_pid()');
    await client.end();
    return rows[0].ssl ? 'TLS' : 'no TLS';
  } catch (error) {
    return (error as Error).message;
  }
}

test.skipIf(!hasOpenssl)('sslmode decides as in libpq on TLS and on what is verified', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'journey-runtime-tls-'));
  const server = await startPostgres(folder, {});
  const withMode = (mode: string, host = 'localhost') =>
    connect(`${server.url.replace('127.0.0.1', host)}?sslmode=${mode}`);
  try {
    expect(await withMode('disable')).toBe('no TLS');
    expect(await withMode('prefer')).toBe('no TLS');
    for (const mode of ['require', 'verify-full'])
      expect(await withMode(mode)).toContain('The server does not support SSL connections');

    const [key, cert] = [
      join(server.cluster.directory, 'server.key'),
      join(server.cluster.directory, 'server.crt'),
    ];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-days', '1'];
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, ...subject],
      {
        stdio: 'ignore',
      },
    );
    const { user } = server.cluster;
    if (user) for (const file of [key, cert]) chownSync(file, user.uid, user.gid);
    await asOwner(server.url, async (owner) => {
      await owner.query('alter system set ssl = on');
      await owner.query('select pg_reload_conf()');
    });
    await expect.poll(() => withMode('prefer')).toBe('TLS');
    expect(await withMode('disable')).toBe('no TLS');
    expect(await withMode('require')).toBe('TLS');
    expect(await withMode('verify-full')).toContain('self-signed certificate');
    expect(await withMode(`require&sslrootcert=${cert}`, '127.0.0.1')).toBe('TLS');
    expect(await withMode(`verify-ca&sslrootcert=${cert}`, '127.0.0.1')).toBe('TLS');
    expect(await withMode(`verify-full&sslrootcert=${cert}`)).toBe('TLS');
    expect(await withMode(`verify-full&sslrootcert=${cert}`, '127.0.0.1')).toMatch(
      /does not match certificate/,
    );
  } finally {
    await server.stop('immediate');
    rmSync(folder, { recursive: true });
  }
});
