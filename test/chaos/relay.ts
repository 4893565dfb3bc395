import { startProxy } from './proxy.ts';

/** Passes on what comes to an address of a machine to the same port of its loopback, for each message { host, port }. */
process.on('message', async (at: { host: string; port: number }) => {
  await startProxy(at.port, { at });
  process.send?.(at);
});
process.on('disconnect', () => process.exit());
