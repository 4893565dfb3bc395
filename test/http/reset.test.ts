import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Serving, startServe } from '../support/command.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { isAlive } from '../support/processes.ts';

let database: TestDatabase;
let serving: Serving;
beforeAll(async () => {
  database = await createTestDatabase();
  serving = await startServe({ DATABASE_URL: database.url, JOURNEY_RUNTIME_WORKER_ENABLED: 'false' });
});
afterAll(async () => {
  const exit = once(serving.child, 'exit');
  serving.child.kill('SIGTERM');
  await exit;
  await database.drop();
});

const ROUNDS = 3;
const CONNECTIONS = 100;
/** At once, where each costs the service much. */
const COSTLY_CONNECTIONS = 10;

const query = (text: string) => JSON.stringify({ query: text });
const SMALL = query('{ __typename }');
const SUBSCRIPTION = query('subscription { runStats { queued } }');
const post = (body: string, length = body.length, more = '') =>
  `POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n${more}\r\n${body}`;
const upgrade = (path: string, more = '') =>
  `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n${more}\r\n`;
const FOREIGN = 'Origin: http://elsewhere.example\r\n';

/** A client's frame; the mask is zeros, which leave the text as it is. */
function frame(text: string, firstByte = 0x81): Buffer {
  const payload = Buffer.from(text);
  const length =
    payload.length < 126 ? [0x80 | payload.length] : [0x80 | 126, payload.length >> 8, payload.length & 0xff];
  return Buffer.concat([Buffer.from([firstByte, ...length, 0, 0, 0, 0]), payload]);
}
const INIT = frame('{"type":"connection_init"}');
const subscribe = (body: string) => frame(`{"type":"subscribe","id":"1","payload":${body}}`);
const OPEN_FRAGMENT = frame('{"type":"sub', 0x01);
const CLOSE = frame('\u0003\u00e8', 0x88);

/** What a client sends, and what it waits for until its connection is reset: a text within the answer, or nothing. */
type Step = { send?: string | Buffer; until?: string; isCostly?: boolean };

const STATES: [string, Step[]][] = [
  ['right after the connection', []],
  ['within the request line', [{ send: 'POST /gra' }]],
  ['within the headers', [{ send: 'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-' }]],
  ['after the headers', [{ send: post('', 100) }]],
  [
    'after headers that expect 100-continue',
    [{ send: post('', 100, 'Expect: 100-continue\r\n'), until: '100 Continue' }],
  ],
  ['within the body', [{ send: post('{"query":', 100) }]],
  [
    'within a chunk',
    [
      {
        send: 'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{',
      },
    ],
  ],
  [
    'while the request is answered',
    [{ send: post(query('{ products { totalCount } __schema { types { name description } } }')) }],
  ],
  [
    'within an answer that is not read',
    [
      {
        send: post(
          query(
            '{ __schema { types { name description fields { name description args { name description } } } } }',
          ),
        ),
        until: 'HTTP',
      },
    ],
  ],
  ['while the connection is idle', [{ send: post(SMALL), until: 'Query' }]],
  ['while requests are pipelined', [{ send: post(SMALL).repeat(50) }]],
  ['within pipelined answers', [{ send: post(SMALL).repeat(50), until: 'Query' }]],
  ['after a malformed request', [{ send: 'NONSENSE\r\n\r\n' }]],
  ['after a body that is too large', [{ send: post('{', 100_000_000) }]],
  [
    'while GraphiQL is loaded',
    [
      {
        isCostly: true,
        send: 'GET /graphql HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n\r\n',
        until: 'HTTP',
      },
    ],
  ],
  [
    'before events are streamed',
    [{ isCostly: true, send: post(SUBSCRIPTION, undefined, 'Accept: text/event-stream\r\n') }],
  ],
  [
    'while events are streamed',
    [
      {
        isCostly: true,
        send: post(SUBSCRIPTION, undefined, 'Accept: text/event-stream\r\n'),
        until: 'queued',
      },
    ],
  ],
  ['in the handshake of a WebSocket', [{ send: upgrade('/graphql') }]],
  ['within the handshake of a WebSocket', [{ send: upgrade('/graphql').slice(0, -10) }]],
  ['after a WebSocket was refused for its path', [{ send: upgrade('/elsewhere') }]],
  ['after a WebSocket was refused for its origin', [{ send: upgrade('/graphql', FOREIGN) }]],
  ['after a WebSocket was refused for its key', [{ send: upgrade('/graphql').replace('AAAA', '') }]],
  ['after another upgrade', [{ send: upgrade('/livez').replace('websocket', 'h2c') }]],
  ['after the refusal of a WebSocket was read', [{ send: upgrade('/elsewhere'), until: '404' }]],
  ['before connection_init', [{ send: upgrade('/graphql'), until: '101' }]],
  ['after connection_init', [{ send: upgrade('/graphql'), until: '101' }, { send: INIT }]],
  [
    'after connection_ack',
    [
      { send: upgrade('/graphql'), until: '101' },
      { send: INIT, until: 'ack' },
    ],
  ],
  [
    'after a subscription was requested',
    [
      { send: upgrade('/graphql'), until: '101' },
      { send: INIT, until: 'ack' },
      { send: subscribe(SUBSCRIPTION) },
    ],
  ],
  [
    'while a subscription runs',
    [
      { send: upgrade('/graphql'), until: '101' },
      { send: INIT, until: 'ack' },
      { send: subscribe(SUBSCRIPTION), until: 'queued' },
    ],
  ],
  [
    'within a fragmented message',
    [{ send: upgrade('/graphql'), until: '101' }, { send: INIT, until: 'ack' }, { send: OPEN_FRAGMENT }],
  ],
  ['within a frame', [{ send: upgrade('/graphql'), until: '101' }, { send: INIT.subarray(0, 9) }]],
  [
    'while the WebSocket closes',
    [{ send: upgrade('/graphql'), until: '101' }, { send: INIT, until: 'ack' }, { send: CLOSE }],
  ],
  [
    'after a message that closes the WebSocket',
    [{ send: upgrade('/graphql'), until: '101' }, { send: frame('not JSON') }],
  ],
];

describe('a connection that is reset', () => {
  it.each(STATES)('%s leaves the process serving', async (_, steps) => {
    const length = steps.some(({ isCostly }) => isCostly) ? COSTLY_CONNECTIONS : CONNECTIONS;
    for (let round = 0; round < ROUNDS; round += 1)
      await Promise.all(Array.from({ length }, () => resetAfter(steps)));
    expect(await ask()).toEqual({ data: { __typename: 'Query' } });
    expect(isAlive(serving.child.pid!)).toBe(true);
    expect(serving.log()).not.toMatch(/"level":[56]0/);
  });
});

async function resetAfter(steps: Step[]): Promise<void> {
  const socket = connect(Number(new URL(serving.url).port), '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  for (const { send, until } of steps) {
    const received = until === undefined ? undefined : untilReceived(socket, until);
    if (send !== undefined) await new Promise<void>((resolve) => socket.write(send, () => resolve()));
    await received;
  }
  const closed = once(socket, 'close');
  socket.resetAndDestroy();
  await closed;
}

function untilReceived(socket: Socket, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let received = '';
    const onData = (data: Buffer) => {
      received += data.toString('latin1');
      if (!received.includes(text)) return;
      socket.off('data', onData);
      // What comes after it stays unread.
      socket.pause();
      resolve();
    };
    socket.on('data', onData);
    socket.resume();
    socket.once('close', () => reject(new Error(`The connection closed before ${text}: ${received}`)));
  });
}

async function ask(): Promise<unknown> {
  const response = await fetch(`${serving.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: SMALL,
  });
  return response.json();
}
