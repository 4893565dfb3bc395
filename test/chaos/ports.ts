import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below what Linux and others give to outgoing connections: while a server is down, none of these takes its port. */
const LOWEST = 10_000;
const HIGHEST = 32_000;
let next = LOWEST + (process.pid % ((HIGHEST - LOWEST) / 10)) * 10;

/** A loopback port that nobody listens on, and that no other call in this process returns. */
export async function claimPort(): Promise<number> {
  for (;;) {
    const port = next;
    next = port < HIGHEST ? port + 1 : LOWEST;
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}
