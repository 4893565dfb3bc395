import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { pick } from '../chaos/random.ts';
import { type Attack, times } from './attack.ts';
import { FROM, open, openSocket, post, subscribe } from './greedy-client.ts';

const HEAD = `POST /graphql HTTP/1.1\r\nHost: localhost\r\n${FROM}Content-Type: application/json\r\n`;
const request = (body: string) => `${HEAD}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
const upgrade = (path: string, more = '') =>
  `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${FROM}${more}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n`;
const repeat = (count: number, part: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => part(n)).join(' ');
const SMALL = '{"query":"{ __typename }"}';

const resets: Attack = {
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
  },
};

const fragmentChains: Attack = {
  name: 'fragment chains',
  tries: 'documents whose fragments each spread the next two, from 10 to 100 deep',
  async run({ api }) {
    for (let depth = 10; depth <= 100; depth += 10) {
      const fragments = repeat(depth, (n) => `fragment F${n} on Run { ...F${n + 1} ...F${n + 2} }`);
      await post(
        api,
        `{ run(id: "x") { ...F0 } } ${fragments} fragment F${depth} on Run { id } fragment F${depth + 1} on Run { id }`,
      );
    }
  },
};

const distinctDocuments: Attack = {
  name: 'distinct documents',
  tries: '10,000 documents that the service has not seen',
  async run(context) {
    const count = times(context, 500, 10_000);
    const send = async (from: number) => {
      for (let n = from; n < count; n += 8)
        await post(context.api, `query Q${n} { ${repeat(60, (k) => `a${k}_${n}: __typename`)} }`);
    };
    await Promise.all(Array.from({ length: 8 }, (_, from) => send(from)));
  },
};

const bombs: Attack = {
  name: 'document bombs',
  tries: 'depth, brackets, aliases, directives, long names and comments, wide lists',
  async run(context) {
    const texts = [
      `{ ${'a{'.repeat(5_000)}b${'}'.repeat(5_000)} }`,
      `{ a(b: ${'['.repeat(20_000)}${']'.repeat(20_000)}) }`,
      `{ ${repeat(5_000, (n) => `a${n}: __typename`)} }`,
      `{ __typename ${'@include(if: true) '.repeat(2_000)} }`,
      `{ ${'x'.repeat(4_000_000)} }`,
      `# ${'x'.repeat(4_000_000)}\n{ __typename }`,
      `{ a(b: """${'x'.repeat(4_000_000)}""") }`,
      `{ ${repeat(149, (n) => `...F${n}`)} } ${repeat(149, (n) => `fragment F${n} on Query { a: runs { nodes { id } } }`)}`,
      `{ nodes(ids: [${repeat(2_000, () => '"x"')}]) { id } }`,
      repeat(40, (n) => `query Q${n} { __schema { types { fields { type { fields { name } } } } } }`),
    ];
    for (let n = 0; n < times(context, 1, 20); n += 1)
      for (const text of texts) await post(context.api, text);
  },
};

const numbers: Attack = {
  name: 'long numbers',
  tries: 'large lists with one number that no double holds, and deep JSON',
  async run(context) {
    const list = (length: number) => `[${Array(length).fill('[1,2,3]').join(',')},0.${'1'.repeat(40)}]`;
    const bodies = [
      `{"query":"{ __typename }","variables":{"a":${list(100_000)}}}`,
      `{"query":"{ __typename }","variables":{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}}`,
      `{"query":"{ __typename }","variables":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`,
    ];
    for (let n = 0; n < times(context, 1, 10); n += 1)
      for (const body of bodies) {
        const socket = await open(context.api);
        socket.write(request(body));
        await Promise.race([once(socket, 'data'), once(socket, 'close')]);
        socket.destroy();
      }
  },
};

const pipelining: Attack = {
  name: 'pipelining',
  tries: 'requests pipelined on connections that read nothing',
  async run(context) {
    const query = JSON.stringify({ query: '{ __schema { types { name fields { name description } } } }' });
    const sockets = await Promise.all(Array.from({ length: times(context, 3, 20) }, () => open(context.api)));
    for (const socket of sockets) socket.write(request(query).repeat(1_000));
    await pause(times(context, 2_000, 15_000));
    for (const socket of sockets) socket.destroy();
  },
};

const concurrency: Attack = {
  name: 'many operations',
  tries: 'expensive operations on many connections at once',
  async run(context) {
    const query = `{ ${repeat(10, (n) => `a${n}: runStats(where: { metadata: { n: ${n} } }) { queued }`)} }`;
    await Promise.all(Array.from({ length: times(context, 50, 500) }, () => post(context.api, query)));
  },
};

const distinctFilters: Attack = {
  name: 'distinct filters',
  tries: 'subscriptions with 1,000 different JSON filters',
  async run(context) {
    const socket = await openSocket(context.api);
    const text = 'subscription ($where: RunFilter) { runEvents(where: $where) { runId } }';
    for (let n = 0; n < 1_000; n += 1) socket.send(subscribe(`s${n}`, text, { where: { metadata: { n } } }));
    await pause(times(context, 3_000, 20_000));
    socket.terminate();
  },
};

const unread: Attack = {
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
  },
};

const messageFlood: Attack = {
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
  },
};

const heldBodies: Attack = {
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
  },
};

const malformed: Attack = {
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
  },
};

const strangers: Attack = {
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
  },
};

export const ATTACKS: readonly Attack[] = [
  resets,
  fragmentChains,
  distinctDocuments,
  bombs,
  numbers,
  pipelining,
  concurrency,
  distinctFilters,
  unread,
  messageFlood,
  heldBodies,
  malformed,
  strangers,
];
