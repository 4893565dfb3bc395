import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Serving, startServe } from '../support/command.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { insertRunWithEvent, storedEvents } from '../support/events.ts';
import { NPM_ENVIRONMENT } from '../support/npm-environment.ts';
import { startProxy } from '../support/proxy.ts';
import { insertComponent } from '../support/runs.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CONSUMER = fileURLToPath(new URL('./consumer', import.meta.url));
const NAME = 'journey-runtime-client';

type Packed = { filename: string; size: number; files: { path: string }[] };

let folder: string;
let packed: Packed;
let database: TestDatabase;

/** A folder with the packed client, its declared dependencies and the consumer's files; nothing of the service. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'journey-runtime-client-'));
  const output = execFileSync('npm', ['pack', '--json', '-w', NAME, '--pack-destination', folder], {
    cwd: ROOT,
    encoding: 'utf8',
    env: NPM_ENVIRONMENT,
  });
  packed = parsePacked(output);
  const installed = join(folder, 'node_modules', NAME);
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['-xzf', join(folder, packed.filename), '-C', installed, '--strip-components=1']);
  const { dependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  for (const name of [...Object.keys(dependencies), 'ws'])
    cpSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name), { recursive: true });
  cpSync(CONSUMER, folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  database = await createTestDatabase();
});

afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

/** npm prints a list, or since version 11 an object by the package's name; before it, what its scripts print. */
function parsePacked(output: string): Packed {
  const json = JSON.parse(output.slice(output.search(/^[[{]/m)));
  return Array.isArray(json) ? json[0] : (json[NAME] ?? json);
}

test('the tarball holds the compiled client, and nothing else', () => {
  const kinds = packed.files.map(({ path }) => path.replace(/^dist\/[a-z-]+\.(js|d\.ts)$/, 'dist/*.$1'));
  expect(new Set(kinds)).toEqual(
    new Set(['LICENSE', 'README.md', 'dist/*.d.ts', 'dist/*.js', 'package.json']),
  );
  expect(packed.size).toBeLessThan(40_000);
  const { dependencies } = JSON.parse(
    readFileSync(join(folder, 'node_modules', NAME, 'package.json'), 'utf8'),
  );
  expect(Object.keys(dependencies)).toEqual(['@0no-co/graphql.web', 'eventsource-parser', 'graphql-ws']);
});

test('within the repository the package can be imported by its name', () => {
  const script = `import(${JSON.stringify(NAME)}).then((client) => console.log(typeof client.createJourneyClient))`;
  expect(execFileSync(process.execPath, ['-e', script], { cwd: ROOT, encoding: 'utf8' })).toBe('function\n');
});

test.for<{ moduleResolution: string; module: string; lib: string[]; types: string[] }>([
  { moduleResolution: 'node16', module: 'node16', lib: ['es2023'], types: ['node'] },
  { moduleResolution: 'bundler', module: 'esnext', lib: ['es2023', 'dom', 'dom.iterable'], types: [] },
])('its types resolve, and check the caller: moduleResolution $moduleResolution', (options) => {
  const types = join(folder, 'node_modules', '@types');
  mkdirSync(types, { recursive: true });
  if (options.types.length > 0) symlinkSync(join(ROOT, 'node_modules/@types/node'), join(types, 'node'));
  const project = join(folder, `tsconfig.${options.moduleResolution}.json`);
  const compilerOptions = { ...options, target: 'es2023', strict: true, noEmit: true, skipLibCheck: false };
  writeFileSync(project, JSON.stringify({ compilerOptions, files: ['types.ts'] }));
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  const { stdout, status } = spawnSync(process.execPath, [compiler, '-p', project], { encoding: 'utf8' });
  expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
});

test('every packed client follows a service through a kill and a restart, without a gap or a duplicate', async () => {
  await bundle();
  const { id: componentId } = await insertComponent(database.pool);
  const env = { DATABASE_URL: database.url, JOURNEY_RUNTIME_WORKER_ENABLED: 'false' };
  let serving: Serving = await startServe(env);
  const proxy = await startProxy(`${serving.url}/graphql`);
  const { feedCursor: after } = await ask(serving.url, '{ feedCursor }');
  const COUNT = 30;

  const followers = consumers().flatMap(({ node, module }) =>
    (['websocket', 'sse'] as const).map((transport) =>
      startFollower(node, module, { url: proxy.url, transport, after, count: COUNT }),
    ),
  );
  const enqueue = async () => {
    for (let n = 0; n < 10; n += 1)
      await ask(
        serving.url,
        'mutation ($id: ID!) { enqueueRun(input: { componentId: $id }) { run { id } } }',
        {
          id: componentId,
        },
      );
  };
  try {
    await Promise.all(followers.map((follower) => follower.reached('live')));
    await enqueue();
    await Promise.all(followers.map((follower) => follower.got(5)));
    serving.child.kill('SIGKILL');
    await Promise.all(followers.map((follower) => follower.reached('interrupted')));
    for (let n = 0; n < 10; n += 1) await insertRunWithEvent(database.pool, { componentId });
    serving = await startServe(env);
    proxy.retarget(serving.url);
    await enqueue();
    const expected = (await storedEvents(database.pool)).slice(-COUNT);
    for (const follower of followers)
      expect(await follower.end).toEqual({ code: 0, events: expected, stderr: '' });
  } finally {
    for (const { child } of followers) child.kill('SIGKILL');
    serving.child.kill('SIGKILL');
    await proxy.close();
  }
});

async function bundle(): Promise<void> {
  await build({
    root: folder,
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: 'bundle',
      emptyOutDir: false,
      lib: { entry: 'follow.js', formats: ['es'], fileName: 'follow' },
    },
  });
  const text = readFileSync(join(folder, 'bundle/follow.js'), 'utf8');
  expect(text).not.toMatch(/^import\b|\bimport\(|\brequire\(/m);
  expect(text.length).toBeLessThan(60_000);
}

/** The packed package in this Node, and in the machine's own where that is another one; and bundled for a browser. */
function consumers(): { node: string; module: string }[] {
  const versionOf = (node: string) => execFileSync(node, ['--version'], { encoding: 'utf8' });
  const ours = process.execPath;
  const others = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((path) => !path.includes('node_modules'))
    .map((path) => join(path, 'node'))
    .filter((node) => {
      try {
        return versionOf(node) !== versionOf(ours);
      } catch {
        return false;
      }
    });
  return [
    { node: ours, module: './follow.js' },
    { node: ours, module: './bundle/follow.js' },
    ...others.slice(0, 1).map((node) => ({ node, module: './follow.js' })),
  ];
}

function startFollower(node: string, module: string, options: object) {
  const child = spawn(node, [join(folder, 'main.js'), module, JSON.stringify(options)], {
    cwd: folder,
    env: {},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const events: string[] = [];
  const states = new Set<string>();
  let stderr = '';
  let notify = () => {};
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  createInterface(child.stdout).on('line', (line) => {
    const { state, event } = JSON.parse(line);
    if (state) states.add(state);
    if (event) events.push(event);
    notify();
  });
  const end = new Promise<{ code: number | null; events: string[]; stderr: string }>((resolve) =>
    child.once('close', (code) => {
      resolve({ code, events, stderr });
      notify();
    }),
  );
  const until = async (isReached: () => boolean) => {
    while (!isReached()) {
      if (child.exitCode !== null) throw new Error(`The follower ended with ${child.exitCode}: ${stderr}`);
      await new Promise<void>((resolve) => {
        notify = resolve;
      });
    }
  };
  return {
    child,
    end,
    reached: (state: string) => until(() => states.has(state)),
    got: (count: number) => until(() => events.length >= count),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what an answer holds.
async function ask(url: string, query: string, variables: object = {}): Promise<any> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}
