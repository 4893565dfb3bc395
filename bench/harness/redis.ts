import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../src/postgres/embedded/server-address.ts';

/** Gives `work` the port of a Redis that keeps what it acknowledged, as PostgreSQL does; null where none is installed. */
export async function withRedis<T>(work: (port: number | null) => Promise<T>): Promise<T> {
  const port = await freePort();
  const dir = mkdtempSync(join(tmpdir(), 'journey-runtime-bench-redis-'));
  const options = [
    '--port',
    String(port),
    '--dir',
    dir,
    '--appendonly',
    'yes',
    '--appendfsync',
    'always',
    '--save',
    '',
  ];
  const server = spawn('redis-server', options, { stdio: 'ignore' });
  try {
    const failed = once(server, 'error').then(() => false);
    const isRunning = await Promise.race([failed, untilListening(port).then(() => true)]);
    return await work(isRunning ? port : null);
  } finally {
    if (server.pid !== undefined && server.kill()) await once(server, 'exit');
    rmSync(dir, { recursive: true });
  }
}

async function untilListening(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isOpen) return;
    await pause(20);
  }
}
