import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { shareOf } from './random.ts';
import type { CallRecord } from './records.ts';

/** How the script host behaves; may be changed at any time. */
export type Behaviour = {
  delayMs: number;
  /** The share of calls that get 503. */
  failing: number;
};

/** A script host that logs every call. */
export type ScriptHost = {
  calls: CallRecord[];
  behaviour: Behaviour;
  /** Calls that wait for their answer. */
  inFlight(): number;
  /** The URL for one process, by which its calls are told from others'. */
  urlFor(processName: string): string;
  /** Goes away, connections and all, and comes back at the same address. */
  down(): Promise<void>;
  up(): Promise<void>;
  stop(): Promise<void>;
};

export async function startScriptHost(
  seed: number,
  behaviour: Behaviour,
  address = '127.0.0.1',
): Promise<ScriptHost> {
  const calls: CallRecord[] = [];
  const sockets = new Set<Socket>();
  let port = 0;
  let inFlight = 0;

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const startedAt = Date.now();
    const hash = createHash('sha256');
    let isBroken = false;
    const { headers } = request;
    const call: CallRecord = {
      process: request.url?.split('/').at(-1) ?? '',
      runId: String(headers['journey-run-id']),
      attempt: Number(headers['journey-attempt']),
      idempotencyKey: String(headers['idempotency-key']),
      bodyHash: '',
      callId: calls.length + 1,
      startedAt,
      answeredAt: null,
      status: null,
      brokenAt: null,
    };
    calls.push(call);
    inFlight += 1;
    response.once('close', () => {
      inFlight -= 1;
      if (call.answeredAt !== null) return;
      isBroken = true;
      call.brokenAt = Date.now();
    });
    try {
      for await (const chunk of request) hash.update(chunk);
    } catch {
      return;
    }
    call.bodyHash = hash.digest('hex');
    await pause(behaviour.delayMs);
    if (isBroken) return;
    const isFailing = shareOf(seed, call.runId + call.attempt) < behaviour.failing;
    call.status = isFailing ? 503 : 200;
    call.answeredAt = Date.now();
    response.writeHead(call.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ callId: call.callId }));
  };
  const server = createServer((request, response) => void answer(request, response));
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });

  const up = async () => {
    server.listen(port, address);
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  };
  const down = async () => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  await up();
  return {
    calls,
    behaviour,
    inFlight: () => inFlight,
    urlFor: (name) => `http://${address}:${port}/run/${name}`,
    up,
    down,
    stop: down,
  };
}
