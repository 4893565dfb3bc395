import { setTimeout as pause } from 'node:timers/promises';
import { pick } from '../../chaos/random.ts';
import { type Attack, times } from '../attack.ts';
import { open, openSocket, subscribe } from '../greedy-client.ts';
import { HEAD, request, SMALL, upgrade } from '../raw-requests.ts';

export const resets: Attack = {
  name: 'resets',
  tries: 'connections reset at every state of the protocols',
  async run(context) {
    const states = [
      'POST /graphql HTTP/1.1\r\nHos',
      `${HEAD}Content-Length: 100\r\n\r\n{"query"`,
      request(SMALL),
      request(SMALL).repeat(20),
      upgrade('/elsewhere'),
      upgrade('/graphql'),
      upgrade('/graphql', 'Origin: http://elsewhere.example\r\n'),
      upgrade('/graphql').slice(0, -10),
      'NONSENSE\r\n\r\n',
    ];
    for (let n = 0; n < times(context, 200, 3_000); n += 1) {
      const socket = await open(context.api);
      socket.write(pick(context.random, states));
      if (context.random() < 0.5) await pause(1);
      socket.resetAndDestroy();
    }
    return undefined;
  },
};

export const pipelining: Attack = {
  name: 'pipelining',
  tries: 'requests pipelined on connections that read nothing',
  async run(context) {
    const query = JSON.stringify({ query: '{ __schema { types { name fields { name description } } } }' });
    const sockets = await Promise.all(Array.from({ length: times(context, 3, 20) }, () => open(context.api)));
    for (const socket of sockets) socket.write(request(query).repeat(1_000));
    await pause(times(context, 2_000, 15_000));
    for (const socket of sockets) socket.destroy();
    return undefined;
  },
};

export const unread: Attack = {
  name: 'unread sockets',
  tries: 'WebSockets that are never read, with large answers',
  async run(context) {
    const sockets = await Promise.all(
      Array.from({ length: times(context, 10, 200) }, () => openSocket(context.api)),
    );
    const query = '{ __schema { types { name description fields { name description } } } }';
    for (const socket of sockets) {
      socket.pause();
      for (let n = 0; n < 100; n += 1) socket.send(subscribe(`s${n}`, query));
    }
    await pause(times(context, 2_000, 20_000));
    for (const socket of sockets) socket.terminate();
    return undefined;
  },
};

export const messageFlood: Attack = {
  name: 'message flood',
  tries: 'pings and queries as fast as a socket takes them',
  async run(context) {
    const socket = await openSocket(context.api);
    for (let n = 0; n < times(context, 20_000, 250_000); n += 1) {
      if (socket.readyState !== socket.OPEN) break;
      if (n % 3 === 0) socket.ping();
      else socket.send(n % 3 === 1 ? '{"type":"ping"}' : subscribe(`s${n}`, '{ __typename }'));
      if (n % 1_000 === 0) await pause(1);
    }
    await pause(2_000);
    socket.terminate();
    return undefined;
  },
};

export const heldBodies: Attack = {
  name: 'unfinished bodies',
  tries: 'connections that hold bodies of 4 MiB without their last byte',
  async run(context) {
    const length = 4 * 1024 * 1024;
    const sockets = await Promise.all(
      Array.from({ length: times(context, 20, 150) }, () => open(context.api)),
    );
    for (const socket of sockets)
      socket.write(`${HEAD}Content-Length: ${length}\r\n\r\n${'x'.repeat(length - 1)}`);
    await pause(times(context, 2_000, 15_000));
    for (const socket of sockets) socket.destroy();
    return undefined;
  },
};
