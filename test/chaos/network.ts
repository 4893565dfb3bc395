import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Machines with a network of their own, which they and the harness share. */
export type Network = {
  /** The harness's address on it. */
  address: string;
  machines: Machine[];
  close(): Promise<void>;
};

/** A network namespace. What runs in it listens on its loopback, and is reached from outside at ports that are exposed. */
export type Machine = {
  address: string;
  /** The command that executes a program in it, in the place of the command's own process. */
  command(program: string, args: readonly string[]): [program: string, args: string[]];
  expose(port: number): Promise<void>;
  /** Drops every packet from and to it, until the link is up again. */
  setLink(state: 'up' | 'down'): void;
};

/** Makes a network with a bridge between its machines; null without the right to, which root has on Linux. */
export async function openNetwork(count: number): Promise<Network | null> {
  const bridge = `chaos${process.pid % 100_000}`;
  const subnet = `198.18.${process.pid % 256}`;
  const spaces = Array.from({ length: count }, (_, n) => `${bridge}-${n}`);
  const relays: ReturnType<typeof startRelay>[] = [];
  const remove = () => {
    for (const relay of relays) relay.kill('SIGKILL');
    for (const space of spaces) tryIp('netns', 'del', space);
    tryIp('link', 'del', bridge);
  };
  if (!tryIp('link', 'add', bridge, 'type', 'bridge')) return null;
  process.once('exit', remove);
  ip('addr', 'add', `${subnet}.254/24`, 'dev', bridge);
  ip('link', 'set', bridge, 'up');
  const machines = await Promise.all(spaces.map((space, n) => addMachine(space, `${subnet}.${n + 1}`)));
  return {
    address: `${subnet}.254`,
    machines,
    async close() {
      process.off('exit', remove);
      remove();
    },
  };

  async function addMachine(space: string, address: string): Promise<Machine> {
    const link = space.replace('chaos', 'l');
    ip('netns', 'add', space);
    ip('link', 'add', link, 'master', bridge, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', space);
    ip('-n', space, 'addr', 'add', `${address}/24`, 'dev', 'eth0');
    for (const device of ['lo', 'eth0']) ip('-n', space, 'link', 'set', device, 'up');
    ip('link', 'set', link, 'up');
    const command: Machine['command'] = (program, args) => ['ip', ['netns', 'exec', space, program, ...args]];
    const relay = startRelay(command);
    relays.push(relay);
    return {
      address,
      command,
      async expose(port) {
        relay.send({ host: address, port });
        await once(relay, 'message');
      },
      setLink: (state) => ip('link', 'set', link, state),
    };
  }
}

const ip = (...args: string[]) => execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });

function tryIp(...args: string[]): boolean {
  try {
    ip(...args);
    return true;
  } catch {
    return false;
  }
}

/** A process of the machine that passes on what comes to exposed ports. */
function startRelay(command: Machine['command']) {
  const [program, args] = command(process.execPath, [RELAY]);
  return spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
}

const RELAY = fileURLToPath(new URL('relay.ts', import.meta.url));
