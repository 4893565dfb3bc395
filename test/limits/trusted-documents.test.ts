import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startServer } from '../../src/app/http-server.ts';
import { StartupError } from '../../src/errors.ts';
import { createLogger } from '../../src/logger.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { testConfig } from '../support/worker.ts';

const TEXT = 'query Trusted { __typename }';
const HASH = createHash('sha256').update(TEXT).digest('hex');
const folder = mkdtempSync(join(tmpdir(), 'journey-runtime-documents-'));
const file = join(folder, 'persisted-documents.json');

let app: TestApp;
beforeAll(async () => {
  writeFileSync(file, JSON.stringify({ [HASH]: TEXT }));
  app = await startTestApp({ trustedDocuments: file });
});
afterAll(async () => {
  await app.stop();
  rmSync(folder, { recursive: true });
});

const post = async (body: object) => {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(app.url, { method: 'POST', headers, body: JSON.stringify(body) });
  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what an answer holds.
  const { data, errors } = (await response.json()) as any;
  return data ?? errors[0].extensions.code;
};
const ANSWER = { __typename: 'Query' };

describe('with trusted documents', () => {
  it.each([
    ['its id', { documentId: HASH }],
    ['its id with the name of the hash', { documentId: `sha256:${HASH}` }],
    [
      'the hash of Automatic Persisted Queries',
      { extensions: { persistedQuery: { version: 1, sha256Hash: HASH } } },
    ],
    ['its text', { query: TEXT }],
    ['its id and variables', { documentId: HASH, variables: {}, operationName: 'Trusted' }],
  ])('one is executed by %s', async (_, body) => {
    expect(await post(body)).toEqual(ANSWER);
  });

  it.each([
    ['another document', { query: '{ __typename }' }, 'PERSISTED_QUERY_ONLY'],
    ['another document with a trusted name', { query: `${TEXT} ` }, 'PERSISTED_QUERY_ONLY'],
    ['an unknown id', { documentId: 'x' }, 'PERSISTED_QUERY_NOT_FOUND'],
    ['a property that every object has', { documentId: 'constructor' }, 'PERSISTED_QUERY_NOT_FOUND'],
    ['an id that is no string', { documentId: 1 }, 'BAD_REQUEST'],
    ['nothing', {}, 'BAD_REQUEST'],
  ])('%s is not', async (_, body, code) => {
    expect(await post(body)).toBe(code);
  });

  it('GET takes the id too', async () => {
    const headers = { 'graphql-preflight': '1' };
    const response = await fetch(`${app.url}?documentId=${HASH}`, { headers });
    expect(await response.json()).toEqual({ data: ANSWER });
  });

  it('WebSockets take the id beside an empty query, and no other document', async () => {
    const socket = new WebSocket(app.socketUrl, 'graphql-transport-ws');
    await once(socket, 'open');
    const received: string[] = [];
    let wake = () => {};
    socket.on('message', (data) => {
      received.push(String(data));
      wake();
    });
    const next = async () => {
      while (received.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      return JSON.parse(received.shift()!);
    };
    socket.send('{"type":"connection_init"}');
    await next();
    const send = (payload: object) => socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload }));
    send({ query: '', documentId: HASH });
    expect(await next()).toEqual({ type: 'next', id: '1', payload: { data: ANSWER } });
    expect(await next()).toMatchObject({ type: 'complete' });
    send({ query: '{ __typename }' });
    expect(await next()).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'PERSISTED_QUERY_ONLY' } }],
    });
    socket.close();
  });

  it.each([
    ['is missing', join(folder, 'missing.json'), null],
    ['is not JSON', join(folder, 'broken.json'), '{'],
    ['holds other values than texts', join(folder, 'wrong.json'), '{"a":1}'],
  ])('the start fails when the file %s', async (_, path, content) => {
    if (content !== null) writeFileSync(path, content);
    const config = testConfig({ port: 0, trustedDocuments: path });
    const start = startServer(config, { ...app.services, config }, createLogger('silent'));
    await expect(start).rejects.toThrow(StartupError);
    await expect(start).rejects.toThrow('JOURNEY_RUNTIME_TRUSTED_DOCUMENTS');
  });
});

it('large requests are for the fields that take them', async () => {
  const open = await startTestApp();
  const send = async (query: string, bytes: number) => {
    const body = JSON.stringify({ query, variables: { unused: 'x'.repeat(bytes) } });
    const headers = { 'content-type': 'application/json' };
    return (await fetch(open.url, { method: 'POST', headers, body })).status;
  };
  const checkout =
    'mutation { ...M } fragment M on Mutation { recordOrder(input: { number: "1", lines: [] }) { userErrors { code } } }';
  expect(await send('{ __typename }', 1_900_000)).toBe(200);
  expect(await send('{ __typename }', 2_200_000)).toBe(413);
  expect(await send('mutation { archiveComponent(id: "x") { userErrors { code } } }', 2_200_000)).toBe(413);
  expect(await send(checkout, 4_500_000)).toBe(200);
  await open.stop();
});
