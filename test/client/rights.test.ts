import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createJourneyClient, type JourneyClientOptions } from '../../packages/client/src/client.ts';
import { revokeApiKey } from '../../src/identity/keys/api-keys.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { insertRunWithEvent } from '../support/events.ts';
import { addKey, bearer, createKey, type TestKey } from '../support/identity.ts';
import { insertComponent } from '../support/runs.ts';

let app: TestApp;
let viewer: TestKey;
let componentId: string;
beforeAll(async () => {
  app = await startTestApp({}, async (db) => {
    viewer = await createKey(db, { name: 'dashboard', roles: ['VIEWER'] });
  });
  componentId = (await insertComponent(app.db.pool)).id;
});
afterAll(() => app.stop());

type Transport = NonNullable<JourneyClientOptions['transport']>;

/** A client with a credential that a function returns, as one that rotates its keys. */
const clientOf = (transport: Transport, credential: () => string, onInterruption = () => {}) =>
  createJourneyClient({
    url: app.url,
    transport,
    ...(transport === 'sse'
      ? { headers: () => bearer(credential()) }
      : { connectionParams: () => bearer(credential()), webSocketImpl: WebSocket }),
    onStatus: ({ state }) => state === 'interrupted' && onInterruption(),
  });

async function enqueue(): Promise<string> {
  const id = await insertRunWithEvent(app.db.pool, { componentId });
  app.services.ring();
  return id;
}

describe.each(['websocket', 'sse'] as const)('the events of all runs, over %s', (transport) => {
  it('are for a client that may read the status of runs, and no payloads', async () => {
    const client = clientOf(transport, () => viewer.key);
    const { feedCursor: after } = await endOfFeed();
    const id = await enqueue();
    const { value } = await client.watchRunEvents({ after }).next();
    expect(value).toMatchObject({ runId: id, type: 'ENQUEUED', error: null });
    client.close();
  });

  it('are for a page with a token, which sees its own run', async () => {
    const { feedCursor: after } = await endOfFeed();
    await enqueue();
    const id = await enqueue();
    const { token } = await app.services.identity.mintRunToken({ runId: id }, 60);
    const client = clientOf(transport, () => token);
    expect((await client.watchRunEvents({ after }).next()).value).toMatchObject({ runId: id });
    client.close();
  });

  it('go on while the key is replaced again and again', async () => {
    let held = await createKey(app.db, { roles: ['VIEWER'] });
    let interruptions = 0;
    const client = clientOf(
      transport,
      () => held.key,
      () => {
        interruptions += 1;
      },
    );
    const events = client.watchRunEvents({ after: (await endOfFeed()).feedCursor });
    for (let round = 0; round < 4; round += 1) {
      const id = await enqueue();
      expect((await events.next()).value).toMatchObject({ runId: id });
      const old = held;
      held = await addKey(app.db, old.principalId);
      await revokeApiKey(app.db.pool, old.id);
      await expect.poll(() => interruptions).toBeGreaterThan(round);
    }
    client.close();
  });
});

/** A cursor at the end of the feed. */
async function endOfFeed(): Promise<{ feedCursor: string }> {
  const response = await fetch(app.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...bearer(viewer.key) },
    body: '{"query":"{ feedCursor }"}',
  });
  return (await response.json()).data;
}
