import { once } from 'node:events';
import { WebSocket } from 'ws';
import { until } from '../../chaos/until.ts';
import { allFields } from '../../support/all-fields.ts';
import { type Attack, type Size, times } from '../attack.ts';
import { CANARIES, type GuardedSystem, HOST_MODES } from './guarded-system.ts';

/** Looks for secrets wherever the service writes, after a script host has given them back in many forms. */
export const canaries: Attack<GuardedSystem & { size: Size }> = {
  name: 'secret canaries',
  tries:
    'a script host that gives back all secrets; then every answer, event, log, metric and table is searched',
  async run(system) {
    const { ask, keys, api, worker, database } = system;
    const admin = keys.ADMIN;
    await ask(
      admin,
      'mutation ($value: String!) { saveSecret(input: {name: "stored", value: $value}) { userErrors { message } } }',
      {
        value: CANARIES.stored,
      },
    );
    const bindings = [
      { secret: { inputKey: 'stored', name: 'stored' } },
      { static: { inputKey: 'literal', value: CANARIES.literal, secret: true } },
    ];
    const { data } = await ask(
      admin,
      `mutation { registerComponent(input: {key: "canaries", name: "canaries", triggers: [CHECKOUT], script: {slug: "s", runtime: "node"}, retryPolicy: {maxAttempts: 1}}) { component { id } userErrors { message } } }`,
    );
    const componentId = data.registerComponent.component.id;
    const saved = await ask(
      admin,
      `mutation ($input: SaveProductInput!) { saveProduct(input: $input) { product ${allFields('Product', 2)} userErrors { message } } }`,
      { input: { sku: 'CANARY', journeyComponents: [{ componentId, bindings }] } },
    );
    const attachmentId = saved.data.saveProduct.product.journeyComponents[0].id;
    const events = await follow(system);
    const inputs = HOST_MODES.map((mode) => ({ componentId, attachmentId, metadata: { mode } }));
    const ids: string[] = [];
    // Long enough for a p99 of the calm client's requests.
    const over = performance.now() + times(system, 0, 10_000);
    do {
      const enqueued = await ask(
        admin,
        `mutation ($inputs: [EnqueueRunInput!]!) { enqueueRuns(inputs: $inputs) { run { id } userErrors { message } } }`,
        { inputs },
      );
      ids.push(...enqueued.data.enqueueRuns.map(({ run }: { run: { id: string } }) => run.id));
      await until(async () => (await open(system)) === 0, 'the runs to end', 60_000, 100);
    } while (performance.now() < over);
    for (const id of ids)
      await ask(
        admin,
        `query ($id: ID!) { run(id: $id) ${allFields('Run', 2)} previewReplay(id: $id) ${allFields('RunPreview', 1)} }`,
        { id },
      );
    for (const query of [
      `{ runs(first: 50) ${allFields('RunConnection', 3)} }`,
      `{ runEvents(first: 100) ${allFields('RunEventConnection', 3)} }`,
      `{ product(sku: "CANARY") ${allFields('Product', 3)} secrets { name } components { nodes { key } } }`,
      `{ auditLog(first: 100) ${allFields('AuditEntryConnection', 2)} }`,
      `{ runErrors ${allFields('RunErrorGroup', 1)} system { version } catalogueLint { nodes { message } } }`,
      `{ previewRun(input: {componentId: "${componentId}", attachmentId: "${attachmentId}"}) ${allFields('RunPreview', 1)} }`,
    ])
      await ask(admin, query);
    const places = new Map([
      ['an answer', system.answers.join('\n')],
      ['an event', events.received.join('\n')],
      ["the API's log", api.log()],
      ["the worker's log", worker.log()],
      ["the API's metrics", await textOf(`${api.metricsUrl}/metrics`)],
      ["the worker's metrics", await textOf(`${worker.metricsUrl}/metrics`)],
      ...(await Promise.all(
        ['/readyz', '/livez', '/export/runs.ndjson?payloads=true', '/export/runs.csv?payloads=true'].map(
          async (path) => [path, await textOf(new URL(path, api.url).href, admin)] as [string, string],
        ),
      )),
    ]);
    events.close();
    for (const table of await tablesOf(system)) {
      const { rows } = await database.query(`select t::text as text from ${table} t`);
      places.set(`the table ${table}`, rows.map(({ text }) => text).join('\n'));
    }
    if (events.received.length < ids.length * 3)
      throw new Error(`only ${events.received.length} events came`);
    return () => {
      const found = [...places].flatMap(([place, text]) => findings(place, text, system));
      if (found.length > 0) throw new Error(found.slice(0, 5).join('; '));
      return `${ids.length} runs, ${places.size} places`;
    };
  },
};

/** A literal secret is in the bindings of attachments and runs (docs/security.md), where it is called from. */
const HAS_LITERALS =
  /^the table (product_journey_components|journey_runs|journey_run_queue|journey_running|journey_run_outcomes)/;

function findings(place: string, text: string, { databasePassword }: GuardedSystem): string[] {
  const secrets = { ...CANARIES, databasePassword };
  return Object.entries(secrets).flatMap(([name, secret]) => {
    if (name === 'literal' && HAS_LITERALS.test(place)) return [];
    const form = formsOf(secret).find((one) => text.toLowerCase().includes(one.toLowerCase()));
    return form === undefined ? [] : [`${place} has the secret "${name}" as ${form}`];
  });
}

/** As it is, in hex, and what is the same in base64 at any of the three offsets. */
const formsOf = (secret: string): string[] => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('hex'),
  ...[0, 1, 2].map((offset) =>
    Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)])
      .toString('base64')
      .slice(4, -4),
  ),
];

async function open({ database }: GuardedSystem): Promise<number> {
  const { rows } = await database.query(
    'select (select count(*) from journey_run_queue) + (select count(*) from journey_running) as open',
  );
  return Number(rows[0].open);
}

const tablesOf = async ({ database }: GuardedSystem): Promise<string[]> =>
  (
    await database.query(
      `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname in ('public', 'graphile_worker') and c.relkind = 'r'`,
    )
  ).rows.map(({ name }) => name);

const textOf = async (url: string, key = ''): Promise<string> =>
  (await fetch(url, { headers: { authorization: `Bearer ${key}` } })).text();

/** All events, with their runs, as a WebSocket gets them. */
async function follow({ api, keys }: GuardedSystem) {
  const received: string[] = [];
  const socket = new WebSocket(api.url.replace('http', 'ws'), 'graphql-transport-ws');
  socket.on('message', (data) => received.push(String(data)));
  await once(socket, 'open');
  socket.send(
    JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${keys.ADMIN}` } }),
  );
  await once(socket, 'message');
  const query = `subscription { runEvents ${allFields('RunEvent', 2)} }`;
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
  return { received, close: () => socket.terminate() };
}
