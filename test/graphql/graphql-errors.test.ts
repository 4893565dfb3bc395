import { once } from 'node:events';
import { createServer } from 'node:net';
import { buildSchema, execute, parse } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer } from '../../src/app/http-server.ts';
import { toClientError } from '../../src/graphql/graphql-errors.ts';
import { createLogger } from '../../src/logger.ts';
import { openDatabase } from '../../src/postgres/database.ts';
import { openReadDatabases } from '../../src/reads/replicas/read-databases.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { testConfig } from '../support/worker.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ logLevel: 'silent' });
});
afterAll(() => app.stop());

const READ = '{ products { totalCount } component(key: "a") { id } }';
const WRITE = 'mutation { saveProduct(input: { sku: "a" }) { product { id } } }';

it('tells nothing of what nobody foresaw but an id', async () => {
  await app.db.pool.query('alter table products rename to hidden');
  for (const query of [READ, WRITE]) {
    const { errors } = await app.ask(query);
    expect(errors).toEqual([
      {
        message: expect.stringMatching(
          /^Internal error. The log of the service has the details under the id [0-9a-f-]{36}\.$/,
        ),
        locations: expect.any(Array),
        path: expect.any(Array),
        extensions: { code: 'INTERNAL', id: expect.any(String) },
      },
    ]);
  }
  await app.db.pool.query('alter table hidden rename to products');
});

it('answers UNAVAILABLE within five seconds while the database is away, and goes on when it is back', async () => {
  const gone = createServer((socket) => socket.destroy());
  gone.listen(0, '127.0.0.1');
  await once(gone, 'listening');
  const { port } = gone.address() as { port: number };
  const db = openDatabase({ url: `postgresql://a:b@127.0.0.1:${port}/c`, maxConnections: 2 });
  const config = testConfig({ port: 0 });
  const logger = createLogger('silent');
  const reads = openReadDatabases({ primary: db, pool: db.pool, urls: [], maxConnections: 1, logger });
  const server = await startServer(config, { ...app.services, db, reads }, logger);
  const ask = async (query: string) => {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    return (await response.json()).errors;
  };
  const unavailable = { message: expect.stringContaining('Try again'), extensions: { code: 'UNAVAILABLE' } };
  for (const query of [READ, WRITE])
    for (const error of await ask(query)) expect(error).toMatchObject(unavailable);
  gone.close();
  await once(gone, 'close');
  for (const query of [READ, WRITE])
    for (const error of await ask(query)) expect(error).toMatchObject(unavailable);
  await server.stop();
  await reads.stop();
  await db.close();
});

it('answers UNAVAILABLE where connections are cut in the middle of a write', async () => {
  await app.query(WRITE);
  const holder = await app.db.pool.connect();
  await holder.query(`begin; select from products where sku = 'a' for update`);
  const answer = app.ask(WRITE);
  let cut = 0;
  while (cut === 0) {
    const { rowCount } = await app.db.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock' and pid <> pg_backend_pid()`,
    );
    cut = rowCount ?? 0;
  }
  expect((await answer).errors).toMatchObject([{ extensions: { code: 'UNAVAILABLE' } }]);
  await holder.query('rollback');
  holder.release();
  await app.query(WRITE);
});

it('stops the work of a request that its client has left', async () => {
  const holder = await app.db.pool.connect();
  await holder.query(`begin; select from products where sku = 'a' for update`);
  const abort = new AbortController();
  const answer = fetch(app.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query:
        'mutation { a: saveProduct(input: { sku: "a" }) { product { id } } b: saveProduct(input: { sku: "left" }) { product { id } } }',
    }),
    signal: abort.signal,
  });
  let waiting = 0;
  while (waiting === 0) {
    const { rows } = await app.db.pool.query(
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    waiting = rows[0].n;
  }
  abort.abort();
  await expect(answer).rejects.toThrow('aborted');
  // A request of its own tells that the server has seen the first one leave.
  await app.ask(READ);
  await holder.query('commit');
  holder.release();
  await app.query(WRITE);
  expect((await app.query('{ product(sku: "left") { id } }')).product).toBeNull();
});

it("takes a resolver's value that does not fit its type for a mistake of our own", async () => {
  const schema = buildSchema('type Query { count: Int! }');
  const { errors } = await execute({ schema, document: parse('{ count }'), rootValue: { count: 'secret' } });
  const { message, extensions } = toClientError(errors![0], createLogger('silent'));
  expect(extensions.code).toBe('INTERNAL');
  expect(message).not.toContain('secret');
});

it('ends event streams without `complete` when the service stops, so that clients come back', async () => {
  const stopping = await startTestApp();
  const response = await fetch(stopping.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query: 'subscription { runStats { queued } }' }),
  });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let received = '';
  while (!received.includes('event: next')) received += (await reader.read()).value;
  await stopping.stop();
  for (let step = await reader.read(); !step.done; step = await reader.read()) received += step.value;
  expect(received).toContain('"queued":0');
  expect(received).not.toContain('complete');
});

it('refuses a subscription whose client takes no event stream', async () => {
  const response = await fetch(app.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query: 'subscription { runStats { queued } }' }),
  });
  expect([response.status, (await response.json()).errors]).toEqual([
    406,
    [{ message: expect.stringContaining('text/event-stream'), extensions: { code: 'BAD_REQUEST' } }],
  ]);
});

it('quotes no more than a thousand characters of what it refuses', async () => {
  const { errors } = await app.ask('query ($id: Int) { products(first: $id) { totalCount } }', {
    id: 'x'.repeat(100_000),
  });
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }]);
  expect(errors![0]!.message.length).toBeLessThan(1_100);
});

it.each([
  ['DateTime', '"2026-02-30T00:00:00Z"'],
  ['DateTime', '"2026-02-01"'],
  ['DateTime', '"0000-12-31T23:59:59Z"'],
  ['DateTime', '"9999-12-31T23:59:59-01:00"'],
  ['DateTime', '"2026-02-01T00:00:00"'],
  ['DateTime', '1'],
  ['JSONObject', '[1]'],
  ['JSONObject', '"text"'],
  ['JSONObject', '{a: TEXT}'],
])('refuses as a %s the literal %s', async (type, literal) => {
  const field = type === 'DateTime' ? 'queuedAfter' : 'metadata';
  const { errors } = await app.ask(`{ runs(where: { ${field}: ${literal} }) { totalCount } }`);
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }]);
});
