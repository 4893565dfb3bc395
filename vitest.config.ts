import { defineConfig } from 'vitest/config';

export default defineConfig({
  // As Node resolves packages itself: without it our code and Pothos get a copy of graphql each.
  ssr: { resolve: { conditions: ['module-sync', 'node'], externalConditions: ['module-sync', 'node'] } },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/global-setup.ts',
    // Most tests wait for processes, leases and sockets more than for a core.
    maxWorkers: 3,
    hookTimeout: 180_000,
    // A busy machine is no failure: what a test waits for comes, or never.
    testTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
