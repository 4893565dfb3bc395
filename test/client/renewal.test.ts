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

/** A token that is valid for up to so many seconds. */
const freshToken = async (seconds: number) =>
  bearer(
    await issuer.token({ access: { roles: ['OPERATOR'] }, exp: Math.floor(Date.now() / 1_000) + seconds }),
  );

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
      // The client renews it two seconds before its end, which is enough on a busy machine.
      return freshToken(10);
    },
    onStatus: ({ state }) => void statuses.push(state),
  });
  const events = client.watchRunEvents({})[Symbol.asyncIterator]();
  const first = events.next();
  await expect.poll(() => tokens, { timeout: 60_000 }).toBeGreaterThan(2);
  await enqueue();
  expect((await first).value).toMatchObject({ type: 'ENQUEUED' });
  expect(statuses).toEqual(['connecting', 'live']);
  client.close();
});

test('over SSE, a stream whose token has expired is opened again with a new one', async () => {
  let tokens = 0;
  const client = createJourneyClient({
    url: app.url,
    transport: 'sse',
    headers: async () => {
      tokens += 1;
      return freshToken(3);
    },
  });
  const events = client.watchRunEvents({})[Symbol.asyncIterator]();
  const first = events.next();
  await expect.poll(() => tokens).toBeGreaterThan(1);
  await enqueue();
  expect((await first).value).toMatchObject({ type: 'ENQUEUED' });
  client.close();
});
