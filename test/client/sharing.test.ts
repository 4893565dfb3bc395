import { afterAll, beforeAll, expect, test } from 'vitest';
import { createJourneyClient } from '../../packages/client/src/client.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { appendEvent, insertRunWithEvent, untilReleased } from '../support/events.ts';
import { startProxy } from '../support/proxy.ts';
import { insertComponent } from '../support/runs.ts';

let app: TestApp;
let componentId: string;

beforeAll(async () => {
  app = await startTestApp();
  componentId = (await insertComponent(app.db.pool)).id;
});

afterAll(() => app.stop());

test('all watches of a client share one connection, before and after an interruption', async () => {
  const proxy = await startProxy(app.url);
  const interrupted = Promise.withResolvers<void>();
  const client = createJourneyClient({
    url: proxy.url,
    onStatus: ({ state }) => state === 'interrupted' && interrupted.resolve(),
  });
  const runIds = await Promise.all(
    Array.from({ length: 20 }, () => insertRunWithEvent(app.db.pool, { componentId })),
  );
  await untilReleased(app.db.pool);
  const watches = runIds.map((id) =>
    client.watch('subscription ($id: ID!) { runUpdated(id: $id) { id status } }', { id }),
  );
  const stats = client.watch('subscription { runStats { queued } }');
  const events = client.watchRunEvents();
  const firstEvent = events.next();
  await Promise.all([...watches.map((watch) => watch.next()), stats.next()]);
  expect(proxy.count()).toBe(1);

  proxy.cut(true);
  await interrupted.promise;
  proxy.cut(false);
  for (const runId of runIds)
    await appendEvent(app.db.pool, runId, { type: 'COMPLETED', status: 'COMPLETED' });
  app.services.ring();
  const ends = await Promise.all(
    watches.map(async (watch) => {
      let last: unknown;
      for await (const { runUpdated } of watch) last = runUpdated.status;
      return last;
    }),
  );
  expect(ends).toEqual(runIds.map(() => 'COMPLETED'));
  await firstEvent;
  expect(proxy.count()).toBe(2);
  client.close();
  await proxy.close();
});

test('a slow consumer gets every event once, while a bounded number of them waits', async () => {
  const runId = await insertRunWithEvent(app.db.pool, { componentId });
  const COUNT = 2_500;
  await app.db.pool.query(
    `with changed as (
       update journey_component_runs set event_sequence = $2, event_xid = pg_current_xact_id() where id = $1
     )
     insert into journey_run_events (run_id, sequence, xid, type, status, attempt)
     select $1, n, pg_current_xact_id(), 'STARTED', 'RUNNING', 1 from generate_series(2, $2) n`,
    [runId, COUNT],
  );
  await untilReleased(app.db.pool);
  await app.services.feed.latest();
  const { runEvents } = await app.query(
    'query ($id: ID!) { runEvents(first: 1, where: { runId: [$id] }) { nodes { cursor } } }',
    { id: runId },
  );

  const { promise: paused, resolve } = Promise.withResolvers<void>();
  const sent: string[] = [];
  class Recording extends WebSocket {
    override send(data: string): void {
      const { type } = JSON.parse(data);
      sent.push(type);
      if (type === 'complete') resolve();
      super.send(data);
    }
  }
  const client = createJourneyClient({ url: app.url, webSocketImpl: Recording });
  const watch = client.watchRunEvents({ where: { runId: [runId] }, after: runEvents.nodes[0].cursor });
  const sequences = [(await watch.next()).value!.sequence];
  // The client unsubscribes by itself: nothing has been taken since the first event.
  await paused;
  for await (const { sequence } of watch) {
    sequences.push(sequence);
    if (sequence === COUNT) break;
  }
  expect(sequences).toEqual(Array.from({ length: COUNT - 1 }, (_, index) => index + 2));
  expect(sent.filter((type) => type === 'subscribe').length).toBeGreaterThan(1);
  client.close();
});

test('of states that arrive faster than they are taken, the newest waits', async () => {
  const runId = await insertRunWithEvent(app.db.pool, { componentId });
  await untilReleased(app.db.pool);
  const { promise: completed, resolve } = Promise.withResolvers<void>();
  class Recording extends WebSocket {
    constructor(url: string, protocol: string) {
      super(url, protocol);
      this.addEventListener('message', ({ data }) => JSON.parse(data).type === 'complete' && resolve());
    }
  }
  const client = createJourneyClient({ url: app.url, webSocketImpl: Recording });
  const watch = client.watch('subscription ($id: ID!) { runUpdated(id: $id) { status } }', { id: runId });
  await watch.next();
  await appendEvent(app.db.pool, runId, { type: 'STARTED', status: 'RUNNING' });
  app.services.ring();
  await appendEvent(app.db.pool, runId, { type: 'COMPLETED', status: 'COMPLETED' });
  app.services.ring();
  await completed;
  expect((await watch.next()).value).toEqual({ runUpdated: { status: 'COMPLETED' } });
  expect(await watch.next()).toEqual({ done: true, value: undefined });
  client.close();
});
