import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to PostgreSQL that can be cut, or that swallows all packets without a word. */
export type DatabaseProxy = {
  port: number;
  /** Breaks all connections, or a share of them; new ones are served. */
  cut(isCut?: () => boolean): void;
  /** While true nothing passes, in either direction, and nobody is told. */
  swallow(isSwallowing: boolean): void;
  connections(): number;
  close(): Promise<void>;
};

export async function startProxy(
  targetPort: number,
  { host = '127.0.0.1', at = { host: '127.0.0.1', port: 0 } } = {},
): Promise<DatabaseProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let isSwallowing = false;
  const server = createServer((inner) => {
    const outer = connect(targetPort, host);
    const pair = [inner, outer] as const;
    pairs.add(pair);
    const drop = () => {
      pairs.delete(pair);
      inner.destroy();
      outer.destroy();
    };
    for (const [from, to] of [pair, [outer, inner] as const]) {
      from.setNoDelay(true);
      from.on('data', (chunk) => {
        if (!isSwallowing) to.write(chunk);
      });
      from.on('error', drop);
      // The end of one side is a packet, too: a swallowed connection does not learn of it.
      from.on('close', () => !isSwallowing && drop());
    }
  });
  server.listen(at.port, at.host);
  await once(server, 'listening');

  const cut = (isCut = () => true) => {
    for (const [inner, outer] of [...pairs]) {
      if (!isCut()) continue;
      inner.resetAndDestroy();
      outer.destroy();
    }
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    swallow(on) {
      isSwallowing = on;
      // Packets that were swallowed are gone: what is left of these connections is broken at the latest by the next one.
      if (!on) cut();
    },
    connections: () => pairs.size,
    async close() {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
