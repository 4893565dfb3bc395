import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const SCRIPT = fileURLToPath(new URL('../../scripts/migration.ts', import.meta.url));

const run = (name: string) =>
  new Promise<{ code: unknown; output: string }>((resolve) => {
    const args = ['--disable-warning=ExperimentalWarning', SCRIPT, name];
    execFile(process.execPath, args, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, output: stdout + stderr }),
    );
  });

test('a migration may be named with hyphens, as CONTRIBUTING does', async () => {
  expect(await run('add-something')).toMatchObject({ code: 0, output: expect.stringContaining('agree') });
});

test.each(['', '../elsewhere', '--other'])('the name %j is refused with how to name one', async (name) => {
  expect(await run(name)).toMatchObject({ code: 2, output: expect.stringContaining('add-something') });
});
