import { afterAll, beforeAll, expect, test } from 'vitest';
import { createJourneyClient } from '../../packages/client/src/client.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { insertRunWithEvent } from '../support/events.ts';
import { insertComponent } from '../support/runs.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

test.each(['websocket', 'sse'] as const)(
  'a reviver reads every value of a message over %s',
  async (transport) => {
    const { id: componentId } = await insertComponent(app.db.pool);
    const id = await insertRunWithEvent(app.db.pool, { componentId, inputPayload: { n: 1, other: [2] } });
    const client = createJourneyClient({
      url: app.url,
      transport,
      reviver: (_, value) => (typeof value === 'number' ? `number ${value}` : value),
    });
    const watch = client.watch('subscription ($id: ID!) { runUpdated(id: $id) { inputPayload } }', { id });
    const { value } = await watch.next();
    expect(value?.runUpdated.inputPayload).toEqual({ n: 'number 1', other: ['number 2'] });
    client.close();
  },
);
