import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const REGISTER = `mutation ($input: RegisterComponentInput!) {
  registerComponent(input: $input) {
    component {
      id key name description version triggers script { slug runtime version metadata } inputSchema
      providerDependencies { key optional } retryPolicy { maxAttempts backoff initialDelaySeconds maxDelaySeconds }
      timeoutSeconds archivedAt createdAt updatedAt
      versions { nodes { id version } }
      attachments { nodes { id } totalCount totalCountExact }
    }
    userErrors { code message path }
  }
}`;

it('registers a component', async () => {
  const { registerComponent } = await app.query(REGISTER, {
    input: { key: 'gift-note', name: 'Gift note', triggers: ['CHECKOUT'], script: { slug: 'gift', runtime: 'node' } },
  });
  console.log(JSON.stringify(registerComponent, null, 1));
  expect(registerComponent.userErrors).toEqual([]);
});
