import { afterAll, beforeAll, expect, test } from 'vitest';
import { PERMISSIONS } from '../../../src/identity/permission.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

test('the viewer of an open service is anonymous and may do everything', async () => {
  expect(await app.query('{ viewer { name permissions channels } }')).toEqual({
    viewer: { name: 'anonymous', permissions: PERMISSIONS, channels: null },
  });
});
