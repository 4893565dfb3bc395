import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createJourneyClient } from '../../packages/client/src/client.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { insertRunWithEvent } from '../support/events.ts';
import { bearer } from '../support/identity.ts';
import { insertComponent } from '../support/runs.ts';
import { startTokenIssuer, type TestIssuer } from '../support/token-issuer.ts';

let issuer: TestIssuer;
let app: TestApp;
let componentId: string;
beforeAll(async () => {
  issuer = await startTokenIssuer();
  app = await startTestApp({ jwtIssuers: [issuer.config] });
  componentId = (await insertComponent(app.db.pool)).id;
});
afterAll(async () => {
  await app.stop();
  await issuer.stop();
});

/** Each token is valid for up to three seconds. */
const freshToken = async () =>
  bearer(await issuer.token({ access: { roles: ['OPERATOR'] }, exp: Math.floor(Date.now() / 1_000) + 3 }));

async function enqueue(): Promise<void> {
  await insertRunWithEvent(app.db.pool, { componentId });
  app.services.ring();
}

test('a WebSocket stays open while the client renews its tokens, and a watch misses nothing', async () => {
  let tokens = 0;
  const statuses: string[] = [];
  const client = createJourneyClient({
    url: app.url,
    webSocketImpl: WebSocket,
    connectionParams: async () => {
      tokens += 1;
      return freshToken();
    },
    onStatus: ({ state }) => void statuses.push(state),
  });
  const events = client.watchRunEvents({})[Symbol.asyncIterator]();
  const first = events.next();
  await expect.poll(() => tokens).toBeGreaterThan(3);
  await enqueue();
  expect((await first).value).toMatchObject({ type: 'ENQUEUED' });
  expect(statuses).toEqual(['connecting', 'live']);
  client.close();
}, 30_000);

test('over SSE, a stream whose token has expired is opened again with a new one', async () => {
  let tokens = 0;
  const client = createJourneyClient({
    url: app.url,
    transport: 'sse',
    headers: async () => {
      tokens += 1;
      return freshToken();
    },
  });
  const events = client.watchRunEvents({})[Symbol.asyncIterator]();
  const first = events.next();
  await expect.poll(() => tokens).toBeGreaterThan(1);
  await enqueue();
  expect((await first).value).toMatchObject({ type: 'ENQUEUED' });
  client.close();
}, 30_000);
