import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createJourneyClient } from '../../packages/client/src/client.ts';
import { freePort } from '../../src/postgres/embedded/server-address.ts';
import type { TestApp } from '../support/app.ts';
import { runCommand, type Serving, startServe } from '../support/command.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { openGraphqlSocket } from '../support/graphql-socket.ts';
import { bearer, post } from '../support/identity.ts';
import { Browser, startOidcProvider } from '../support/oidc.ts';
import { openEventStream } from '../support/subscriptions.ts';

/** A revoked key ends within 5 seconds; a busy machine may take longer to notice. */
const SOON = { timeout: 30_000, interval: 50 };
const ROUNDS = 3;

type Key = { id: string; key: string };
/** A client with an API key, which is replaced while the client uses it. */
type Client = { principalId: string; held: Key };

let db: TestDatabase;
let provider: Awaited<ReturnType<typeof startOidcProvider>>;
let serving: Serving;
/** The service, as the helpers of tests take it. */
let service: TestApp;
let origin: string;
let admin: Client;
let checkout: Client;
let dashboard: Client;
/** The operator's session. */
let session: Record<string, string>;

beforeAll(async () => {
  db = await createTestDatabase();
  const port = await freePort();
  origin = `http://127.0.0.1:${port}`;
  provider = await startOidcProvider(
    { ada: { name: 'Ada', groups: ['operators'] } },
    `${origin}/auth/callback`,
  );
  const created = await runCommand(['key', 'create', '--name', 'admin', '--role', 'ADMIN'], {
    DATABASE_URL: db.url,
  });
  const [key = '', shown = ''] = created.stdout.split('\n');
  serving = await startServe({
    DATABASE_URL: db.url,
    HOST: '0.0.0.0',
    PORT: String(port),
    JOURNEY_RUNTIME_OIDC: JSON.stringify(provider.settings),
  });
  service = { url: `${origin}/graphql`, socketUrl: `ws://127.0.0.1:${port}/graphql` } as TestApp;
  const { rows } = await db.pool.query('select id from journey_principals');
  admin = { principalId: rows[0].id, held: { id: /Its id is (\w+)\./.exec(shown)![1]!, key } };
  checkout = await newClient('checkout', 'CHECKOUT');
  dashboard = await newClient('dashboard', 'VIEWER');
  session = await signInAs('ada');
  await asAdmin(
    `mutation ($component: RegisterComponentInput!) { registerComponent(input: $component) { component { id } } }`,
    {
      component: {
        key: 'engrave',
        name: 'Engrave',
        triggers: ['CHECKOUT'],
        script: { slug: 'engrave', runtime: 'node' },
      },
    },
  ).then(({ registerComponent }) =>
    asAdmin(
      'mutation ($product: SaveProductInput!) { saveProduct(input: $product) { userErrors { message } } }',
      {
        product: { sku: 'MUG', journeyComponents: [{ componentId: registerComponent.component.id }] },
      },
    ),
  );
}, 180_000);

afterAll(async () => {
  serving?.child.kill('SIGTERM');
  if (serving) await once(serving.child, 'exit');
  await provider?.stop();
  await db?.drop();
});

/** The data of an operation with the administrator's current key. */
async function asAdmin(query: string, variables: object) {
  const { body } = await post(service, bearer(admin.held.key), query, variables);
  expect(body.errors).toBeUndefined();
  return body.data;
}

async function newKey(principalId: string): Promise<Key> {
  const { createApiKey } = await asAdmin(
    `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { key apiKey { id } userErrors { message } } }`,
    { input: { principalId } },
  );
  expect(createApiKey.userErrors).toEqual([]);
  return { id: createApiKey.apiKey.id, key: createApiKey.key };
}

async function newClient(name: string, role: string): Promise<Client> {
  const { createPrincipal } = await asAdmin(
    `mutation ($input: CreatePrincipalInput!) { createPrincipal(input: $input) { principal { id } } }`,
    { input: { name, roles: [role] } },
  );
  const { id: principalId } = createPrincipal.principal;
  return { principalId, held: await newKey(principalId) };
}

/** Signs a person in as their browser does. Returns the headers of the pages that they open. */
async function signInAs(login: string): Promise<Record<string, string>> {
  const browser = new Browser();
  const start = await browser.request(new URL('/auth/sign-in', origin));
  const callback = await browser.signInAt(
    new URL(start.headers.get('location')!),
    login,
    `${origin}/auth/callback`,
  );
  const signedIn = await browser.request(callback);
  expect(signedIn.status).toBe(303);
  const cookie = signedIn.headers.getSetCookie().find((line) => line.startsWith('journey-session='))!;
  return { cookie: cookie.split(';')[0]!, origin };
}

/** Repeats a request until the test stops it. `usedKey` is the key of the last complete request. */
function repeat(request: () => Promise<string>) {
  let isOver = false;
  let usedKey = '';
  const done = (async () => {
    while (!isOver) usedKey = await request();
  })();
  return {
    usedKey: () => usedKey,
    async stop() {
      isOver = true;
      await done;
    },
  };
}

/** Follows all events by the published client, with the dashboard's current key. */
function follow(transport: 'websocket' | 'sse', after: string) {
  const enqueued: string[] = [];
  const credential = () => bearer(dashboard.held.key);
  const client = createJourneyClient({
    url: service.url,
    transport,
    ...(transport === 'sse'
      ? { headers: credential }
      : { connectionParams: credential, webSocketImpl: WebSocket }),
  });
  const done = (async () => {
    for await (const { type, runId } of client.watchRunEvents({ after }))
      if (type === 'ENQUEUED') enqueued.push(runId);
  })();
  return {
    enqueued,
    async stop() {
      client.close();
      await done;
    },
  };
}

/** Subscribes by a key that is revoked later. `ended` resolves when the service has ended both subscriptions. */
async function subscribeWith({ key }: Key) {
  const query = 'subscription { runStats { queued } }';
  const socket = openGraphqlSocket(service);
  await socket.init(bearer(key));
  await socket.until('connection_ack');
  socket.send({ type: 'subscribe', id: '1', payload: { query } });
  await socket.until('next');
  const stream = openEventStream(service, query, {}, bearer(key));
  await stream.next();
  const rest = Array.fromAsync(stream);
  return {
    async ended() {
      expect((await socket.closed)[0]).toBe(4403);
      expect((await rest).at(-2)).toMatchObject({
        data: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
      });
    },
  };
}

test('three kinds of client work while their keys are rotated and revoked, without a wrong answer', {
  timeout: 300_000,
}, async () => {
  const wrong: unknown[] = [];
  const { feedCursor } = await asAdmin('{ feedCursor }', {});
  const watches = [follow('websocket', feedCursor), follow('sse', feedCursor)];
  const runs = new Set<string>();
  let orders = 0;

  const shop = repeat(async () => {
    const { key } = checkout.held;
    orders += 1;
    const order = { number: `N-${orders}`, payload: {}, lines: [{ sku: 'MUG', quantity: 1 }] };
    const { status, body } = await post(
      service,
      bearer(key),
      `mutation ($input: EnqueueCheckoutRunsInput!) {
        enqueueCheckoutRuns(input: $input) { runs { id } deduplicated userErrors { message } }
      }`,
      { input: { order } },
    );
    const { runs: made = [], deduplicated, userErrors } = body.data?.enqueueCheckoutRuns ?? {};
    if (status !== 200 || made.length !== 1 || deduplicated || userErrors.length > 0)
      wrong.push({ shop: body });
    for (const { id } of made) runs.add(id);
    return key;
  });
  const reader = repeat(async () => {
    const { key } = dashboard.held;
    const { status, body } = await post(
      service,
      bearer(key),
      '{ viewer { name } runs(first: 5) { nodes { status } } }',
    );
    if (status !== 200 || body.errors || body.data.viewer.name !== 'dashboard')
      wrong.push({ dashboard: body });
    return key;
  });
  const operator = repeat(async () => {
    const { status, body } = await post(
      service,
      session,
      '{ viewer { name } runs(first: 5) { nodes { inputPayload } } }',
    );
    if (status !== 200 || body.errors || body.data.viewer.name !== 'Ada') wrong.push({ operator: body });
    return '';
  });

  for (let round = 0; round < ROUNDS; round += 1) {
    const old = [admin, checkout, dashboard].map(({ held }) => held);
    const subscriptions = await Promise.all(old.slice(0, 1).concat(old.slice(2)).map(subscribeWith));
    for (const client of [admin, checkout, dashboard]) client.held = await newKey(client.principalId);
    // Requests with the old keys may be on their way until each client has used its new key.
    await expect
      .poll(() => [shop.usedKey(), reader.usedKey()], SOON)
      .toEqual([checkout.held.key, dashboard.held.key]);
    for (const { id } of old) {
      const { revokeApiKey } = await asAdmin(
        'mutation ($id: ID!) { revokeApiKey(id: $id) { userErrors { code } } }',
        { id },
      );
      expect(revokeApiKey.userErrors).toEqual([]);
    }
    for (const { key } of old) {
      const status = async () => (await post(service, bearer(key), '{ __typename }')).status;
      await expect.poll(status, SOON).not.toBe(200);
      for (let n = 0; n < 5; n += 1)
        if ((await status()) === 200) wrong.push('a revoked key was accepted again');
    }
    for (const subscription of subscriptions) await subscription.ended();
    expect(wrong).toEqual([]);
  }

  await Promise.all([shop.stop(), reader.stop(), operator.stop()]);
  expect(runs.size).toBeGreaterThan(ROUNDS);
  for (const { enqueued } of watches)
    await expect.poll(() => [...enqueued].sort(), { timeout: 60_000 }).toEqual([...runs].sort());
  for (const watch of watches) await watch.stop();
  await expect
    .poll(
      async () => (await asAdmin('{ runCounts { completed { count } } }', {})).runCounts.completed.count,
      { timeout: 60_000 },
    )
    .toBe(runs.size);
  expect(wrong).toEqual([]);
});

test('a session ends for all clients of the operator when it is disabled', async () => {
  const socket = openGraphqlSocket(service, session);
  await socket.init();
  await socket.until('connection_ack');
  await asAdmin('mutation ($id: ID!) { disablePrincipal(id: $id) { userErrors { message } } }', {
    id: `${provider.settings.issuer}|ada`,
  });
  expect((await socket.closed)[0]).toBe(4403);
  expect((await post(service, session, '{ __typename }')).status).toBe(401);
});
