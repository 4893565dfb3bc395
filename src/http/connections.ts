import type { Server } from 'node:http';
import type { Socket } from 'node:net';

export type ConnectionLimits = { all: number; ofAddress: number };

/**
 * Tracks a server's connections, upgraded ones too, and closes new ones beyond the limits.
 * @param isExempt whether an address is a proxy, which connects for many clients
 */
export function limitConnections(
  server: Server,
  limits: ConnectionLimits,
  isExempt: (address: string | undefined) => boolean,
): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  const counts = new Map<string, number>();
  server.maxConnections = limits.all;
  server.on('connection', (socket) => {
    const address = socket.remoteAddress ?? '';
    const count = (counts.get(address) ?? 0) + 1;
    if (count > limits.ofAddress && !isExempt(address)) {
      socket.destroy();
      return;
    }
    counts.set(address, count);
    sockets.add(socket);
    socket.once('close', () => {
      sockets.delete(socket);
      const left = counts.get(address)! - 1;
      if (left > 0) counts.set(address, left);
      else counts.delete(address);
    });
  });
  return sockets;
}
