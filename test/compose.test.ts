import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../src/postgres/embedded/server-address.ts';
import { runCommand, spawnCommand } from './support/command.ts';
import { createTestDatabase } from './support/database.ts';
import { untilEvent } from './support/worker.ts';

const COMPOSE = readFileSync('deploy/compose.yaml', 'utf8');
const SIGNING_SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

/** The lines of a service, or of another entry of the file, up to the next empty line. */
const entry = (name: string): string =>
  new RegExp(`^ *${name}:.*\\n((?: {2,}.*\\n)*)`, 'm').exec(COMPOSE)![1]!;

/** The command of a service. */
const commandOf = (service: string): string[] => /command: \[(.*)\]/.exec(entry(service))![1]!.split(', ');

/** The environment of the service's containers, with the addresses of this machine in place of Docker's. */
function environment(addresses: Record<string, string>): Record<string, string> {
  const block = entry('x-service').split('environment:\n')[1]!;
  const pairs = [...block.matchAll(/^ +([A-Z_]+): (.*)$/gm)].map(([, name, value]) => [
    name!,
    value!.replace(/^'(.*)'$/, '$1').replace(/^\$\{SIGNING_SECRET:.*\}$/, SIGNING_SECRET),
  ]);
  return { HOST: '0.0.0.0', ...Object.fromEntries(pairs), ...addresses };
}

/** Ends the process with the test. Resolves to the last group of the first output that matches. */
function untilPrinted(child: ChildProcess, pattern: RegExp): Promise<string> {
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
  let printed = '';
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout!, child.stderr!])
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        printed += chunk;
        const found = pattern.exec(printed);
        if (found) resolve(found.at(-1)!);
      });
    child.once('exit', (code) => reject(new Error(`ended (exit code ${code}): ${printed}`)));
  });
}

test('the commands of compose migrate, create a key, and complete a run at its script host', async () => {
  const db = await createTestDatabase({ migrated: false });
  onTestFinished(() => db.drop());
  const [program, file, ...rest] = commandOf('script-host');
  expect([program, file, rest]).toEqual(['node', '/host/server.mjs', []]);
  const host = spawn(process.execPath, [file!.replace('/host', 'examples/script-host')], {
    env: { SIGNING_SECRET, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const hostPort = await untilPrinted(host, /script host on port (\d+)/);
  const given = environment({});
  const env = environment({
    DATABASE_URL: db.url,
    JOURNEY_RUNTIME_RUNNER_URL: given.JOURNEY_RUNTIME_RUNNER_URL!.replace(
      'script-host:5000',
      `127.0.0.1:${hostPort}`,
    ),
    JOURNEY_RUNTIME_METRICS_PORT: String(await freePort()),
    JOURNEY_RUNTIME_WORKER_PORT: String(await freePort()),
  });

  expect(await runCommand(commandOf('migrate'), env)).toMatchObject({ code: 0 });
  const [, keyCommand] = /run --rm migrate (key create .*)$/m.exec(COMPOSE)!;
  const created = await runCommand(keyCommand!.split(' '), env);
  expect(created).toMatchObject({ code: 0 });
  const [key] = /jrk_\S+/.exec(created.stdout)!;
  const api = spawnCommand(commandOf('api'), { ...env, PORT: '0' });
  const url = await untilPrinted(api, /"graphql":"(\S+\/graphql)/);
  await untilPrinted(spawnCommand(commandOf('worker'), env), /(worker ready)/);

  const send = async (operation: string) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ query: operation }),
    });
    const { data } = (await response.json()) as { data: Record<string, Record<string, { id: string }>> };
    return data;
  };
  const { registerComponent } = await send(`mutation { registerComponent(input: {
    key: "gift-note", name: "Gift note", triggers: [OPERATOR], script: { slug: "gift/note", runtime: "node" },
    inputSchema: { type: "object", required: ["text"], properties: { text: { type: "string" } } }
  }) { component { id } } }`);
  const { enqueueRun } = await send(`mutation { enqueueRun(input: {
    componentId: "${registerComponent!.component!.id}", inputPayload: { text: "hello" }
  }) { run { id } } }`);
  const runId = enqueueRun!.run!.id;
  await untilEvent(db, runId, 'COMPLETED');
  const { run } = await send(`{ run(id: "${runId}") { resultPayload } }`);
  expect(run).toEqual({ resultPayload: { printed: 'HELLO' } });
});
