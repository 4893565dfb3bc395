import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';

const CHART = 'deploy/chart';
const read = (file: string) => readFileSync(file, 'utf8');

test('the chart has the version of the service', () => {
  const { version } = JSON.parse(read('package.json'));
  const chart = read(`${CHART}/Chart.yaml`);
  expect(chart).toMatch(new RegExp(`^version: ${version}$`, 'm'));
  expect(chart).toMatch(new RegExp(`^appVersion: ${version}$`, 'm'));
});

test('the chart has the alerts of deploy/prometheus', () => {
  expect(read(`${CHART}/alerts.yaml`)).toBe(read('deploy/prometheus/alerts.yaml'));
});

test.each([
  ['an unknown option', { api: { replica: 3 } }],
  ['a number as the value of a variable', { settings: { JOURNEY_RUNTIME_BATCH_SIZE: 5 } }],
  ['a variable that the chart sets', { settings: { JOURNEY_RUNTIME_MIGRATE: 'true' } }],
  ['a Secret without DATABASE_URL', { secretVariables: ['JOURNEY_RUNTIME_OIDC'] }],
  ['an Ingress without hosts', { ingress: { enabled: true }, hosts: [] }],
])('the schema of the values rejects %s', (_, values) => {
  const validate = new Ajv({ strictTypes: false }).compile(JSON.parse(read(`${CHART}/values.schema.json`)));
  expect(validate({})).toBe(true);
  expect(validate(values)).toBe(false);
});

const run = (command: string, args: string[], input?: string) =>
  spawnSync(command, args, { encoding: 'utf8', input });
const hasHelm = run('helm', ['version']).status === 0 && run('kubeconform', ['-v']).status === 0;

const FULL = ['--values', 'test/fixtures/chart-values.yaml'];
const CRDS =
  'https://raw.githubusercontent.com/datreeio/CRDs-catalog/main/{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json';

// Where both are installed: npm test -- test/chart.test.ts. kubeconform loads the schemas from the Internet.
test.skipIf(!hasHelm).each([
  ['its own values', [], 6],
  ['every option', FULL, 11],
])('Kubernetes accepts the chart with %s (needs helm and kubeconform)', (_, values, objects) => {
  expect(run('helm', ['lint', '--strict', CHART, ...values])).toMatchObject({ status: 0 });
  const rendered = run('helm', ['template', 'journey-runtime', CHART, ...values]);
  expect(rendered).toMatchObject({ status: 0 });
  const schemas = ['-schema-location', 'default', '-schema-location', CRDS];
  const validated = run('kubeconform', ['-strict', '-summary', ...schemas], rendered.stdout);
  expect(validated.stdout).toContain(`${objects} resources found`);
  expect(validated).toMatchObject({ status: 0 });
});
