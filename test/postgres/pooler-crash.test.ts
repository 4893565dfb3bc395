import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../src/postgres/database.ts';
import { LIMITS, REQUIRED } from '../../src/postgres/session-settings.ts';
import { asOwner, type Postgres, startPostgres } from '../chaos/postgres.ts';
import { type Serving, startServe } from '../support/command.ts';
import { startPgbouncer } from '../support/pgbouncer.ts';
import { insertComponent } from '../support/runs.ts';

let folder: string;
let server: Postgres;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'journey-runtime-pooler-crash-'));
  // A commit that does not wait for the disk gets there only by chance.
  server = await startPostgres(folder, { wal_writer_delay: '10s', wal_writer_flush_after: '100MB' });
});
afterEach(async () => {
  await server.stop('immediate');
  rmSync(folder, { recursive: true });
});

const CRASHES = 3;
const CALLERS = 8;
const RUNS_BEFORE_A_CRASH = 40;
const [, minor] = /PgBouncer 1\.(\d+)/.exec(String(spawnSync('pgbouncer', ['--version']).stdout)) ?? [];

describe.each([
  { pool_mode: 'session', since: 0 },
  { pool_mode: 'transaction', since: 21, max_prepared_statements: '200' },
])('PostgreSQL crashes under load behind a pooler: $pool_mode mode', ({ since, ...settings }) => {
  test.skipIf(minor === undefined || Number(minor) < since)(
    'no acknowledged run is lost',
    { timeout: 300_000 },
    async () => {
      for (const [name, value] of Object.entries({ ...REQUIRED, ...LIMITS }))
        await asOwner(server.url, (owner) => owner.query(`alter role postgres set ${name} = '${value}'`));
      // Few connections to the server, so that all kinds of statements meet on each of them.
      const size = settings.pool_mode === 'transaction' ? '5' : '60';
      const pooler = await startPgbouncer(server.url, {
        ...settings,
        default_pool_size: size,
        server_login_retry: '1',
      } as Record<string, string>);
      const serving = await startServe({ DATABASE_URL: pooler.url });
      const direct = openDatabase({ url: server.url, maxConnections: 1 });
      const { id: componentId } = await insertComponent(direct.pool);

      const acknowledged: string[] = [];
      /** Of requests without any response. */
      const failed: unknown[] = [];
      let isEnding = false;
      onTestFinished(async () => {
        isEnding = true;
        await Promise.all(callers);
        await direct.close();
        serving.child.kill('SIGTERM');
        await exited;
        await pooler.stop();
      });
      // The end of the service ends its callers, and fails the test at once.
      const exited = once(serving.child, 'exit');
      const ended = exited.then(() => {
        if (!isEnding) throw new Error(`The service ended: ${serving.output().slice(-4_000)}`);
      });
      ended.catch(() => {});
      const callers = Array.from({ length: CALLERS }, async () => {
        while (!isEnding && serving.child.exitCode === null) {
          const runId = await enqueue(serving, componentId).catch((error) => {
            failed.push(error);
            return null;
          });
          if (runId) acknowledged.push(runId);
          else await pause(50);
        }
      });
      for (let crash = 0; crash < CRASHES; crash += 1) {
        const before = acknowledged.length;
        await Promise.race([
          ended,
          expect
            .poll(() => acknowledged.length, { timeout: 120_000, interval: 5 })
            .toBeGreaterThan(before + RUNS_BEFORE_A_CRASH),
        ]);
        await server.stop('immediate');
        await server.start();
      }
      isEnding = true;
      await Promise.all(callers);
      expect(failed).toEqual([]);
      const { rows } = await asOwner(server.url, (owner) =>
        owner.query(
          'select id from unnest($1::uuid[]) id where not exists (select from journey_runs r where r.id = id.id)',
          [acknowledged],
        ),
      );
      expect(rows).toEqual([]);
    },
  );
});

/** Enqueues a run as a caller does who does not repeat; null where it was not acknowledged. */
async function enqueue({ url }: Serving, componentId: string): Promise<string | null> {
  const query = `mutation ($input: EnqueueRunInput!) { enqueueRun(input: $input) { run { id } } }`;
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { input: { componentId, idempotencyKey: randomUUID() } } }),
  });
  const { data } = (await response.json()) as { data?: { enqueueRun?: { run?: { id: string } } } };
  return data?.enqueueRun?.run?.id ?? null;
}
