import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { runCommand } from '../support/command.ts';
import { openGraphqlSocket } from '../support/graphql-socket.ts';
import { bearer, createKey, post, type TestKey } from '../support/identity.ts';
import { openEventStream } from '../support/subscriptions.ts';

let app: TestApp;
let admin: TestKey;
beforeAll(async () => {
  app = await startTestApp({}, async (db) => {
    admin = await createKey(db, { name: 'first' });
  });
});
afterAll(() => app.stop());

const UPDATE = `mutation ($id: ID!, $input: UpdatePrincipalInput!) {
  updatePrincipal(id: $id, input: $input) {
    principal { name roles permissions channels revision }
    userErrors { code message path }
  }
}`;
const DISABLE =
  'mutation ($id: ID!) { disablePrincipal(id: $id) { principal { disabledAt } userErrors { code message } } }';

const as = async ({ key }: TestKey, query: string, variables: object, headers = {}) =>
  (await post(app, { ...bearer(key), ...headers }, query, variables)).body;
const update = async (id: string, input: object, by = admin) =>
  (await as(by, UPDATE, { id, input })).data.updatePrincipal;
const viewerOf = async ({ key }: TestKey) =>
  (await post(app, bearer(key), '{ viewer { name permissions channels } }')).body.data.viewer;

describe('a principal', () => {
  it('gets another name, other rights and other channels, and keeps what is omitted', async () => {
    const { principalId: id } = await createKey(app.db, {
      name: 'shop',
      roles: ['CHECKOUT'],
      permissions: ['READ_SYSTEM'],
      channels: ['web'],
    });
    const changes = [
      [{ name: 'store' }, { name: 'store', roles: ['CHECKOUT'], channels: ['web'], revision: 2 }],
      [{ roles: ['VIEWER', 'VIEWER'] }, { roles: ['VIEWER'], channels: ['web'], revision: 3 }],
      [{ permissions: ['MINT_TOKENS'] }, { roles: ['VIEWER'], revision: 4 }],
      [
        { channels: null, name: null, roles: null },
        { name: 'store', roles: ['VIEWER'], channels: null },
      ],
      [{ channels: ['till', 'web'] }, { channels: ['till', 'web'], revision: 6 }],
    ] as const;
    for (const [input, principal] of changes)
      expect(await update(id, input)).toMatchObject({ principal, userErrors: [] });
    const { principal } = await update(id, {});
    expect(principal.permissions).toContain('MINT_TOKENS');
    expect(principal.permissions).not.toContain('ENQUEUE_RUNS');
  });

  it('leaves an entry in the audit log for each change, and none where nothing changes', async () => {
    const { principalId: id } = await createKey(app.db, { roles: ['VIEWER'] });
    const input = { name: 'renamed' };
    for (const requestId of ['one', 'two'])
      await as(admin, UPDATE, { id, input }, { 'x-request-id': requestId });
    expect((await update(id, {})).principal.revision).toBe(2);
    const log =
      'query ($id: String!) { auditLog(where: {objectId: $id}) { nodes { action principal requestId } } }';
    expect((await as(admin, log, { id })).data.auditLog.nodes).toEqual([
      { action: 'updatePrincipal', principal: admin.principalId, requestId: 'one' },
    ]);
  });

  it('has its new name everywhere soon, and its open subscriptions go on', async () => {
    const key = await createKey(app.db, { name: 'before', roles: ['VIEWER'] });
    const socket = openGraphqlSocket(app);
    await socket.init(bearer(key.key));
    await socket.until('connection_ack');
    await update(key.principalId, { name: 'after' });
    await expect.poll(async () => (await viewerOf(key)).name).toBe('after');
    socket.send({ type: 'subscribe', id: '1', payload: { query: '{ viewer { name } }' } });
    expect((await socket.until('next')).payload).toEqual({ data: { viewer: { name: 'after' } } });
    socket.end();
  });

  it.each([
    ['fewer rights', { roles: ['VIEWER'] }],
    ['more rights', { permissions: ['READ_AUDIT_LOG'] }],
    ['other channels', { channels: ['web'] }],
  ])('with %s has them everywhere soon, and its open subscriptions end', async (_, input) => {
    const key = await createKey(app.db, { roles: ['OPERATOR'] });
    const before = await viewerOf(key);
    const socket = openGraphqlSocket(app);
    await socket.init(bearer(key.key));
    await socket.until('connection_ack');
    const stream = openEventStream(app, 'subscription { runStats { queued } }', {}, bearer(key.key));
    expect((await stream.next()).value).toMatchObject({ data: { data: { runStats: { queued: 0 } } } });
    expect((await update(key.principalId, input)).userErrors).toEqual([]);
    expect((await socket.closed)[0]).toBe(4403);
    const events = await Array.fromAsync(stream);
    expect(events.at(-2)).toMatchObject({ data: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] } });
    expect(await viewerOf(key)).not.toEqual(before);
  });

  it('is not changed where another client has changed it since it was read', async () => {
    const { principalId: id } = await createKey(app.db, { roles: ['VIEWER'] });
    expect((await update(id, { expectedRevision: 1, name: 'a' })).principal.revision).toBe(2);
    const late = await update(id, { expectedRevision: 1, name: 'b' });
    expect(late.userErrors).toMatchObject([{ code: 'CONFLICT', path: ['expectedRevision'] }]);
    expect((await update(id, { expectedRevision: 2 })).principal.name).toBe('a');
    const both = await Promise.all(['c', 'd'].map((name) => update(id, { expectedRevision: 2, name })));
    expect(both.map(({ userErrors }) => userErrors.length).sort()).toEqual([0, 1]);
  });

  it.each([
    [{ name: ' ' }, 'INVALID', ['name']],
    [{ name: 'x'.repeat(201) }, 'INVALID', ['name']],
    [{ roles: [], permissions: [] }, 'INVALID', ['roles']],
    [{ channels: Array.from({ length: 101 }, (_, n) => `c${n}`) }, 'INVALID', ['channels']],
  ])('is not changed by faulty input (%#)', async (input, code, path) => {
    const { principalId: id } = await createKey(app.db, { roles: ['VIEWER'] });
    const { principal, userErrors } = await update(id, input);
    expect([principal, userErrors]).toEqual([null, [{ code, path, message: expect.any(String) }]]);
    expect((await update(id, {})).principal).toMatchObject({ name: 'test', revision: 1 });
  });

  it.each(['none', '', 'x'.repeat(10_000), 'ü'])('that does not exist is not changed (%#)', async (id) => {
    expect((await update(id, { name: 'a' })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  it('that is disabled, or that an identity provider describes, is not changed', async () => {
    const { principalId: id } = await createKey(app.db, { roles: ['VIEWER'] });
    await as(admin, DISABLE, { id });
    expect((await update(id, { name: 'a' })).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
    await app.db.pool.query(
      "insert into journey_principals (id, name, kind, grants) values ('https://id.example|ada', 'Ada', 'PERSON', '{VIEWER}')",
    );
    expect((await update('https://id.example|ada', { roles: ['ADMIN'] })).userErrors).toMatchObject([
      { code: 'CONFLICT', message: expect.stringContaining('identity provider') },
    ]);
  });
});

describe('nobody', () => {
  it('gives rights that they do not have', async () => {
    const target = await createKey(app.db, { roles: ['VIEWER'], channels: ['web'] });
    const limited = await createKey(app.db, { roles: ['VIEWER'], permissions: ['MANAGE_PRINCIPALS'] });
    for (const input of [{ roles: ['ADMIN'] }, { permissions: ['READ_PAYLOADS'] }])
      expect((await update(target.principalId, input, limited)).userErrors).toMatchObject([
        { code: 'INVALID', path: ['permissions'] },
      ]);
    expect((await update(limited.principalId, { roles: ['ADMIN'] }, limited)).userErrors).toHaveLength(1);
    const held = await createKey(app.db, { channels: ['web'] });
    for (const channels of [null, ['till']])
      expect((await update(target.principalId, { channels }, held)).userErrors).toMatchObject([
        { code: 'INVALID', path: ['channels'] },
      ]);
    expect((await update(target.principalId, { name: 'a', channels: ['web'] }, held)).userErrors).toEqual([]);
  });

  it('without the right changes a principal', async () => {
    const operator = await createKey(app.db, { roles: ['OPERATOR'] });
    const body = await as(operator, UPDATE, { id: operator.principalId, input: { roles: ['ADMIN'] } });
    expect(body).toMatchObject({ data: null, errors: [{ extensions: { code: 'FORBIDDEN' } }] });
  });
});

describe('npm run key', () => {
  const key = (...args: string[]) => runCommand(['key', ...args], { DATABASE_URL: app.db.url });

  it('changes and disables a principal', async () => {
    const target = await createKey(app.db, {
      name: 'old',
      roles: ['CHECKOUT'],
      permissions: ['READ_SYSTEM'],
    });
    const { principalId: id } = target;
    const updated = await key('update', id, '--name', 'new', '--role', 'VIEWER', '--channel', 'web');
    expect(updated).toMatchObject({ code: 0, stdout: expect.stringContaining(`Updated ${id}.`) });
    const { principal } = await update(id, {});
    expect(principal).toMatchObject({ name: 'new', roles: ['VIEWER'], channels: ['web'] });
    expect(principal.permissions).not.toContain('ENQUEUE_RUNS');
    await key('update', id, '--all-channels');
    expect((await update(id, {})).principal).toMatchObject({ roles: ['VIEWER'], channels: null });
    expect((await key('disable', id)).code).toBe(0);
    await expect.poll(async () => (await post(app, bearer(target.key), '{ __typename }')).status).toBe(401);
  });

  it.each([
    [['update', 'none', '--name', 'a'], 'There is no principal none.'],
    [['update', 'none', '--role', 'x'], 'There is no role x'],
    [['update', 'none', '--channel', 'a', '--all-channels'], 'not both'],
    [['disable', 'none'], 'There is no principal none.'],
  ])('%j is answered with exit code 2 and the fix', async (args, message) => {
    expect(await key(...args)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining(message),
    });
  });
});
