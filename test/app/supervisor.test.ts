import { fork } from 'node:child_process';
import { on, once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Supervisor, superviseWorker } from '../../src/app/supervisor.ts';
import { isAlive } from '../support/processes.ts';

let server: Server;
let port: string;
let children: AsyncIterator<[Socket]>;
let log: string[];
let supervisor: Supervisor | undefined;

beforeEach(async () => {
  log = [];
  server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  children = on(server, 'connection') as unknown as AsyncIterator<[Socket]>;
  const address = server.address();
  port = String(typeof address === 'object' && address?.port);
});
afterEach(async () => {
  await supervisor?.stop(0);
  supervisor = undefined;
  server.close();
});

test.each(['exit 0', 'exit 1', 'SIGKILL'])('a worker that ends by %s is started again', async (end) => {
  supervisor = supervise();
  const first = await nextChild();
  if (end === 'SIGKILL') process.kill(first.pid, end);
  else first.socket.write(end);
  const second = await nextChild();
  expect(second.pid).not.toBe(first.pid);
});

test('a worker that keeps ending early is started again ever later', async () => {
  supervisor = supervise();
  for (let start = 1; start <= 3; start++) (await nextChild()).socket.write('exit 1');
  await nextChild();
  expect(log).toEqual([
    'worker process ended (exit code 1); restarting in 250 ms',
    'worker process ended (exit code 1); restarting in 500 ms',
    'worker process ended (exit code 1); restarting in 1000 ms',
  ]);
});

test('a stop ends the worker and starts no other', async () => {
  supervisor = supervise();
  const { pid } = await nextChild();
  await supervisor.stop(5_000);
  expect(isAlive(pid)).toBe(false);
  expect(log).toEqual([]);
});

test('a worker that does not heed the stop is killed after the grace', async () => {
  supervisor = supervise();
  const { pid, socket } = await nextChild();
  socket.write('ignore SIGTERM');
  await once(socket, 'data');
  await supervisor.stop(50);
  expect(isAlive(pid)).toBe(false);
});

test('a worker does not outlive a parent that was killed', async () => {
  const parent = fork(modulePath('supervising-parent.ts'), [port]);
  const { socket } = await nextChild();
  const gone = once(socket, 'close');
  parent.kill('SIGKILL');
  await gone;
});

const modulePath = (file: string) => fileURLToPath(new URL(`../support/${file}`, import.meta.url));

function supervise(): Supervisor {
  const logger = pino({}, { write: (line: string) => log.push(JSON.parse(line).msg) });
  return superviseWorker({ modulePath: modulePath('told-child.ts'), args: [port], env: process.env, logger });
}

async function nextChild(): Promise<{ pid: number; socket: Socket }> {
  const { value } = await children.next();
  const socket: Socket = value[0];
  socket.on('error', () => {});
  const [line] = await once(socket, 'data');
  return { pid: Number(line), socket };
}
