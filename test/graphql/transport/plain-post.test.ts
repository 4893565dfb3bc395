import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createExecution } from '../../../src/graphql/execution/execution.ts';
import { schema } from '../../../src/graphql/schema/schema.ts';
import { createHttp } from '../../../src/graphql/transport/yoga.ts';
import { createLogger } from '../../../src/logger.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';

let app: TestApp;
/** One with the short way of plain JSON POSTs, one where Yoga answers them too. */
const servers: Server[] = [];
beforeAll(async () => {
  app = await startTestApp();
  const logger = createLogger('silent');
  for (const plainPosts of [true, false]) {
    const http = createHttp(createExecution(schema, app.services, logger), logger, { plainPosts });
    servers.push(createServer((req, res) => void http.handle(req, res)).listen(0, '127.0.0.1'));
  }
  await Promise.all(servers.map((server) => once(server, 'listening')));
});
afterAll(async () => {
  for (const server of servers) server.close();
  await app.stop();
});

type Case = { body?: string | Buffer; headers?: Record<string, string>; method?: string };

const json = (params: unknown): Case => ({ body: JSON.stringify(params) });
const query = (text: string, more: object = {}): Case => json({ query: text, ...more });
const deep = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

const CASES: [string, Case][] = [
  ['a query', query('{ __typename }')],
  ['a query of rows', query('{ products { totalCount nodes { id sku } } }')],
  [
    'a mutation',
    query('mutation { saveProduct(input: { sku: "A", title: "é😀" }) { product { sku title } } }'),
  ],
  [
    'a mutation with userErrors',
    query('mutation { saveProduct(input: { sku: "" }) { userErrors { code path } } }'),
  ],
  ['introspection', query('{ __schema { queryType { name } types { name } } }')],
  ['variables', query('query ($n: Int) { products(first: $n) { totalCount } }', { variables: { n: 1 } })],
  ['null for variables', query('{ __typename }', { variables: null })],
  ['a list for variables', query('{ __typename }', { variables: [1] })],
  ['a text for variables', query('{ __typename }', { variables: 'x' })],
  ['an undeclared variable', query('{ __typename }', { variables: { x: 1 } })],
  ['a deep undeclared variable', { body: `{"query":"{ __typename }","variables":${deep(50_000)}}` }],
  [
    'a variable of a wrong type',
    query('query ($n: Int!) { products(first: $n) { totalCount } }', { variables: { n: 'x' } }),
  ],
  ['a missing variable', query('query ($n: Int!) { products(first: $n) { totalCount } }')],
  [
    'a number that a double changes',
    { body: '{"query":"{ __typename }","variables":{"n":9007199254740993}}' },
  ],
  ['an operation name', query('query A { __typename } query B { a: __typename }', { operationName: 'B' })],
  ['an unknown operation name', query('query A { __typename }', { operationName: 'B' })],
  ['no operation name of two', query('query A { __typename } query B { __typename }')],
  ['null for an operation name', query('{ __typename }', { operationName: null })],
  ['a number for an operation name', query('{ __typename }', { operationName: 1 })],
  ['extensions', query('{ __typename }', { extensions: { a: 1 } })],
  ['null for extensions', query('{ __typename }', { extensions: null })],
  ['a list for extensions', query('{ __typename }', { extensions: [] })],
  [
    'a hash of the query beside it',
    query('{ __typename }', { extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } }),
  ],
  ['a hash in place of a query', json({ extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } })],
  ['an unknown parameter', query('{ __typename }', { more: 1 })],
  ['an unknown parameter that is null', query('{ __typename }', { more: null })],
  ['a syntax error', query('{')],
  ['an empty query', query('')],
  ['an unknown field', query('{ nothing }')],
  ['many unknown fields', query(`{ ${Array.from({ length: 60 }, (_, n) => `n${n}`).join(' ')} }`)],
  ['too many tokens', query(`{ ${'__typename '.repeat(7_000)} }`)],
  ['too many aliases', query(`{ ${Array.from({ length: 101 }, (_, n) => `a${n}: __typename`).join(' ')} }`)],
  ['too deep a document', query(`{ ${'a { '.repeat(30)} b ${'} '.repeat(30)} }`)],
  [
    'too costly a document',
    query(
      '{ products(first: 100) { nodes { journeyComponents { component { versions(first: 100) { nodes { id } } } } } } }',
    ),
  ],
  ['a field error', query('{ products(first: 1000) { totalCount } }')],
  ['a field error beside data', query('{ __typename products(first: 1000) { totalCount } }')],
  ['a malformed cursor', query('{ runEvents(after: "x") { nodes { cursor } } }')],
  ['null for a query', json({ query: null })],
  ['a number for a query', json({ query: 1 })],
  ['no query', json({})],
  ['a list of requests', json([{ query: '{ __typename }' }])],
  ['an empty list', json([])],
  ['null for a body', json(null)],
  ['a text for a body', json('{ __typename }')],
  ['no body', { body: '' }],
  ['a body that is cut', { body: '{"query":' }],
  ['a body that is not UTF-8', { body: Buffer.from([0x22, 0xff, 0x22]) }],
  [
    'a body that is too large',
    { body: JSON.stringify({ query: '{ __typename }', variables: { a: 'x'.repeat(5_300_000) } }) },
  ],
  [
    'a type in capitals',
    { ...query('{ __typename }'), headers: { 'content-type': 'Application/JSON; Charset="UTF-8"' } },
  ],
  [
    'another charset',
    { ...query('{ __typename }'), headers: { 'content-type': 'application/json; charset=utf-16' } },
  ],
  ['another type', { ...query('{ __typename }'), headers: { 'content-type': 'text/plain' } }],
  ['no type', { ...query('{ __typename }'), headers: { 'content-type': '' } }],
  ['an identity encoding', { ...query('{ __typename }'), headers: { 'content-encoding': 'Identity' } }],
  ['a compressed body', { ...query('{ __typename }'), headers: { 'content-encoding': 'GZIP' } }],
  ['a subscription', query('subscription { runEvents { cursor } }')],
  ['another method', { ...query('{ __typename }'), method: 'PUT' }],
];

const ACCEPTS = [
  undefined,
  '',
  '*/*',
  'application/json',
  'application/graphql-response+json',
  'application/graphql-response+json, application/json;q=0.9',
  'application/json;q=0.5, application/graphql-response+json;q=0.8',
  'multipart/mixed;deferSpec=20220824,application/graphql-response+json,application/json',
  'APPLICATION/JSON; charset=utf-8',
  'image/png',
];

const EVERY_CASE = ACCEPTS.filter(
  (accept) => accept === undefined || accept.startsWith('application/'),
).flatMap((accept) => CASES.map(([name, sent]) => [name, accept, sent] as const));
const EVERY_ACCEPT = ACCEPTS.flatMap((accept) =>
  CASES.filter(([name]) => /^(a query|an unknown field|a field error|null for a query)$/.test(name)).map(
    ([name, sent]) => [name, accept, sent] as const,
  ),
);

it.each([...EVERY_CASE, ...EVERY_ACCEPT])(
  '%s, accepting %s, is answered alike by both',
  async (name, accept, sent) => {
    // A subscription to which an event stream is an answer does not end.
    if (name === 'a subscription' && accept === undefined) return;
    const [plain, yoga] = await Promise.all(servers.map((server) => answerTo(server, sent, accept)));
    expect(plain).toEqual(yoga);
    expect(plain!.status).toBeLessThan(500);
  },
);

async function answerTo(server: Server, { body = '', headers, method = 'POST' }: Case, accept?: string) {
  const { port } = server.address() as AddressInfo;
  const req = httpRequest({ host: '127.0.0.1', port, path: '/graphql', method, agent: false });
  const all = { 'content-type': 'application/json', ...headers, ...(accept === undefined ? {} : { accept }) };
  for (const [name, value] of Object.entries(all)) req.setHeader(name, value);
  req.on('error', () => {});
  req.end(body);
  const [res] = (await once(req, 'response')) as [IncomingMessage];
  return {
    status: res.statusCode!,
    type: res.headers['content-type'],
    allow: res.headers.allow,
    body: await text(res),
  };
}

it.each([
  ['a query', 200, 200],
  ['a mutation with userErrors', 200, 200],
  ['a field error', 200, 200],
  ['a field error beside data', 200, 200],
  ['a syntax error', 200, 400],
  ['an unknown field', 200, 400],
  ['too many tokens', 200, 400],
  ['too many aliases', 200, 400],
  ['too deep a document', 200, 400],
  ['too costly a document', 200, 400],
  ['a missing variable', 200, 400],
  ['a variable of a wrong type', 200, 400],
  ['no operation name of two', 200, 400],
  ['an unknown operation name', 200, 400],
  ['a hash in place of a query', 200, 400],
  ['null for a query', 400, 400],
  ['a number for a query', 400, 400],
  ['no query', 400, 400],
  ['a list for variables', 400, 400],
  ['a list of requests', 400, 400],
  ['a body that is cut', 400, 400],
  ['another type', 415, 415],
  ['another charset', 415, 415],
  ['a compressed body', 415, 415],
  ['a body that is too large', 413, 413],
  ['a subscription', 406, 406],
])('%s is answered with %i as JSON, and with %i as a GraphQL response', async (name, asJson, asResponse) => {
  const sent = CASES.find(([known]) => known === name)![1];
  const types = ['application/json', 'application/graphql-response+json'];
  const answers = await Promise.all(types.map((type) => answerTo(servers[0]!, sent, type)));
  expect(answers.map(({ status }) => status)).toEqual([asJson, asResponse]);
  expect(answers.map(({ type }) => type)).toEqual(types.map((type) => `${type}; charset=utf-8`));
});

it('answers a hash in place of a query as Automatic Persisted Queries name it', async () => {
  const sent = CASES.find(([name]) => name === 'a hash in place of a query')![1];
  expect(JSON.parse((await answerTo(servers[0]!, sent)).body)).toEqual({
    errors: [
      { message: 'PersistedQueryNotSupported', extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } },
    ],
  });
});
