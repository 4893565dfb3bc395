import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/** Sends bytes to a server as they are; returns all that it sends until it closes the connection. */
export function sendRaw(url: string, request: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(request);
  return text(socket);
}

/** Sends requests on one connection, each when the answer to the one before has begun, and returns all answers. */
export async function sendInTurn(url: string, requests: string[]): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let received = '';
  for (const request of requests) {
    socket.write(request);
    await new Promise<void>((resolve) => socket.once('readable', resolve));
    received += socket.read() ?? '';
  }
  return received + (await text(socket));
}
