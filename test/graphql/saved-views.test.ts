import { afterAll, beforeAll, expect, test } from 'vitest';
import { deleteView, listViews, saveView } from '../../src/views/saved-views.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { principalOf, serveAs } from '../support/principals.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const SAVE = `mutation ($input: SaveViewInput!) {
  saveView(input: $input) { view { id page name address isShared isOwn } userErrors { code path } }
}`;
const save = async (input: object) => (await app.query(SAVE, { input })).saveView;
const list = async (page?: string) =>
  (await app.query('query ($page: String) { savedViews(page: $page) { name address isOwn } }', { page }))
    .savedViews;

test('a view is saved under its name, replaced by the next one of that name, listed and deleted', async () => {
  const first = await save({ page: 'runs', name: 'Failed', address: '?status=FAILED' });
  expect(first).toMatchObject({ userErrors: [], view: { isShared: false, isOwn: true } });
  const second = await save({
    page: 'runs',
    name: 'Failed',
    address: '?status=FAILED&last=day',
    isShared: true,
  });
  expect(second.view).toMatchObject({ id: first.view.id, isShared: true });
  await save({ page: 'orders', name: 'All', address: '?' });
  expect(await list()).toEqual([
    { name: 'All', address: '?', isOwn: true },
    { name: 'Failed', address: '?status=FAILED&last=day', isOwn: true },
  ]);
  expect(await list('runs')).toHaveLength(1);
  const remove = 'mutation ($id: ID!) { deleteView(id: $id) { view { name } userErrors { code path } } }';
  const { deleteView: gone } = await app.query(remove, { id: second.view.id });
  expect(gone).toEqual({ view: { name: 'Failed' }, userErrors: [] });
  for (const id of [second.view.id, 'nonsense'])
    expect((await app.query(remove, { id })).deleteView).toEqual({
      view: null,
      userErrors: [{ code: 'NOT_FOUND', path: ['id'] }],
    });
});

test('others see shared views only, and cannot delete them', async () => {
  const { pool } = app.db;
  const input = { page: 'team', name: 'Mine', address: '?a' };
  await saveView(pool, 'alice', input);
  const shared = await saveView(pool, 'alice', { ...input, name: 'Ours', isShared: true });
  await saveView(pool, 'bob', { ...input, name: 'Mine', address: '?b' });
  expect((await listViews(pool, 'bob', 'team')).map(({ name, address }) => name + address)).toEqual([
    'Mine?b',
    'Ours?a',
  ]);
  if (!shared.ok) throw new Error('not saved');
  expect((await deleteView(pool, 'bob', shared.value.id)).ok).toBe(false);
  expect((await deleteView(pool, 'alice', shared.value.id)).ok).toBe(true);
});

test('a view that is too long, and one too many, are errors', async () => {
  const { userErrors } = await save({ page: 'runs', name: 'x'.repeat(101), address: '' });
  expect(userErrors.map(({ path }: { path: string[] }) => path)).toContainEqual(['name']);
  await app.db.pool.query(
    "insert into journey_saved_views (id, owner, page, name, address) select gen_random_uuid(), 'carol', 'runs', n::text, '?' from generate_series(1, 200) n",
  );
  const input = { page: 'runs', name: 'one too many', address: '?' };
  expect(await saveView(app.db.pool, 'carol', input)).toMatchObject({ userErrors: [{ code: 'TOO_LARGE' }] });
  expect(await saveView(app.db.pool, 'carol', { ...input, name: '7' })).toMatchObject({ ok: true });
});

test('simultaneous requests of a person save no more views than are allowed', async () => {
  await app.db.pool.query(
    "insert into journey_saved_views (id, owner, page, name, address) select gen_random_uuid(), 'dave', 'runs', n::text, '?' from generate_series(1, 197) n",
  );
  const names = Array.from({ length: 8 }, (_, index) => `new ${index}`);
  const saved = await Promise.all(
    names.map((name) => saveView(app.db.pool, 'dave', { page: 'runs', name, address: '?' })),
  );
  expect(saved.filter(({ ok }) => ok)).toHaveLength(3);
});

test('the role of a shop front saves no views, and every role of people does', async () => {
  const rights = async (role: 'CHECKOUT' | 'VIEWER') => {
    const api = await serveAs(app, principalOf(role));
    const { errors } = await api.ask('{ savedViews { id } }');
    await api.stop();
    return errors?.[0]?.extensions?.code;
  };
  expect(await rights('CHECKOUT')).toBe('FORBIDDEN');
  expect(await rights('VIEWER')).toBeUndefined();
});
