import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { printApi } from '../../src/graphql/schema/print-api.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { openGraphqlSocket } from '../support/graphql-socket.ts';
import { bearer, createKey, post, type TestKey } from '../support/identity.ts';

const INTROSPECTION = '{ __schema { types { name } } }';
const HTML = { accept: 'text/html' };

let app: TestApp;
let shop: TestKey;
let silent: TestApp;
beforeAll(async () => {
  app = await startTestApp({ graphiql: true }, async (db) => {
    shop = await createKey(db, { name: 'shop', roles: ['CHECKOUT'] });
  });
  silent = await startTestApp({ introspection: false });
});
afterAll(() => Promise.all([app.stop(), silent.stop()]));

const schemaOf = ({ url }: TestApp, headers: Record<string, string> = {}) =>
  fetch(url.replace('/graphql', '/schema.graphql'), { headers });

describe('by default, the schema', () => {
  it('is for clients that may read the catalogue', async () => {
    const page = await schemaOf(app, bearer(shop.key));
    expect([page.status, await page.text()]).toEqual([200, printApi()]);
    expect((await post(app, bearer(shop.key), INTROSPECTION)).body.data.__schema.types).not.toEqual([]);
  });

  it('is for no client without a credential', async () => {
    const page = await schemaOf(app);
    expect([page.status, page.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect((await schemaOf(app, bearer('jrk_x'))).status).toBe(401);
    expect((await post(app, {}, INTROSPECTION)).status).toBe(401);
  });

  it.each([
    ['a principal without the right', { permissions: ['READ_SYSTEM' as const], roles: [] }],
    ['a principal that operates runs only', { permissions: ['OPERATE_RUNS' as const], roles: [] }],
  ])('is not for %s', async (_, rights) => {
    const { key } = await createKey(app.db, rights);
    const page = await schemaOf(app, bearer(key));
    expect([page.status, await page.json()]).toEqual([
      403,
      { error: expect.stringContaining('needs the permission READ_CATALOGUE') },
    ]);
    const { body } = await post(app, bearer(key), INTROSPECTION);
    expect(body).toMatchObject({ data: null, errors: [{ extensions: { code: 'FORBIDDEN' } }] });
  });

  it('is not for the token of a page', async () => {
    const { token } = await app.services.identity.mintRunToken({ groupId: shop.principalId }, 60);
    expect((await schemaOf(app, bearer(token))).status).toBe(403);
  });
});

describe('without introspection, the schema', () => {
  it.each(['__schema { description }', '__type(name: "Run") { name }', 'a: __type(name: "Run") { name }'])(
    'is hidden from every client: %s',
    async (field) => {
      const query = `{ viewer { name } ${field} }`;
      const socket = openGraphqlSocket(silent);
      await socket.init();
      await socket.until('connection_ack');
      socket.send({ type: 'subscribe', id: '1', payload: { query } });
      const { body } = await post(silent, {}, query);
      expect(body.data).toBeUndefined();
      for (const errors of [body.errors, (await socket.until('error')).payload])
        expect(errors).toMatchObject([
          {
            extensions: { code: 'BAD_REQUEST' },
            message: expect.stringContaining('introspection has been disabled'),
          },
        ]);
      socket.end();
    },
  );

  it('is hidden as a page as well', async () => {
    const page = await schemaOf(silent);
    expect([page.status, (await page.json()).paths]).toEqual([
      404,
      expect.not.arrayContaining(['/schema.graphql']),
    ]);
  });

  it('still has type names for clients with a normalized cache', async () => {
    expect((await silent.query('{ __typename viewer { __typename } }')).viewer).toEqual({
      __typename: 'Viewer',
    });
  });

  it.each([
    ['{ viewr { name } }', {}],
    ['{ runs(whre: {}) { nodes { id } } }', {}],
    ['{ runs(where: {statu: [QUEUED]}) { nodes { id } } }', {}],
    ['{ runs(where: {status: [QUEUD]}) { nodes { id } } }', {}],
    ['query ($where: RunFilter) { runs(where: $where) { nodes { id } } }', { where: { statu: [] } }],
    ['query ($where: RunFilter) { runs(where: $where) { nodes { id } } }', { where: { status: ['QUEUD'] } }],
  ])('is not suggested by errors either: %s %j', async (query, variables) => {
    const suggested = await post(app, bearer(shop.key), query, variables);
    expect(JSON.stringify(suggested.body.errors)).toContain('Did you mean');
    const { body } = await post(silent, {}, query, variables);
    expect(body.errors).not.toEqual([]);
    expect(JSON.stringify(body.errors)).not.toContain('Did you mean');
  });
});

describe('GraphiQL', () => {
  it('is for browsers while the service is open, and no longer', async () => {
    const own = await startTestApp();
    const status = async () => (await fetch(own.url, { headers: HTML })).status;
    expect(await status()).toBe(200);
    await createKey(own.db);
    await expect.poll(status).toBe(404);
    await own.stop();
  });

  it('is served where it is configured', async () => {
    const page = await fetch(app.url, { headers: HTML });
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  });

  it('is not served where it is configured to be off', async () => {
    const own = await startTestApp({ graphiql: false });
    const page = await fetch(own.url, { headers: HTML });
    expect([page.status, await page.json()]).toEqual([
      404,
      { error: expect.stringContaining('JOURNEY_RUNTIME_GRAPHIQL=true') },
    ]);
    await own.stop();
  });
});
