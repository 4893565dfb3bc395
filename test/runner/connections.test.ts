import { once } from 'node:events';
import { createServer as createHttpServer, request as httpRequest, type IncomingMessage } from 'node:http';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createHttpRunner, type HttpRunnerOptions } from '../../src/runner/http-runner.ts';
import type { RunnerCall } from '../../src/runner/script-runner.ts';
import { startScriptHost } from '../support/script-host.ts';

const open: { stop(): Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.stop()));
});

const call: RunnerCall = {
  runId: 'run-1',
  attempt: 1,
  idempotencyKey: 'run-1:1',
  body: '{"inputs":{"name":"Zoë"}}',
  timeoutSeconds: 20,
  signal: new AbortController().signal,
  mask: (text) => text,
};

function runnerFor(options: HttpRunnerOptions) {
  const runner = createHttpRunner(options);
  open.push({ stop: () => runner.close() });
  return runner;
}

const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}';

/** Answers by hand: `answer` gets each request's socket, its number on that socket from 1, and its text. */
async function startByHand(answer: (socket: Socket, nth: number, text: string) => void) {
  const sockets: Socket[] = [];
  const requests: string[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    let nth = 0;
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
      if (!text.endsWith(call.body)) return;
      requests.push(text);
      nth += 1;
      answer(socket, nth, text);
      text = '';
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/run`,
    sockets,
    requests,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  open.push(host);
  return host;
}

const closings: [string, (socket: Socket) => void][] = [
  ['ends', (socket) => socket.end()],
  ['resets', (socket) => socket.resetAndDestroy()],
];

describe('a connection that was used before', () => {
  test.each(closings)(
    'and %s when the next request comes is no failure: 60 of 60 calls succeed',
    async (_, close) => {
      const host = await startByHand((socket, nth) => (nth === 1 ? socket.write(OK) : close(socket)));
      const runner = runnerFor({ url: host.url });
      const attempts = await Promise.all(Array.from({ length: 30 }, () => runner.run(call)));
      const again = await Promise.all(Array.from({ length: 30 }, () => runner.run(call)));
      expect([...attempts, ...again].map(({ kind }) => kind)).toEqual(Array(60).fill('result'));
      // Each of the 30 later calls came twice: on its old connection, and on a new one.
      expect(host.requests).toHaveLength(90);
    },
  );

  test('is repeated with the same key and bytes', async () => {
    const host = await startByHand((socket, nth) => (nth === 1 ? socket.write(OK) : socket.end()));
    const runner = runnerFor({
      url: host.url,
      signingSecrets: [`whsec_${Buffer.alloc(32).toString('base64')}`],
    });
    await runner.run(call);
    expect(await runner.run({ ...call, idempotencyKey: 'run-1:2' })).toMatchObject({ kind: 'result' });
    const [, first, second] = host.requests.map((text) => text.replace(/connection: .*\r\n/i, ''));
    expect(first).toContain('run-1:2');
    expect(second).toBe(first);
  });

  test('and breaks within its answer is a failure', async () => {
    const host = await startByHand((socket, nth) =>
      nth === 1 ? socket.write(OK) : socket.end('HTTP/1.1 2'),
    );
    const runner = runnerFor({ url: host.url });
    await runner.run(call);
    expect(await runner.run(call)).toMatchObject({ error: { code: 'RUNNER_UNREACHABLE' }, definite: false });
    expect(host.requests).toHaveLength(2);
  });

  test.each(closings)('is repeated once: a new connection that %s is a failure', async (_, close) => {
    let answered = 0;
    const host = await startByHand((socket) => {
      answered += 1;
      if (answered === 1) socket.write(OK);
      else close(socket);
    });
    const runner = runnerFor({ url: host.url });
    await runner.run(call);
    expect(await runner.run(call)).toMatchObject({ error: { code: 'RUNNER_UNREACHABLE' }, definite: false });
    expect(host.requests).toHaveLength(3);
  });

  test('is not repeated after an abort', async () => {
    const controller = new AbortController();
    const host = await startByHand((socket, nth) => {
      if (nth === 1) socket.write(OK);
      else controller.abort();
    });
    const runner = runnerFor({ url: host.url });
    await runner.run(call);
    expect((await runner.run({ ...call, signal: controller.signal })).kind).toBe('aborted');
    expect(host.requests).toHaveLength(2);
  });
});

test.each(closings)(
  'a new connection that %s before its answer is a failure, not repeated',
  async (_, close) => {
    const host = await startByHand(close);
    expect(await runnerFor({ url: host.url }).run(call)).toMatchObject({
      error: { code: 'RUNNER_UNREACHABLE' },
    });
    expect(host.requests).toHaveLength(1);
  },
);

/** A forward proxy: passes on what is requested by its whole URL, and refuses tunnels. */
async function startForwardProxy() {
  const seen: { method: string; target: string; authorization?: string }[] = [];
  const record = ({ method, url, headers }: IncomingMessage) =>
    seen.push({ method: method!, target: url!, authorization: headers['proxy-authorization'] });
  const server = createHttpServer((request, response) => {
    record(request);
    const { method, headers, url } = request;
    const onward = httpRequest(url!, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
  });
  server.on('connect', (request, socket) => {
    record(request);
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push({
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
  return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

describe('a proxy', () => {
  test('is called instead of the host, with its credentials', async () => {
    const proxy = await startForwardProxy();
    const host = await startScriptHost((response) => response.end('{"by":"proxy"}'));
    open.push(host);
    const runner = runnerFor({ url: host.url, proxyEnv: { HTTP_PROXY: `http://me:pass@${proxy.address}` } });
    for (let count = 0; count < 2; count += 1)
      expect(await runner.run(call)).toMatchObject({ kind: 'result', result: { by: 'proxy' } });
    const authorization = `Basic ${Buffer.from('me:pass').toString('base64')}`;
    expect(proxy.seen).toEqual(Array(2).fill({ method: 'POST', target: host.url, authorization }));
    expect(host.calls[0]!.body).toBe(call.body);
  });

  test('is asked for a tunnel to an https host', async () => {
    const proxy = await startForwardProxy();
    const runner = runnerFor({
      url: 'https://shop.example/run',
      proxyEnv: { HTTPS_PROXY: `http://${proxy.address}`, HTTP_PROXY: 'http://127.0.0.1:1' },
    });
    expect(await runner.run(call)).toMatchObject({ error: { code: 'RUNNER_UNREACHABLE' } });
    expect(proxy.seen).toMatchObject([{ method: 'CONNECT', target: 'shop.example:443' }]);
  });

  test.each(['127.0.0.1', '*', 'shop.example,127.0.0.1'])('is passed by for NO_PROXY=%s', async (noProxy) => {
    const proxy = await startForwardProxy();
    const host = await startScriptHost((response) => response.end('{}'));
    open.push(host);
    const proxyEnv = { HTTP_PROXY: `http://${proxy.address}`, NO_PROXY: noProxy };
    expect(await runnerFor({ url: host.url, proxyEnv }).run(call)).toMatchObject({ kind: 'result' });
    expect(proxy.seen).toEqual([]);
  });
});
