import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createSocketServer, type Server, type Socket } from 'node:net';

/** A script host for one test: real HTTP on a free loopback port. `calls` are the requests, bodies read. */
export async function startScriptHost(answer: (response: ServerResponse, call: HostCall) => void) {
  const calls: HostCall[] = [];
  const listener: RequestListener = async (request, response) => {
    const call = { request, body: await bodyOf(request) };
    calls.push(call);
    answer(response, call);
  };
  return { ...(await listen(createServer(listener))), calls };
}

export type HostCall = { request: IncomingMessage; body: string };

/** How a scripted host answers: with a response, by cutting the connection, or not at all. */
export type HostAnswer = { status: number; body?: string; headers?: Record<string, string> } | 'cut' | 'hang';

/** A script host that gives its calls these answers in turn, the last one again and again. */
export async function startScriptedHost(answers: HostAnswer[]) {
  const waiting = new Set<() => void>();
  const host = await startScriptHost((response, call) => {
    const answer = answers[Math.min(host.calls.length, answers.length) - 1]!;
    for (const wake of waiting) wake();
    if (answer === 'cut') call.request.socket.destroy();
    else if (answer !== 'hang') response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  return {
    ...host,
    /** Resolves when `count` calls have come. */
    async called(count: number): Promise<void> {
      while (host.calls.length < count) await new Promise<void>((resolve) => waiting.add(resolve));
    },
    [Symbol.asyncDispose]: host.stop,
  };
}

/** A host that speaks whatever bytes the test writes, once it has heard something. */
export const startSocketHost = (answer: (socket: Socket) => void) =>
  listen(
    createSocketServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => answer(socket));
    }),
  );

/** A loopback URL at which nobody listens. */
export async function freeUrl(): Promise<string> {
  const { url, stop } = await startSocketHost(() => {});
  await stop();
  return url;
}

async function listen(server: Server) {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/run`,
    server,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  return body;
}
