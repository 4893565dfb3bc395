import { request as nodeRequest } from 'node:http';
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

/** Sends a body as it is; answers with the status and the codes and messages of the errors. */
async function send(body: string | Uint8Array, headers: Record<string, string> = {}) {
  const response = await fetch(app.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: body as BodyInit,
  });
  const text = await response.text();
  return { status: response.status, text, errors: text ? (JSON.parse(text).errors ?? []) : [] };
}

const query = (text: string, variables = {}) => send(JSON.stringify({ query: text, variables }));
const repeated = (n: number, text: (n: number) => string) =>
  Array.from({ length: n }, (_, i) => text(i)).join(' ');
const spreads = `{ ...f0 } ${repeated(30, (n) => `fragment f${n} on Query { __typename ...f${n + 1} ...f${n + 1} }`)}
  fragment f30 on Query { a: __typename }`;
const RUN_FIELDS =
  '__typename id status groupId channel trigger priority attempt lostAttempts maxAttempts inputPayload metadata context resolvedBindings resultPayload request queuedAt runAt startedAt completedAt cancelRequestedAt idempotencyKey';
/** Each level asks twice for the next. */
const doubling = (type: string, field: string, leaf: string) =>
  `${repeated(12, (n) => `fragment d${n} on ${type} { a: ${field} { ...d${n + 1} } b: ${field} { ...d${n + 1} } }`)}
  fragment d12 on ${type} { ${leaf} }`;

describe('a document', () => {
  it.each<[string, string, string]>([
    ['is not GraphQL', '{', 'Syntax Error'],
    ['asks for what is not there', '{ nothing }', 'Cannot query field'],
    ['nests 100,000 deep', `${'{a'.repeat(100_000)}`, 'nests brackets deeper than 64'],
    ['nests 30 fields deep', `{ ${'a { '.repeat(30)} b ${'} '.repeat(30)} }`, 'nested deeper than 20'],
    [
      'nests fields through fragments',
      `{ products { nodes { ...a } } } ${repeated(25, (n) => `fragment ${String.fromCharCode(97 + n)} on Product { journeyComponents { product { ...${String.fromCharCode(98 + n)} } } }`)} fragment z on Product { id }`,
      'nested deeper than 20',
    ],
    ['has too many tokens', `{ ${'__typename '.repeat(7_000)} }`, 'more than 6000 tokens'],
    ['has too many aliases', `{ ${repeated(101, (n) => `a${n}: __typename`)} }`, 'at most 100'],
    ['has too many directives', `{ ${repeated(51, () => '__typename @include(if: true)')} }`, 'at most 50'],
    [
      'could load too much',
      '{ products(first: 100) { nodes { journeyComponents { component { versions(first: 100) { nodes { id } } } } } } }',
      'more than 25000 objects',
    ],
    ['has too many fragments', `{ ${'... { __typename } '.repeat(151)} }`, 'at most 150'],
    [
      'doubles its fields with each of its fragments',
      `{ run(id: "x") { ...d0 } } ${doubling('Run', 'replayOf', 'id')}`,
      'more than 5000 fields',
    ],
    [
      'doubles what it introspects',
      `{ __type(name: "Run") { ...d0 } } ${doubling('__Type', 'ofType', 'name')}`,
      'more than 5000 fields',
    ],
    [
      'spreads a fragment within a field of itself',
      '{ run(id: "x") { ...a } } fragment a on Run { replayOf { ...a } }',
      'within itself',
    ],
    ['has too many operations', repeated(51, (n) => `query q${n} { __typename }`), 'at most 50'],
    [
      'has too many fields and fragments that overlap',
      `{ runs { nodes { ${repeated(74, (n) => `...f${n}`)} } } } ${repeated(74, (n) => `fragment f${n} on Run { ${RUN_FIELDS} }`)}`,
      'overlap',
    ],
    ['selects nothing of an object', '{ products { } }', 'Syntax Error'],
    [
      'names a variable as no object can',
      'query ($__proto__: ID!) { run(id: $__proto__) { id } }',
      'named __proto__',
    ],
    [
      'names a variable as what every object inherits',
      'query ($toString: [Trigger!]) { runEvents(where: { trigger: $toString }) { nodes { cursor } } }',
      'named toString',
    ],
    ['answers under a name that no object can have', '{ __proto__: __typename }', 'the name __proto__'],
    ['repeats its fields', `{ ${'products { totalCount } '.repeat(100)} }`, 'at most 50'],
    ['names no operation of several', 'query a { __typename } query b { __typename }', 'what operation'],
  ])('that %s is refused', async (_, text, message) => {
    const { errors } = await query(text);
    expect(errors[0]).toMatchObject({
      message: expect.stringContaining(message),
      extensions: { code: 'BAD_REQUEST' },
    });
  });

  it('is weighed by the sizes that its variables ask for', async () => {
    const text = `query ($n: Int) { products(first: $n) { nodes { journeyComponents { component { versions(first: $n) { nodes { id } } } } } } }`;
    expect((await query(text, { n: 5 })).errors).toEqual([]);
    expect((await query(text, { n: 100 })).errors).toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }]);
  });

  it('of a chain of fragments that each spread the next two is answered, by GET too', async () => {
    const chain = `{ run(id: "x") { ...c0 } } ${repeated(70, (n) => `fragment c${n} on Run { ...c${n + 1} ...c${n + 2} }`)}
      fragment c70 on Run { id } fragment c71 on Run { status }`;
    expect(JSON.parse((await query(chain)).text)).toEqual({ data: { run: null } });
    const get = await fetch(`${app.url}?query=${encodeURIComponent(chain)}`, {
      headers: { 'graphql-preflight': '1' },
    });
    expect(await get.json()).toEqual({ data: { run: null } });
    const list = `${chain.replace('{ run(id: "x") { ...c0 } }', '{ runs { nodes { ...c0 } } }')}`;
    expect(JSON.parse((await query(list)).text)).toEqual({ data: { runs: { nodes: [] } } });
  });

  it.each<[string, string, object?]>([
    [
      'enqueues thousands of runs',
      `mutation ($i: [EnqueueRunInput!]!) { ${repeated(4, (n) => `m${n}: enqueueRuns(inputs: $i) { deduplicated userErrors { message } }`)} }`,
      { i: Array.from({ length: 1_000 }, () => ({ componentId: 'x' })) },
    ],
    [
      'starts many bulk operations',
      `mutation { ${repeated(60, (n) => `m${n}: bulkCancelRuns(where: { runId: ["x"] }) { operation { id } }`)} }`,
    ],
    ['counts the runs again and again', `{ ${repeated(100, (n) => `s${n}: runStats { queued }`)} }`],
    [
      'lints the catalogue again and again',
      `{ ${repeated(100, (n) => `l${n}: catalogueLint(first: 100) { nodes { findings { code } } }`)} }`,
    ],
    [
      'filters the runs again and again',
      `query ($w: RunFilter) { ${repeated(100, (n) => `r${n}: runs(where: $w) { nodes { id } }`)} }`,
      { w: { metadata: { a: 1 } } },
    ],
    [
      'previews again and again',
      `{ ${repeated(100, (n) => `p${n}: previewRun(input: { componentId: "x" }) { accepted }`)} }`,
    ],
    [
      'finds thousands of nodes with much of each',
      `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Product { runs(first: 100) { nodes { component { id } product { id } } } } } }`,
      { ids: Array.from({ length: 100 }, () => 'x') },
    ],
    [
      'gives long lists to each of many objects',
      `{ products(first: 100) { nodes { journeyComponents { product { journeyComponents(trigger: [${'CHECKOUT '.repeat(1_000)}]) { id } } } } } }`,
    ],
  ])('that %s is refused', async (_, text, variables) => {
    const { errors } = await query(text, variables);
    expect(errors).toMatchObject([
      { message: expect.stringContaining('more than 25000 objects'), extensions: { code: 'BAD_REQUEST' } },
    ]);
  });

  it('that enqueues a thousand runs, or filters several lists, is taken', async () => {
    const inputs = Array.from({ length: 1_000 }, () => ({ componentId: 'x' }));
    const one =
      'mutation ($i: [EnqueueRunInput!]!) { enqueueRuns(inputs: $i) { run { id status component { key } } deduplicated userErrors { code message path } } }';
    const { data } = JSON.parse((await query(one, { i: inputs })).text);
    expect(data.enqueueRuns).toHaveLength(1_000);
    const lists = `{ ${repeated(10, (n) => `r${n}: runs(where: { channel: ["c${n}"] }) { nodes { id component { key } } totalCount }`)}
      runStats { queued } catalogueLint(first: 100) { nodes { findings { code attachment { id } } } } }`;
    expect((await query(lists)).errors).toEqual([]);
    const nested = '{ products(first: 50) { nodes { runs(where: { status: [FAILED] }) { nodes { id } } } } }';
    expect((await query(nested)).errors).toEqual([]);
  });

  it('of fragments that double thirty times is weighed at once', async () => {
    const { errors, status } = await query(spreads);
    expect([status, errors]).toEqual([200, []]);
  });

  it('that introspects all is within the limits', async () => {
    const { status, text } = await query(getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true }));
    expect([status, JSON.parse(text).errors]).toEqual([200, undefined]);
  });
});

describe('a request', () => {
  const body = JSON.stringify({ query: '{ __typename }' });
  const mutation = 'mutation { archiveComponent(id: "x") { userErrors { code } } }';

  it.each([
    ['application/x-www-form-urlencoded', `query=${encodeURIComponent(mutation)}`],
    ['application/graphql', mutation],
    ['text/plain', JSON.stringify({ query: mutation })],
    [
      'multipart/form-data; boundary=x',
      `--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n${body}\r\n--x--\r\n`,
    ],
    ['', body],
  ])('of the type "%s" is refused, as another site could send it', async (type, text) => {
    const { status, errors } = await send(new TextEncoder().encode(text), { 'content-type': type });
    expect([status, errors[0].extensions.code]).toEqual([415, 'BAD_REQUEST']);
  });

  it('may read with GET, and must not write with it', async () => {
    const read = await fetch(`${app.url}?query={__typename}`, { headers: { 'graphql-preflight': '1' } });
    expect(await read.json()).toEqual({ data: { __typename: 'Query' } });
    const write = await fetch(`${app.url}?query=${encodeURIComponent(mutation)}`, {
      headers: { 'graphql-preflight': '1' },
    });
    expect([write.status, (await write.json()).errors[0].extensions.code]).toEqual([405, 'BAD_REQUEST']);
    const put = await fetch(app.url, { method: 'PUT', body });
    expect([put.status, (await put.json()).errors[0].extensions.code]).toEqual([405, 'BAD_REQUEST']);
  });

  it('by GET with an empty operationName is one without', async () => {
    const read = await fetch(`${app.url}?query={__typename}&operationName=&variables=&extensions=`, {
      headers: { 'graphql-preflight': '1' },
    });
    expect(await read.json()).toEqual({ data: { __typename: 'Query' } });
  });

  it('is never allowed to other origins', async () => {
    const preflight = await fetch(app.url, {
      method: 'OPTIONS',
      headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' },
    });
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });

  it.each([
    ['that is not JSON', '{', 'not JSON'],
    ['that is empty', '', 'not JSON'],
    ['of several operations', `[${body},${body}]`, 'Batching'],
    ['without a query', '{}', 'query'],
    ['with a number as query', '{"query":1}', 'string'],
    ['with variables in a list', '{"query":"{__typename}","variables":[1]}', 'variables'],
    ['with more than GraphQL has', '{"query":"{__typename}","more":1}', 'more'],
    [
      'with a key twice',
      '{"query":"{__typename}","variables":{"input":{"total":1.50,"lines":[],"tot\\u0061l":1.5}}}',
      'variables.input.total is twice in its object; send each key once',
    ],
    [
      'nested 100,000 deep',
      `{"query":"{__typename}","variables":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`,
      '',
    ],
    ['that is not UTF-8', new Uint8Array([0x22, 0xff, 0x22]), 'UTF-8'],
  ])('%s is refused in words', async (what, text, message) => {
    const { errors, status } = await send(text);
    if (what.includes('deep')) return expect(status).toBe(200);
    expect(errors[0]).toMatchObject({
      message: expect.stringContaining(message),
      extensions: { code: 'BAD_REQUEST' },
    });
  });

  it('by GET with a key twice is refused in words', async () => {
    const response = await fetch(`${app.url}?query={__typename}&variables={"a":{"b":1,"b":2}}`, {
      headers: { 'graphql-preflight': '1' },
    });
    const { errors } = (await response.json()) as { errors: { message: string }[] };
    expect(errors[0]?.message).toBe('variables.a.b is twice in its object; send each key once.');
  });

  it('of more than 5 MiB is refused before it is read, whether it says its length or not', async () => {
    const large = JSON.stringify({ query: '{ __typename }', variables: { a: 'x'.repeat(5 * 1024 * 1024) } });
    const { status, errors } = await send(large);
    expect([status, errors[0].extensions.code]).toEqual([413, 'BAD_REQUEST']);

    const chunked = await new Promise<number | undefined>((resolve, reject) => {
      const request = nodeRequest(app.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
      });
      request.on('response', (response) => resolve(response.resume().statusCode));
      request.on('error', reject);
      request.write(large);
    });
    expect(chunked).toBe(413);
  });

  it('of 4 MiB is taken', async () => {
    const { status } = await send(
      JSON.stringify({
        query: 'mutation { recordOrder(input: { number: "", lines: [] }) { userErrors { code } } }',
        variables: { a: 'x'.repeat(4 * 1024 * 1024) },
      }),
    );
    expect(status).toBe(200);
  });

  it('from a browser gets GraphiQL', async () => {
    const page = await fetch(app.url, { headers: { accept: 'text/html' } });
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).toContain('Journey Runtime');
  });
});
