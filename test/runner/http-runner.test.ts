import { verify } from 'node:crypto';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, test } from 'vitest';
import { createHttpRunner, type HttpRunnerOptions } from '../../src/runner/http-runner.ts';
import type { RunnerCall } from '../../src/runner/script-runner.ts';
import { freeUrl, startScriptHost, startSocketHost } from '../support/script-host.ts';
import { signingKeys } from '../support/signing-keys.ts';

const open: { stop(): Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.stop()));
});

const call: RunnerCall = {
  runId: 'run-1',
  attempt: 2,
  idempotencyKey: 'run-1:1',
  body: '{"inputs":{"name":"Zoë"}}',
  timeoutSeconds: 5,
  signal: new AbortController().signal,
  mask: (text) => text,
};

function runnerFor(options: HttpRunnerOptions) {
  const runner = createHttpRunner(options);
  open.push({ stop: () => runner.close() });
  return runner;
}

async function hostFor(answer: Parameters<typeof startScriptHost>[0]) {
  const host = await startScriptHost(answer);
  open.push(host);
  return host;
}

async function answerTo(answer: (response: ServerResponse) => void, change: Partial<RunnerCall> = {}) {
  const host = await hostFor(answer);
  return runnerFor({ url: host.url }).run({ ...call, ...change });
}

async function answerToBytes(bytes: string) {
  const host = await startSocketHost((socket) => socket.end(bytes));
  open.push(host);
  return runnerFor({ url: host.url }).run(call);
}

describe('what the script host gets', () => {
  test('the body byte for byte, and who calls', async () => {
    const host = await hostFor((response) => response.end('{}'));
    await runnerFor({ url: `${host.url}?tenant=1`, apiKey: 'key-1' }).run(call);
    const [{ request, body } = { request: undefined, body: '' }] = host.calls;
    expect(body).toBe(call.body);
    expect(request).toMatchObject({
      method: 'POST',
      url: '/run?tenant=1',
      headers: {
        'content-type': 'application/json',
        'accept-encoding': 'identity',
        authorization: 'Bearer key-1',
        'idempotency-key': 'run-1:1',
        'journey-run-id': 'run-1',
        'journey-attempt': '2',
      },
    });
    expect(request?.headers).not.toHaveProperty('webhook-signature');
  });

  test("the URL's credentials as Basic authorization, and no part of them in the URL", async () => {
    const host = await hostFor((response) => response.end('{}'));
    const url = host.url.replace('http://', 'http://a%20user:p%C3%A4ss%3Aword@');
    await runnerFor({ url }).run(call);
    const [{ request }] = host.calls as [(typeof host.calls)[0]];
    expect(request.headers.authorization).toBe(`Basic ${Buffer.from('a user:päss:word').toString('base64')}`);
    expect(request.url).toBe('/run');
    expect(request.headers.host).not.toContain('@');
  });

  test('a signature that Standard Webhooks verifies', async () => {
    const signingSecret = `whsec_${Buffer.from('a secret of thirty-two bytes....').toString('base64')}`;
    const host = await hostFor((response) => response.end('{}'));
    await runnerFor({ url: host.url, signingSecrets: [signingSecret] }).run(call);
    const headers = host.calls[0]?.request.headers as Record<string, string>;
    const webhook = new Webhook(signingSecret);
    expect(webhook.verify(call.body, headers)).toEqual({ inputs: { name: 'Zoë' } });
    expect(headers['webhook-id']).toBe(call.idempotencyKey);
    expect(() => webhook.verify(`${call.body} `, headers)).toThrow();
  });

  test('a signature by ed25519, whose host has the public key alone', async () => {
    const { privateKey, verifier } = signingKeys();
    const host = await hostFor((response) => response.end('{}'));
    await runnerFor({ url: host.url, signingSecrets: [privateKey] }).run(call);
    const [{ request, body }] = host.calls as [(typeof host.calls)[0]];
    const signed = `${request.headers['webhook-id']}.${request.headers['webhook-timestamp']}.${body}`;
    const [version, signature] = String(request.headers['webhook-signature']).split(',');
    expect(version).toBe('v1a');
    const isGenuine = (text: string) =>
      verify(null, Buffer.from(text), verifier, Buffer.from(signature!, 'base64'));
    expect(isGenuine(signed)).toBe(true);
    expect(isGenuine(`${signed} `)).toBe(false);
  });

  test('a signature by each secret while they rotate, any of which Standard Webhooks verifies', async () => {
    const secrets = [1, 2].map((fill) => `whsec_${Buffer.alloc(32, fill).toString('base64')}`);
    const host = await hostFor((response) => response.end('{}'));
    await runnerFor({ url: host.url, signingSecrets: [signingKeys().privateKey, ...secrets] }).run(call);
    const { headers } = host.calls[0]!.request;
    expect(headers['webhook-signature']).toMatch(/^v1a,\S+ v1,\S+ v1,\S+$/);
    for (const secret of secrets) {
      const verified = new Webhook(secret).verify(call.body, headers as Record<string, string>);
      expect(verified).toEqual({ inputs: { name: 'Zoë' } });
    }
    const other = new Webhook(`whsec_${Buffer.alloc(32, 3).toString('base64')}`);
    expect(() => other.verify(call.body, headers as Record<string, string>)).toThrow('No matching signature');
  });
});

describe('a result', () => {
  test.each<[number, string, unknown]>([
    [200, '{"ok":true}', { ok: true }],
    [200, '\ufeff[1,"é"]', [1, 'é']],
    [201, 'null', null],
    [202, '"accepted"', 'accepted'],
    [204, '', null],
  ])('%i %j is taken', async (status, body, result) => {
    const answer = await answerTo((response) => response.writeHead(status).end(body));
    expect(answer).toEqual({ kind: 'result', result, latencyMs: expect.any(Number) });
    expect(answer.latencyMs).toBeGreaterThan(0);
  });

  test('of one mebibyte is taken, and not a byte more', async () => {
    const filled = (bytes: number) => JSON.stringify('x'.repeat(bytes - 2));
    expect(await answerTo((response) => response.end(filled(1024 * 1024)))).toMatchObject({ kind: 'result' });
    expect(await answerTo((response) => response.end(filled(1024 * 1024 + 1)))).toMatchObject({
      error: { code: 'RESULT_TOO_LARGE', detail: { httpStatus: 200 }, retryable: false },
      definite: true,
    });
  });

  test('that never ends is left at the limit, and its connection closed', async () => {
    const closed: Promise<unknown>[] = [];
    const answer = await answerTo((response) => {
      closed.push(once(response, 'close'));
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(64 * 1024, 'x')));
      };
      response.on('drain', more);
      more();
    });
    expect(answer).toMatchObject({ kind: 'failure', error: { code: 'RESULT_TOO_LARGE' } });
    await Promise.all(closed);
  });

  test.each<[string, string | Buffer, RegExp]>([
    ['is not JSON', '<html>', /not JSON; respond with JSON/],
    ['is empty', '', /or with 204/],
    ['is not UTF-8', Buffer.from([0x22, 0xff, 0x22]), /not JSON/],
    [
      'holds a number of too many digits',
      '{"order":{"id":1e1000}}',
      /at order\.id has more than 1000 digits.* send it as a string/,
    ],
    ['is nested too deeply', `${'['.repeat(40)}${']'.repeat(40)}`, /deeper than 32/],
    ['holds a NUL', '["\\u0000"]', /at 0 .*NUL/],
    ['holds a lone surrogate', '["\\ud800"]', /surrogate/],
    ['holds __proto__', '{"__proto__":1}', /dropped/],
    ['holds a NUL in a key', '{"a\\u0000b":1}', /at a\uFFFDb .*NUL/],
    ['holds -0', '[{"discount":-0.0}]', /at 0\.discount is -0, .*send 0/],
    [
      'holds a key twice',
      '{"a":[{"id":1,"i\\u0064":1.50}]}',
      /at a\.0\.id is twice in its object; send each key once/,
    ],
    ['fails under a key too long to tell', `{"a${'😀'.repeat(150)}":"\\u0000"}`, /😀\uFFFD .*NUL/],
  ])('that %s is refused for good', async (_, body, message) => {
    expect(await answerTo((response) => response.end(body))).toMatchObject({
      error: {
        code: 'RUNNER_INVALID_RESPONSE',
        message: expect.stringMatching(message),
        detail: { httpStatus: 200 },
        retryable: false,
      },
      definite: true,
    });
  });

  test.each(['identity', 'Identity', ' IDENTITY '])('in the encoding %j is taken', async (encoding) => {
    const answer = await answerToBytes(
      `HTTP/1.1 200 OK\r\nContent-ENCODING: ${encoding}\r\ncontent-length: 2\r\n\r\n{}`,
    );
    expect(answer).toMatchObject({ kind: 'result', result: {} });
  });

  test.each([
    ['100 Continue', 'HTTP/1.1 100 Continue\r\n\r\n'],
    ['two of them', 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n'],
    ['102 Processing', 'HTTP/1.1 102 Processing\r\n\r\n'],
    ['103 Early Hints', 'HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n'],
    ['several', 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 199 What\r\n\r\n'],
  ])('after %s is taken', async (_, interim) => {
    const answer = await answerToBytes(`${interim}HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}`);
    expect(answer).toMatchObject({ kind: 'result', result: {} });
  });

  test('that switches protocols is refused', async () => {
    const answer = await answerToBytes(
      'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n',
    );
    expect(answer).toMatchObject({ error: { code: 'RUNNER_INVALID_RESPONSE', detail: { httpStatus: 101 } } });
  });

  test('that is compressed unasked is refused', async () => {
    const answer = await answerTo((response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{}')),
    );
    expect(answer).toMatchObject({
      error: { code: 'RUNNER_INVALID_RESPONSE', message: expect.stringContaining('gzip') },
    });
  });
});

describe('an answer that is no result', () => {
  test.each<[number, string, boolean, boolean]>([
    [301, 'RUNNER_INVALID_RESPONSE', false, true],
    [307, 'RUNNER_INVALID_RESPONSE', false, true],
    [400, 'RUNNER_REJECTED', false, true],
    [401, 'RUNNER_REJECTED', false, true],
    [404, 'RUNNER_REJECTED', false, true],
    [422, 'RUNNER_REJECTED', false, true],
    [408, 'RUNNER_FAILED', true, true],
    [409, 'RUNNER_FAILED', true, false],
    [425, 'RUNNER_FAILED', true, true],
    [429, 'RUNNER_FAILED', true, true],
    [500, 'RUNNER_FAILED', true, true],
    [502, 'RUNNER_FAILED', true, false],
    [503, 'RUNNER_FAILED', true, true],
    [504, 'RUNNER_FAILED', true, false],
  ])('%i is %s (retryable %s, definite %s)', async (status, code, retryable, definite) => {
    const answer = await answerTo((response) => response.writeHead(status, { location: '/away' }).end('why'));
    expect(answer).toMatchObject({
      kind: 'failure',
      error: {
        code,
        message: expect.stringContaining(String(status)),
        detail: { httpStatus: status },
        retryable,
      },
      definite,
      errorBody: { text: 'why', isCut: false },
    });
  });

  test('a redirect is not followed', async () => {
    const host = await hostFor((response) => response.writeHead(307, { location: '/run' }).end());
    await runnerFor({ url: host.url }).run(call);
    expect(host.calls).toHaveLength(1);
  });

  test.each([
    [429, '7', 7],
    [503, 'Wed, 21 Oct 2015 07:28:00 GMT', 0],
    [503, 'soon', undefined],
  ])('%i with Retry-After %j asks for %s seconds', async (status, value, seconds) => {
    const answer = await answerTo((response) => response.writeHead(status, { 'retry-after': value }).end());
    expect(answer.kind === 'failure' && answer.retryAfterSeconds).toBe(seconds);
  });

  test('the start of a long body is kept apart from the message', async () => {
    const answer = await answerTo((response) => response.writeHead(500).end('x'.repeat(1024 * 1024)));
    expect(answer).toMatchObject({
      error: { message: 'The script host answered 500 Internal Server Error.' },
      errorBody: { text: 'x'.repeat(16 * 1024), isCut: true },
    });
  });

  test('a status stands though its body breaks off', async () => {
    const answer = await answerToBytes('HTTP/1.1 503 Gone\r\ncontent-length: 100\r\n\r\nhalf');
    expect(answer).toMatchObject({
      error: { code: 'RUNNER_FAILED', detail: { httpStatus: 503 } },
      definite: true,
      errorBody: { text: 'half', isCut: true },
    });
  });
});

describe('a call of unknown outcome', () => {
  const unknown = (code: string, message: RegExp) => ({
    kind: 'failure',
    error: { code, message: expect.stringMatching(message), detail: null },
    definite: false,
  });

  test('nobody listens', async () => {
    const answer = await runnerFor({ url: await freeUrl(), apiKey: 'key-1' }).run(call);
    expect(answer).toMatchObject(unknown('RUNNER_UNREACHABLE', /could not be reached \(ECONNREFUSED\)/));
  });

  test.each([
    ['before any answer', ''],
    ['within the head', 'HTTP/1.1 200 OK\r\ncontent-le'],
    ['within the result', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"half":'],
    ['within a chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nff\r\n{"half":'],
  ])('the connection breaks %s', async (_, bytes) => {
    expect(await answerToBytes(bytes)).toMatchObject(unknown('RUNNER_UNREACHABLE', /was lost/));
  });

  test('the connection is reset', async () => {
    const host = await startSocketHost((socket) => socket.resetAndDestroy());
    open.push(host);
    const answer = await runnerFor({ url: host.url }).run(call);
    expect(answer).toMatchObject(unknown('RUNNER_UNREACHABLE', /was lost/));
  });

  test('the answer is not HTTP', async () => {
    const answer = await answerToBytes('SSH-2.0-OpenSSH_9.2\r\n');
    expect(answer).toMatchObject(unknown('RUNNER_INVALID_RESPONSE', /not valid HTTP/));
  });

  test('no answer comes in time', async () => {
    const answer = await answerTo(() => {}, { timeoutSeconds: 0.05 });
    expect(answer).toMatchObject(unknown('RUNNER_TIMEOUT', /within 0\.05 s/));
    expect(answer.latencyMs).toBeGreaterThanOrEqual(45);
  });

  test('no answer comes within a time that is no whole number of milliseconds', async () => {
    const answer = await answerTo(() => {}, { timeoutSeconds: 0.0505 });
    expect(answer).toMatchObject(unknown('RUNNER_TIMEOUT', /within 0\.0505 s/));
  });

  test('the longest timeout is longer than a timer may be, and does not end the call', async () => {
    const answer = await answerTo((response) => setImmediate(() => response.end('{}')), {
      timeoutSeconds: 1e9,
    });
    expect(answer).toMatchObject({ kind: 'result' });
  });

  test('an answer that drips does not stretch the time', async () => {
    const closed: Promise<unknown>[] = [];
    const answer = await answerTo(
      (response) => {
        const drip = setInterval(() => response.write(' '), 10);
        closed.push(once(response, 'close').then(() => clearInterval(drip)));
      },
      { timeoutSeconds: 0.15 },
    );
    expect(answer).toMatchObject(unknown('RUNNER_TIMEOUT', /did not respond/));
    await Promise.all(closed);
  });
});

describe('an abort', () => {
  test('ends the call in flight and closes its connection', async () => {
    const controller = new AbortController();
    const closed: Promise<unknown>[] = [];
    const answer = await answerTo(
      (response) => {
        closed.push(once(response, 'close'));
        response.write('{"half":');
        controller.abort();
      },
      { signal: controller.signal },
    );
    expect(answer).toEqual({ kind: 'aborted', latencyMs: expect.any(Number) });
    await Promise.all(closed);
  });

  test('leaves the other calls alone', async () => {
    const controller = new AbortController();
    const waiting: ServerResponse[] = [];
    const host = await hostFor((response) => {
      waiting.push(response);
      if (waiting.length === 2) controller.abort();
    });
    const runner = runnerFor({ url: host.url });
    const kept = runner.run(call);
    expect((await runner.run({ ...call, signal: controller.signal })).kind).toBe('aborted');
    for (const response of waiting) response.end('1');
    expect(await kept).toMatchObject({ kind: 'result', result: 1 });
  });

  test('that came before calls nobody', async () => {
    const host = await hostFor((response) => response.end('1'));
    const answer = await runnerFor({ url: host.url }).run({ ...call, signal: AbortSignal.abort() });
    expect(answer.kind).toBe('aborted');
    expect(host.calls).toHaveLength(0);
  });
});

test('two hundred calls are in flight at once', async () => {
  const waiting: ServerResponse[] = [];
  const host = await hostFor((response) => {
    waiting.push(response);
    if (waiting.length === 200) for (const each of waiting) each.end('1');
  });
  const runner = runnerFor({ url: host.url });
  const answers = await Promise.all(Array.from({ length: 200 }, () => runner.run(call)));
  expect(answers.every(({ kind }) => kind === 'result')).toBe(true);
});

test.each<[HttpRunnerOptions, RegExp]>([
  [{ url: 'shop.example/run' }, /http:\/\//],
  [{ url: 'ftp://shop.example/run' }, /http:\/\//],
  [{ url: 'http://shop.example', apiKey: 'hidden\nkey' }, /a header cannot carry$/],
  [{ url: 'http://user:hidden@shop.example', apiKey: 'key' }, /set one of them/],
  [{ url: 'http://shop.example', signingSecrets: ['hidden'] }, /another form/],
])('options that cannot work are refused without telling them: %j', (options, message) => {
  expect(() => createHttpRunner(options)).toThrow(message);
  expect(() => createHttpRunner(options)).not.toThrow(/hidden|shop\.example/);
});
