import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startPostgres } from '../chaos/postgres.ts';
import { runCommand } from '../support/command.ts';

test('a start on a read replica ends, and says what to set', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'journey-runtime-replica-'));
  const server = await startPostgres(folder, {});
  await server.stop('fast');
  writeFileSync(join(server.cluster.directory, 'standby.signal'), '');
  await server.start();
  const { code, stderr } = await runCommand(['serve'], { DATABASE_URL: server.url, PORT: '0' });
  await server.stop('immediate');
  rmSync(folder, { recursive: true });
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringMatching(
      /^The database is a read replica.* Set DATABASE_URL to the primary[^\n]*\n$/,
    ),
  });
});
