import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { pick } from '../../chaos/random.ts';
import { type Attack, times } from '../attack.ts';
import { open, openSocket, subscribe } from '../greedy-client.ts';
import { request, SMALL, upgrade } from '../raw-requests.ts';

export const malformed: Attack = {
  name: 'malformed input',
  tries: 'requests and messages with random changes',
  async run(context) {
    const { random, api } = context;
    const change = (text: string) => {
      const bytes = Buffer.from(text);
      for (let n = 0; n < 1 + random() * 4; n += 1)
        bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      return random() < 0.2 ? bytes.subarray(0, Math.floor(random() * bytes.length)) : bytes;
    };
    for (let n = 0; n < times(context, 300, 10_000); n += 1) {
      const socket = await open(api);
      let answer = '';
      socket.on('data', (chunk: Buffer) => {
        answer += chunk;
      });
      socket.end(change(pick(random, [request(SMALL), upgrade('/graphql')])));
      await Promise.race([once(socket, 'close'), pause(200)]);
      socket.destroy();
      if (/^HTTP\/1\.1 500|INTERNAL/.test(answer)) throw new Error(answer.slice(0, 300));
    }
    for (let n = 0; n < times(context, 100, 2_000); n += 1) {
      const socket = await openSocket(api);
      socket.send(change(pick(random, [subscribe('1', '{ __typename }'), '{"type":"ping"}'])), {
        binary: random() < 0.1,
      });
      await Promise.race([once(socket, 'message'), once(socket, 'close'), pause(50)]);
      socket.terminate();
    }
    return undefined;
  },
};

export const strangers: Attack = {
  name: 'foreign pages',
  tries: 'other Host names, other origins, and GETs that an image could send',
  async run({ api }) {
    const statuses: [string, number][] = [
      [
        `POST /graphql HTTP/1.1\r\nHost: evil.example\r\nContent-Type: application/json\r\nContent-Length: 26\r\n\r\n${SMALL}`,
        421,
      ],
      [request(SMALL).replace('Host', 'Origin: http://evil.example\r\nHost'), 403],
      [upgrade('/graphql', 'Origin: http://evil.example\r\n'), 403],
      ['GET /graphql?query={__typename} HTTP/1.1\r\nHost: localhost\r\n\r\n', 400],
      [request(SMALL).replace('application/json', 'text/plain'), 415],
    ];
    for (const [sent, status] of statuses) {
      const socket = await open(api);
      socket.write(sent);
      const [answer] = (await once(socket, 'data')) as [Buffer];
      socket.destroy();
      if (!String(answer).startsWith(`HTTP/1.1 ${status} `))
        throw new Error(`expected ${status}: ${String(answer).slice(0, 100)}`);
    }
    return undefined;
  },
};
