import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../src/postgres/embedded/server-address.ts';

export type Pgbouncer = {
  /** The server's URL by way of it. */
  url: string;
  stop(): Promise<void>;
};

/** A PgBouncer before the server, with these settings; it refuses to run as root, and is then nobody's. */
export async function startPgbouncer(server: string, settings: Record<string, string>): Promise<Pgbouncer> {
  const { hostname, port, username, password, pathname } = new URL(server);
  const folder = mkdtempSync(join(tmpdir(), 'journey-runtime-pgbouncer-'));
  const file = join(folder, 'pgbouncer.ini');
  const ownPort = await freePort();
  const lines = Object.entries({
    listen_addr: '127.0.0.1',
    listen_port: ownPort,
    unix_socket_dir: '',
    auth_type: 'any',
    ...settings,
  }).map(([name, value]) => `${name} = ${value}`);
  const target = `host=${hostname} port=${port} user=${username} password=${decodeURIComponent(password)}`;
  writeFileSync(file, `[databases]\n${pathname.slice(1)} = ${target}\n[pgbouncer]\n${lines.join('\n')}\n`);
  const isRoot = process.getuid?.() === 0;
  const child = spawn('pgbouncer', [...(isRoot ? ['-u', 'nobody'] : []), '-q', file], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  await untilOpen(ownPort, ended);
  return {
    url: `postgresql://${username}@127.0.0.1:${ownPort}${pathname}`,
    async stop() {
      child.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

async function untilOpen(port: number, ended: Promise<unknown>): Promise<void> {
  let isEnded = false;
  void ended.then(() => {
    isEnded = true;
  });
  while (!isEnded) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isOpen) return;
    await pause(20);
  }
  throw new Error('PgBouncer ended before it opened its port');
}
