import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { CloseCode } from 'graphql-ws';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { WebSocketServer, WebSocket as WsSocket } from 'ws';
import { createJourneyClient, type JourneyClientOptions } from '../../packages/client/src/client.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { startProxy } from '../support/proxy.ts';

let app: TestApp;
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  app = await startTestApp();
});

afterEach(() => {
  vi.unstubAllGlobals();
  for (const close of closing.splice(0)) close();
});

afterAll(() => app.stop());

function connect(options: JourneyClientOptions) {
  const client = createJourneyClient(options);
  closing.push(client.close);
  return client;
}

/** What the first result of a watch is, or fails with. */
const first = (options: JourneyClientOptions) => connect(options).watchRunEvents().next();

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

const answering = (listener: RequestListener) => listen(createServer(listener));

/** The ways to connect. Only the package ws tells the status of a handshake that failed. */
const ways: { name: string; options: Partial<JourneyClientOptions> }[] = [
  { name: 'WebSocket', options: { transport: 'websocket' } },
  { name: 'WebSocket of ws', options: { transport: 'websocket', webSocketImpl: WsSocket } },
  { name: 'server-sent events', options: { transport: 'sse' } },
];

test.for<{ name: string; options: Partial<JourneyClientOptions>; says: RegExp }>([
  { name: 'no URL', options: { url: 'graphql' }, says: /url must be a URL such as https:/ },
  { name: 'an empty URL', options: { url: '' }, says: /url must be a URL/ },
  {
    name: 'another scheme',
    options: { url: 'ftp://host/graphql' },
    says: /must begin with http, https, ws or wss/,
  },
  { name: 'a password in the URL', options: { url: 'http://u:p@host/' }, says: /pass them in headers/ },
  { name: 'another transport', options: { transport: 'tcp' as 'sse' }, says: /must be 'websocket' or 'sse'/ },
  { name: 'headers over a WebSocket', options: { headers: { a: 'b' } }, says: /pass connectionParams/ },
  {
    name: 'connectionParams over server-sent events',
    options: { transport: 'sse', connectionParams: {} },
    says: /pass headers in their place/,
  },
  {
    name: 'an invalid header',
    options: { transport: 'sse', headers: { 'a b': 'c' } },
    says: /headers cannot be sent/,
  },
  {
    name: 'an invalid value of a header',
    options: { transport: 'sse', headers: { authorization: 'Bearer a\nb' } },
    says: /headers cannot be sent/,
  },
  { name: 'no WebSocket class', options: { webSocketImpl: {} }, says: /must be a WebSocket class/ },
  {
    name: 'connectionParams that are no JSON',
    options: { connectionParams: { n: 1n } },
    says: /cannot be sent as JSON/,
  },
])('an option that cannot work is thrown by createJourneyClient: $name', ({ options, says }) => {
  expect(() => createJourneyClient({ url: 'http://127.0.0.1/graphql', ...options })).toThrow(
    expect.objectContaining({ code: 'INVALID_OPTION', message: expect.stringMatching(says) }),
  );
});

test('a runtime without WebSocket is thrown by createJourneyClient, which says what helps', () => {
  vi.stubGlobal('WebSocket', undefined);
  expect(() => createJourneyClient({ url: app.url })).toThrow(
    /webSocketImpl: WebSocket from the package ws, or transport: 'sse'/,
  );
  expect(createJourneyClient({ url: app.url, transport: 'sse' }).status).toEqual({ state: 'idle' });
});

test.for<[string, unknown, unknown, RegExp]>([
  ['a syntax error', 'subscription {', {}, /cannot be parsed/],
  ['a query', '{ feedCursor }', {}, /exactly one operation, a subscription/],
  ['two operations', 'subscription A { a } subscription B { b }', {}, /exactly one operation/],
  ['no document', 42, {}, /must be a string, a TypedDocumentString, or a DocumentNode/],
  ['events without $after', 'subscription { runEvents { cursor } }', {}, /declare the variable \$after/],
  ['variables that are no JSON', 'subscription { runStats { queued } }', { n: 1n }, /cannot be sent as JSON/],
  ['a list of variables', 'subscription { runStats { queued } }', [], /must be an object/],
])('a document or variables that cannot work are thrown by watch: %s', ([, document, variables, says]) => {
  const client = connect({ url: app.url });
  expect(() => client.watch(document as string, variables as Record<string, unknown>)).toThrow(says);
});

test.for(ways)('a path that nothing serves is thrown: $name', async ({ options }) => {
  const url = app.url.replace('/graphql', '/grahpql');
  await expect(first({ url, ...options })).rejects.toMatchObject({
    code: 'WRONG_URL',
    message: expect.stringMatching(/answered 404.*check that url is the service's GraphQL endpoint/),
  });
});

test.for(ways)("another site's page is thrown: $name", async ({ options }) => {
  const url = await answering((_, res) => res.setHeader('content-type', 'text/html').end('<p>Welcome'));
  await expect(first({ url, ...options })).rejects.toMatchObject({ code: 'WRONG_URL' });
});

test.for(ways)('a redirection is thrown, with where it leads: $name', async ({ name, options }) => {
  const url = await answering((req, res) => {
    if (req.url === '/graphql') res.writeHead(302, { location: '/elsewhere' }).end();
    else res.setHeader('content-type', 'text/html').end();
  });
  const error = await first({ url, ...options }).catch((thrown) => thrown);
  expect(error).toMatchObject({ code: 'WRONG_URL' });
  if (name !== 'WebSocket of ws') expect(error.message).toMatch(/redirects to .*elsewhere: use that/);
});

test.for(ways.flatMap((way) => [401, 403].map((status) => ({ ...way, status }))))(
  'an answer of $status is thrown: $name',
  async ({ options, status }) => {
    const url = await answering((_, res) => res.writeHead(status).end());
    await expect(first({ url, ...options })).rejects.toMatchObject({
      code: status === 401 ? 'UNAUTHENTICATED' : 'FORBIDDEN',
      message: expect.stringContaining('check the credentials'),
    });
  },
);

test.for([
  { code: CloseCode.Unauthorized, as: 'UNAUTHENTICATED' },
  { code: CloseCode.Forbidden, as: 'FORBIDDEN' },
])('a connection closed with $code is thrown', async ({ code, as }) => {
  const server = createServer();
  new WebSocketServer({ server }).on('connection', (socket) => socket.close(code, 'No'));
  await expect(first({ url: await listen(server) })).rejects.toMatchObject({ code: as });
});

test('an endpoint that opens no WebSocket is thrown, with what helps', async () => {
  const url = await answering((_, res) =>
    res.setHeader('content-type', 'application/json').end('{"data":{"__typename":"Query"}}'),
  );
  await expect(first({ url })).rejects.toMatchObject({
    code: 'NO_WEBSOCKET',
    message: expect.stringMatching(/let proxies pass on .*Upgrade.*or use transport: 'sse'/),
  });
});

test('a WebSocket that speaks another protocol is thrown', async () => {
  const server = createServer();
  new WebSocketServer({ server, handleProtocols: (protocols) => [...protocols][0]! }).on(
    'connection',
    (socket) => socket.send('{"type":"welcome"}'),
  );
  await expect(first({ url: await listen(server) })).rejects.toMatchObject({ code: 'WRONG_URL' });
});

test.for(ways)('a document that the server refuses is thrown: $name', async ({ options }) => {
  const client = connect({ url: app.url, ...options });
  for (const [document, variables] of [
    ['subscription ($after: String) { runEvents(after: $after) { cursor noSuchField } }', {}],
    ['subscription ($after: String) { runEvents(after: $after) { cursor } }', { after: 7 }],
    ['subscription ($id: ID!) { runUpdated(id: $id) { id } }', {}],
  ] as const)
    await expect(client.watch(document, variables).next()).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  const gone = client.watch('subscription ($id: ID!) { runUpdated(id: $id) { id } }', { id: 'no-such-run' });
  await expect(gone.next()).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test.for(ways)(
  'a subscription with $after that does not select the cursor is thrown: $name',
  async ({ options }) => {
    const { feedCursor: after } = await app.query('{ feedCursor }');
    await app.query(
      `mutation { registerComponent(input: { key: "mistakes-${options.transport}", name: "M", triggers: [OPERATOR],
      script: { slug: "m", runtime: "node" }, inputSchema: {} }) { component { id } } }`,
    );
    const { component } = await app.query(`{ component(key: "mistakes-${options.transport}") { id } }`);
    await app.query('mutation ($id: ID!) { enqueueRun(input: { componentId: $id }) { run { id } } }', {
      id: component.id,
    });
    const watch = connect({ url: app.url, ...options }).watch(
      'subscription ($after: String) { runEvents(after: $after) { sequence } }',
      { after },
    );
    await expect(watch.next()).rejects.toMatchObject({ code: 'INVALID_DOCUMENT' });
  },
);

test.for(ways)('variables that are too large are thrown to their own watch: $name', async ({ options }) => {
  const client = connect({ url: app.url, ...options });
  const other = client.watch('subscription { runStats { queued } }');
  await other.next();
  const watch = client.watchRunEvents({ after: 'x'.repeat(5_000_000) });
  await expect(watch.next()).rejects.toMatchObject({
    name: 'JourneyClientError',
    code: /TOO_LARGE|BAD_REQUEST/,
  });
  expect((await other.return!()).done).toBe(true);
});

test.for(ways)("what the caller's own function throws ends the watch: $name", async ({ options }) => {
  const fail = () => {
    throw new Error('no token');
  };
  const credentials = options.transport === 'sse' ? { headers: fail } : { connectionParams: fail };
  await expect(first({ url: app.url, ...options, ...credentials })).rejects.toMatchObject({
    code: 'INVALID_OPTION',
    message: expect.stringContaining('no token'),
  });
});

test('a WebSocket that cannot be created is thrown', async () => {
  // A page over https may not open a socket over ws: the constructor throws.
  class Insecure extends WebSocket {
    constructor() {
      super('ws://');
    }
  }
  await expect(first({ url: app.url, webSocketImpl: Insecure })).rejects.toMatchObject({
    code: 'INVALID_OPTION',
    message: expect.stringContaining('The WebSocket cannot be created'),
  });
});

test.for(ways)(
  'a port that refuses connections is an outage: it is retried, and its status says why: $name',
  async ({ options }) => {
    const server = createTcpServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    const { promise: retriedTwice, resolve } = Promise.withResolvers<unknown>();
    let interruptions = 0;
    const pending = first({
      url: `http://127.0.0.1:${port}/graphql`,
      ...options,
      onStatus(status) {
        if (status.state === 'interrupted') interruptions += 1;
        if (interruptions === 2) resolve(status);
      },
    });
    expect(await retriedTwice).toMatchObject({
      state: 'interrupted',
      since: expect.any(Date),
      error: expect.objectContaining({ message: expect.stringContaining('ECONNREFUSED') }),
      retryInMs: expect.any(Number),
    });
    for (const close of closing.splice(0)) close();
    expect(await pending).toEqual({ done: true, value: undefined });
  },
);

test.for(ways)('an answer of 503 is an outage: $name', async ({ options }) => {
  let requests = 0;
  const { promise: retried, resolve } = Promise.withResolvers<void>();
  const url = await answering((_, res) => {
    requests += 1;
    if (requests === 4) resolve();
    res.writeHead(503).end();
  });
  const pending = first({ url, ...options });
  await retried;
  for (const close of closing.splice(0)) close();
  expect(await pending).toEqual({ done: true, value: undefined });
});

test.for(ways)('close() ends what is still connecting: $name', async ({ options }) => {
  const server = createTcpServer((socket) => void closing.push(() => socket.destroy())).listen(
    0,
    '127.0.0.1',
  );
  const connected = once(server, 'connection');
  await once(server, 'listening');
  closing.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  const client = connect({ url: `http://127.0.0.1:${port}/graphql`, ...options });
  const pending = client.watchRunEvents().next();
  const [socket] = await connected;
  const ended = once(socket.resume(), 'close');
  client.close();
  expect(await pending).toEqual({ done: true, value: undefined });
  await ended;
});

/** Acknowledges every connection, and closes it with `code` when an operation arrives. */
async function expiring(code: number): Promise<string> {
  const server = createServer();
  new WebSocketServer({ server, handleProtocols: (protocols) => [...protocols][0]! }).on(
    'connection',
    (socket) =>
      socket.on('message', (data) => {
        if (JSON.parse(String(data)).type === 'connection_init') socket.send('{"type":"connection_ack"}');
        else socket.close(code, 'Expired');
      }),
  );
  return listen(server);
}

test('credentials that expire are made anew once, by a function; refused again, they are thrown', async () => {
  const url = await expiring(CloseCode.Forbidden);
  let made = 0;
  const connectionParams = () => {
    made += 1;
    return { token: made };
  };
  await expect(first({ url, connectionParams })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect(made).toBe(2);
  await expect(first({ url, connectionParams: { token: 0 } })).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test.for(ways)(
  'a 404 in the place of an endpoint that served before is an outage: $name',
  async ({ options }) => {
    const proxy = await startProxy(app.url);
    closing.push(proxy.close);
    let requests = 0;
    const { promise: retried, resolve } = Promise.withResolvers<void>();
    const elsewhere = await answering((_, res) => {
      requests += 1;
      if (requests === 4) resolve();
      res.writeHead(404).end();
    });
    const client = connect({ url: proxy.url, ...options });
    const watch = client.watch('subscription { runStats { queued } }');
    await watch.next();
    proxy.retarget(elsewhere);
    proxy.cut(true);
    proxy.cut(false);
    const pending = watch.next();
    await retried;
    proxy.retarget(app.url);
    expect((await pending).value).toMatchObject({ runStats: { queued: expect.any(Number) } });
  },
);
