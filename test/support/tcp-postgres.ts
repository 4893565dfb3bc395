import { type EmbeddedOptions, startEmbedded } from '../../src/postgres/embedded/embedded.ts';
import { freePort } from '../../src/postgres/embedded/server-address.ts';

/** An embedded PostgreSQL that also listens on loopback, for proxies and poolers. Its URL is the owner's. */
export async function startTcpPostgres({ dataDir, settings }: EmbeddedOptions) {
  const port = String(await freePort());
  const postgres = await startEmbedded({
    dataDir,
    settings: { ...settings, port, listen_addresses: '127.0.0.1' },
  });
  const url = Object.assign(new URL(postgres.ownerUrl), { search: '' });
  return { url: url.href, stop: postgres.stop };
}
