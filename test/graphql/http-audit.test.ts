import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

/** All that GraphQL over HTTP says a server MUST, SHOULD and MAY do. */
it.each(serverAudits({ url: () => app.url, fetchFn: fetch }).map((audit) => [audit.name, audit] as const))(
  '%s',
  async (_, audit) => {
    const result = await audit.fn();
    if (result.status !== 'ok') expect(result).toBe('ok');
  },
);
