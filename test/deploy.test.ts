import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { runCommand } from './support/command.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string) => readFileSync(`${ROOT}${file}`, 'utf8');
const files = globSync(
  'deploy/{Dockerfile,*.yaml,systemd/*.service,chart/values*,chart/templates/*.{yaml,tpl}}',
  { cwd: ROOT },
);

test.each(files)('%s sets no variable that the service does not read', (file) => {
  const set = read(file).match(/\bJOURNEY_RUNTIME_[A-Z_]+/g) ?? [];
  const known = read('src/config/variables.ts').match(/\bJOURNEY_RUNTIME_[A-Z_]+/g)!;
  expect(set.filter((name) => !known.includes(name))).toEqual([]);
});

test('the commands of the images and units are commands of the service', async () => {
  const { stdout: usage } = await runCommand(['--help']);
  const commands = [
    ...[...read('deploy/compose.yaml').matchAll(/command: \[([a-z]+)\]/g)].map(([, command]) => command!),
    ...['api', 'worker', 'migrate'].map(
      (pod) => /^ +args: \[([a-z]+)/m.exec(read(`deploy/chart/templates/${pod}.yaml`))![1]!,
    ),
    ...[...read('deploy/Dockerfile').matchAll(/^CMD \["([a-z]+)"\]/gm)].map(([, command]) => command!),
    ...files
      .filter((file) => file.endsWith('.service'))
      .map((file) => /^ExecStart=\S+ ([a-z]+)$/m.exec(read(file))![1]!),
  ];
  expect(new Set(commands)).toEqual(new Set(['serve', 'worker', 'migrate']));
  for (const command of commands) expect(usage).toMatch(new RegExp(`^  ${command} `, 'm'));
});

test('the program of the image and of the units is that of the package', () => {
  const script = read('scripts/package.ts');
  expect(script).toContain("bin: { [name]: 'dist/main.js' }");
  expect(read('deploy/Dockerfile')).toContain('/app/node_modules/journey-runtime/dist/main.js');
});

test('compose mounts what is there, and its Prometheus scrapes the ports of API and worker', () => {
  const compose = read('deploy/compose.yaml');
  const mounted = [...compose.matchAll(/'(\.\.?\/[^:']+):/g)].map(([, path]) => path!);
  expect(mounted).toContain('./grafana/journey-runtime.json');
  expect(mounted.filter((path) => !existsSync(join(ROOT, 'deploy', path)))).toEqual([]);
  const portOf = (name: string) => new RegExp(`${name}: '(\\d+)'`).exec(compose)![1];
  const scraped = [
    ...read('deploy/prometheus/prometheus-compose.yaml').matchAll(/names: \[(\w+)\].*port: (\d+)/g),
  ];
  expect(scraped.map(([, service, port]) => [service, port])).toEqual([
    ['api', portOf('JOURNEY_RUNTIME_METRICS_PORT')],
    ['worker', portOf('JOURNEY_RUNTIME_WORKER_PORT')],
  ]);
});
