import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { COMPONENT } from '../support/catalogue.ts';
import { bearer, createKey, post, type TestKey } from '../support/identity.ts';

const keys = {} as Record<'ada' | 'kim' | 'reader' | 'runner', TestKey>;
let app: TestApp;
let open: TestApp;
beforeAll(async () => {
  open = await startTestApp();
  app = await startTestApp({}, async (db) => {
    for (const name of ['ada', 'kim'] as const) keys[name] = await createKey(db, { name });
    keys.reader = await createKey(db, { name: 'reader', roles: [], permissions: ['READ_CATALOGUE'] });
    keys.runner = await createKey(db, { name: 'runner', roles: [], permissions: ['ENQUEUE_RUNS'] });
  });
});
afterAll(() => Promise.all([app?.stop(), open?.stop()]));

const REGISTER = `mutation ($input: RegisterComponentInput!) {
  registerComponent(input: $input) { component { id versions { nodes { version actor } } } userErrors { message } }
}`;
const UPDATE = `mutation ($id: ID!, $input: UpdateComponentInput!) {
  updateComponent(id: $id, input: $input) { component { versions { nodes { version actor } } } userErrors { message } }
}`;
const input = { ...COMPONENT, key: 'note', name: 'Gift note' };

test('each version names the principal that saved it; a new name of the component saves none', async () => {
  const as = async (name: 'ada' | 'kim', query: string, variables: object) =>
    (await post(app, bearer(keys[name].key), query, variables)).body.data;
  const { component } = (await as('ada', REGISTER, { input })).registerComponent;
  const [ada, kim] = [keys.ada.principalId, keys.kim.principalId];
  expect(component.versions.nodes).toEqual([{ version: 1, actor: ada }]);
  const update = async (name: 'ada' | 'kim', change: object) =>
    (await as(name, UPDATE, { id: component.id, input: change })).updateComponent.component.versions.nodes;
  expect(await update('kim', { name: 'Gift card' })).toEqual([{ version: 1, actor: ada }]);
  expect(await update('kim', { timeoutSeconds: 7 })).toEqual([
    { version: 2, actor: kim },
    { version: 1, actor: ada },
  ]);
});

test('a service without identity stores no actor', async () => {
  const { registerComponent } = await open.query(REGISTER, { input });
  expect(registerComponent.component.versions.nodes).toEqual([{ version: 1, actor: null }]);
});

test('a client that may read components sees the name of an author, and nothing else of the principal', async () => {
  await post(app, bearer(keys.ada.key), REGISTER, { input: { ...input, key: 'named' } });
  const as = (name: 'reader' | 'runner', query: string) => post(app, bearer(keys[name].key), query);
  const VERSIONS = '{ component(key: "named") { versions { nodes { actorName } } } }';
  expect((await as('reader', VERSIONS)).body.data.component.versions.nodes).toEqual([{ actorName: 'ada' }]);
  expect((await as('reader', '{ principals { nodes { name } } }')).body.errors[0].extensions.code).toBe(
    'FORBIDDEN',
  );
  expect((await as('runner', VERSIONS)).body.errors[0].extensions.code).toBe('FORBIDDEN');
});
