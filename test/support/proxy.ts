import { connect, createServer, type Socket } from 'node:net';

export type TcpProxy = {
  /** The target's URL by way of the proxy. */
  url: string;
  /** Connections taken so far. */
  count(): number;
  /** Passes nothing on, in either direction, until told otherwise; connections stay open. */
  swallow(isSwallowing: boolean): void;
  /** All that clients have sent so far. */
  sent(): string;
  /** Cuts each connection on which a client sends this text, which does not arrive. */
  cutAt(text: string): void;
  /** Where new connections go from now on. */
  retarget(url: string): void;
  /** Cuts every connection, and refuses new ones until told otherwise. */
  cut(isCut: boolean): void;
  close(): Promise<void>;
};

/** A TCP proxy on a free port of the loopback interface, to put faults between a client and a server. */
export async function startProxy(target: string): Promise<TcpProxy> {
  let { hostname, port } = new URL(target);
  const pairs = new Set<[Socket, Socket]>();
  const sent: Buffer[] = [];
  let isSwallowing = false;
  let isCut = false;
  let cutAt: string | undefined;
  let count = 0;

  const destroyAll = () => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
  };
  const server = createServer((client) => {
    if (isCut) return client.destroy();
    count += 1;
    const upstream = connect(Number(port), hostname);
    const pair: [Socket, Socket] = [client, upstream];
    pairs.add(pair);
    for (const [from, to] of [pair, pair.toReversed() as [Socket, Socket]]) {
      from.on('data', (data) => {
        if (from === client) sent.push(data);
        if (from === client && cutAt !== undefined && data.includes(cutAt)) return from.destroy();
        if (!isSwallowing) to.write(data);
      });
      from.on('error', () => {});
      from.on('close', () => {
        to.destroy();
        pairs.delete(pair);
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as { port: number }).port);
  return {
    url: url.href,
    count: () => count,
    sent: () => Buffer.concat(sent).toString('latin1'),
    cutAt(text) {
      cutAt = text;
    },
    retarget(next) {
      ({ hostname, port } = new URL(next));
    },
    swallow(next) {
      isSwallowing = next;
    },
    cut(next) {
      isCut = next;
      if (isCut) destroyAll();
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      destroyAll();
      await closed;
    },
  };
}
