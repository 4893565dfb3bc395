import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

/** A GET needs a header that pages cannot send; the audits send none. */
const fetchFn = (url: string, init: RequestInit = {}) =>
  fetch(url, { ...init, headers: { 'graphql-preflight': '1', ...init.headers } });

/** All that GraphQL over HTTP says a server MUST, SHOULD and MAY do. */
it.each(serverAudits({ url: () => app.url, fetchFn }).map((audit) => [audit.name, audit] as const))(
  '%s',
  async (_, audit) => {
    const result = await audit.fn();
    if (result.status !== 'ok') expect(result).toBe('ok');
  },
);
