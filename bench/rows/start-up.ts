import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbedded } from '../../src/postgres/embedded/embedded.ts';
import { freePort } from '../../src/postgres/embedded/server-address.ts';
import { atMost, type Row } from '../harness/row.ts';
import { untilReady } from '../harness/service.ts';
import { ms } from '../harness/table.ts';
import { takeTurns } from '../harness/turns.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

export const startUp: Row = {
  name: 'start-up',
  limit: 'Loading the modules, Prisma and GraphQL above all; then a worker that loads its own.',
  measure: async (bench) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'journey-runtime-bench-start-'));
    const compared = await takeTurns(
      { ...bench, turns: Math.min(bench.turns, 5) },
      { ours: () => startAndStop(dataDir), theirs: () => startBare(dataDir) },
    );
    rmSync(dataDir, { recursive: true });
    const ours = compared.of('ours', 'ms');
    const theirs = compared.of('theirs', 'ms');
    const figure = 'start to ready, worker included, embedded, second start';
    return [
      { figure, against: '2 s', ratio: ours / 2_000, goal: atMost(1), ours: ms(ours), theirs: '2 s' },
      {
        figure,
        against: "PostgreSQL's own start + Node's",
        ratio: ours / theirs,
        goal: null,
        ours: ms(ours),
        theirs: ms(theirs),
      },
    ];
  },
};

async function startAndStop(dataDir: string) {
  const port = await freePort();
  const startedAt = performance.now();
  const env = {
    ...process.env,
    JOURNEY_RUNTIME_DATA_DIR: dataDir,
    PORT: String(port),
    LOG_LEVEL: 'error',
    DATABASE_URL: '',
  };
  const child = spawn(process.execPath, [MAIN, 'serve'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  await untilReady(`http://127.0.0.1:${port}/readyz`, child);
  const took = performance.now() - startedAt;
  child.kill('SIGTERM');
  await once(child, 'exit');
  return { ms: took };
}

async function startBare(dataDir: string) {
  const startedAt = performance.now();
  const postgres = await startEmbedded({ dataDir });
  execFileSync(process.execPath, ['--version']);
  const took = performance.now() - startedAt;
  await postgres.stop();
  return { ms: took };
}
