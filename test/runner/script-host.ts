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
