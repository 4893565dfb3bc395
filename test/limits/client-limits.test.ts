import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RawData, WebSocket } from 'ws';
import { startTestApp, type TestApp } from '../support/app.ts';

let app: TestApp;
beforeAll(async () => {
  // Each test has addresses of its own, as behind a proxy.
  app = await startTestApp({ trustedProxies: ['127.0.0.1'], clientCostPerMinute: 5_000_000 });
});
afterAll(() => app.stop());

let lastAddress = 0;
function newAddress(): string {
  lastAddress += 1;
  return `203.0.113.${lastAddress}`;
}

const JSON_TYPE = 'application/json';
const RESPONSE_TYPE = 'application/graphql-response+json';

const post = (from: string, query: string, variables: object = {}, headers: Record<string, string> = {}) =>
  fetch(app.url, {
    method: 'POST',
    headers: { 'content-type': JSON_TYPE, 'x-forwarded-for': from, ...headers },
    body: JSON.stringify({ query, variables }),
  });

async function send(from: string, query: string, variables?: object) {
  const response = await post(from, query, variables);
  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what an answer holds.
  const { data, errors } = (await response.json()) as any;
  return { data, errors, code: errors?.[0]?.extensions.code, headers: response.headers };
}

/** A client that is not limited, and is answered. */
async function expectCalm(): Promise<void> {
  const { data } = await send(newAddress(), '{ products(search: "none") { nodes { id } } }');
  expect(data).toEqual({ products: { nodes: [] } });
}

const aliases = (count: number, field: string) =>
  `{ ${Array.from({ length: count }, (_, n) => `a${n}: ${field}`).join(' ')} }`;
const EXPENSIVE = aliases(20, 'runStats { queued }');

type Message = { type: string; id?: string; payload?: unknown };

/** A socket that has been acknowledged. `next` resolves to the next message. */
async function openSocket(from: string) {
  const socket = new WebSocket(app.socketUrl, 'graphql-transport-ws', {
    headers: { 'x-forwarded-for': from },
  });
  const received: Message[] = [];
  let wake = () => {};
  socket.on('message', (data: RawData) => {
    received.push(JSON.parse(String(data)));
    wake();
  });
  const next = async (): Promise<Message> => {
    while (received.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    return received.shift()!;
  };
  await once(socket, 'open');
  socket.send('{"type":"connection_init"}');
  expect(await next()).toMatchObject({ type: 'connection_ack' });
  const subscribe = (id: string, query: string, variables = {}) =>
    socket.send(JSON.stringify({ type: 'subscribe', id, payload: { query, variables } }));
  return { socket, next, subscribe };
}

describe('operations that cost too much in a minute', () => {
  const greedy = newAddress();
  const used = async () => {
    for (let n = 0; n < 10; n += 1) {
      const answer = await send(greedy, EXPENSIVE);
      if (answer.code === 'RATE_LIMITED') return answer;
      expect(answer.errors).toBeUndefined();
    }
    throw new Error('was never limited');
  };

  it('are rejected with the seconds to wait, on each transport, and nobody else is', async () => {
    const { errors, headers } = await used();
    const seconds = Number(headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(errors[0]).toMatchObject({ message: expect.stringContaining('in a minute') });
    expect(errors[0].extensions).toEqual({ code: 'RATE_LIMITED', retryAfter: expect.any(Number) });
    const asJson = await post(greedy, EXPENSIVE, {}, { accept: JSON_TYPE });
    expect([asJson.status, asJson.headers.has('retry-after')]).toEqual([200, true]);
    const asResponse = await post(greedy, EXPENSIVE, {}, { accept: RESPONSE_TYPE });
    expect([asResponse.status, asResponse.headers.has('retry-after')]).toEqual([429, true]);
    const byGet = await fetch(`${app.url}?query=${encodeURIComponent(EXPENSIVE)}`, {
      headers: { 'x-forwarded-for': greedy, 'graphql-preflight': '1', accept: RESPONSE_TYPE },
    });
    expect([byGet.status, byGet.headers.has('retry-after')]).toEqual([429, true]);
    await expectCalm();
  });

  it('end their operation on a WebSocket, and not the socket', async () => {
    const { next, subscribe, socket } = await openSocket(greedy);
    subscribe('1', EXPENSIVE);
    expect(await next()).toMatchObject({
      type: 'next',
      id: '1',
      payload: { errors: [{ extensions: { code: 'RATE_LIMITED', retryAfter: expect.any(Number) } }] },
    });
    expect(await next()).toEqual({ type: 'complete', id: '1' });
    subscribe('2', '{ __typename }');
    expect(await next()).toMatchObject({ type: 'next', id: '2' });
    socket.close();
  });

  it('are those of an IPv6 network together', async () => {
    const limited = async (address: string) => (await send(address, EXPENSIVE)).code === 'RATE_LIMITED';
    let sent = 0;
    while (!(await limited(`2001:db8:0:1::${sent.toString(16)}`))) sent += 1;
    expect(await limited('2001:db8:0:1:ffff::1')).toBe(true);
    expect(await limited('2001:db8:0:2::1')).toBe(false);
  });
});

it('requests are counted for the client that the trusted proxy names, and not for an invented one', async () => {
  const greedy = newAddress();
  while ((await send(greedy, EXPENSIVE)).code !== 'RATE_LIMITED');
  expect((await send(`198.51.100.1, ${greedy}`, EXPENSIVE)).code).toBe('RATE_LIMITED');
});

it('too many new documents are rejected, and known ones are not', async () => {
  const greedy = newAddress();
  expect((await send(greedy, '{ __typename }')).data).toBeDefined();
  let answer = await send(greedy, '{ __typename }');
  for (let n = 0; answer.code === undefined; n += 1)
    answer = await send(greedy, `query Q${n} ${aliases(90, '__typename')}`);
  expect(answer).toMatchObject({
    code: 'RATE_LIMITED',
    errors: [{ message: expect.stringContaining('variables') }],
  });
  expect(answer.headers.has('retry-after')).toBe(true);
  expect((await send(greedy, '{ __typename }')).data).toEqual({ __typename: 'Query' });
  expect((await send(newAddress(), '{ calm: __typename }')).data).toEqual({ calm: 'Query' });
});

describe('operations that wait for a lock', () => {
  it('leave other clients the database, and are rejected when there are too many', async () => {
    await app.query('mutation { saveProduct(input: { sku: "LOCKED" }) { product { id } } }');
    const holder = await app.db.pool.connect();
    await holder.query(`begin; select from products where sku = 'LOCKED' for update`);
    const greedy = newAddress();
    const save = 'mutation { saveProduct(input: { sku: "LOCKED" }) { product { id } userErrors { code } } }';
    const answers = Array.from({ length: 130 }, () => send(greedy, save));
    const limited = await Promise.race(
      answers.map((answer) =>
        answer.then((one) => (one.code === 'RATE_LIMITED' ? one : new Promise<never>(() => {}))),
      ),
    );
    expect(limited.errors[0].message).toContain('operations in progress');
    const { data } = await send(newAddress(), '{ product(sku: "LOCKED") { sku } }');
    expect(data).toEqual({ product: { sku: 'LOCKED' } });
    await holder.query('rollback');
    holder.release();
    await Promise.all(answers);
  });
});

describe('subscriptions', () => {
  const text = 'subscription ($where: RunFilter) { runEvents(where: $where) { runId } }';

  it('with too many different filters are rejected, and equal ones share', async () => {
    const greedy = newAddress();
    const { socket, next, subscribe } = await openSocket(greedy);
    for (let n = 0; n <= 200; n += 1) subscribe(`s${n}`, text, { where: { metadata: { n } } });
    expect(await next()).toMatchObject({
      id: 's200',
      payload: {
        errors: [{ message: expect.stringContaining('different'), extensions: { code: 'RATE_LIMITED' } }],
      },
    });
    expect(await next()).toEqual({ type: 'complete', id: 's200' });
    // An equal one is accepted, and so is another once one has ended.
    subscribe('equal', text, { where: { metadata: { n: 7 } } });
    socket.send('{"type":"complete","id":"s3"}');
    subscribe('other', text, { where: { metadata: { n: 1_000 } } });
    subscribe('after', '{ __typename }');
    expect(await next()).toMatchObject({ type: 'next', id: 'after' });
    const calm = await openSocket(newAddress());
    calm.subscribe('1', text, { where: { metadata: { n: 5_000 } } });
    calm.subscribe('2', '{ __typename }');
    expect(await calm.next()).toMatchObject({ type: 'next', id: '2' });
    socket.close();
    calm.socket.close();
  });

  it('by server-sent events count with those of WebSockets', async () => {
    const greedy = newAddress();
    const { socket, subscribe, next } = await openSocket(greedy);
    for (let n = 0; n < 200; n += 1) subscribe(`s${n}`, text, { where: { metadata: { n } } });
    subscribe('last', '{ __typename }');
    expect(await next()).toMatchObject({ id: 'last' });
    const response = await post(
      greedy,
      text,
      { where: { metadata: { n: -1 } } },
      { accept: 'text/event-stream' },
    );
    expect(await response.text()).toContain('RATE_LIMITED');
    socket.close();
  });
});

it('bodies that stay unfinished are bounded for each client', async () => {
  const greedy = newAddress();
  const part = 'x'.repeat(4 * 1024 * 1024);
  const leaving = new AbortController();
  const started: Promise<Response>[] = [];
  const open = () => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(part));
      },
    });
    const sent = fetch(app.url, {
      method: 'POST',
      headers: { 'content-type': JSON_TYPE, 'x-forwarded-for': greedy },
      body,
      duplex: 'half',
      signal: leaving.signal,
    } as RequestInit);
    sent.catch(() => {});
    started.push(sent);
  };
  for (let n = 0; n < 12; n += 1) open();
  const limited = await Promise.race(started);
  expect([limited.status, limited.headers.has('retry-after')]).toEqual([429, true]);
  expect(await limited.json()).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED' } }] });
  await expectCalm();
  leaving.abort();
});

it('messages beyond the rate are read later, and others are served meanwhile', async () => {
  const greedy = await openSocket(newAddress());
  const count = 6_000;
  for (let n = 0; n < count; n += 1) greedy.socket.send('{"type":"ping"}');
  const calm = await openSocket(newAddress());
  calm.subscribe('1', '{ __typename }');
  expect(await calm.next()).toMatchObject({ type: 'next' });
  for (let n = 0; n < count; n += 1) expect(await greedy.next()).toEqual({ type: 'pong' });
  greedy.socket.close();
  calm.socket.close();
});
