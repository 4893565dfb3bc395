import { allFields } from '../../support/all-fields.ts';
import { type Attack, type AttackContext, times } from '../attack.ts';
import { post } from '../greedy-client.ts';
import { longestOf } from '../longest-delay.ts';
import { repeat } from '../raw-requests.ts';

/** A component with 50 runs in PostgreSQL, each enqueued with what `inputOf` returns. */
async function componentWithRuns(context: AttackContext, key: string, inputOf: (run: number) => object) {
  const register = `mutation { registerComponent(input: {key: "${key}", name: "${key}", triggers: [CHECKOUT], script: {slug: "s", runtime: "node"}}) { component { id } } }`;
  const { data } = JSON.parse(await post(context.api, register));
  const componentId: string = data.registerComponent.component.id;
  for (let run = 0; run < RUNS; run += 1)
    await post(
      context.api,
      'mutation ($input: EnqueueRunInput!) { enqueueRun(input: $input) { run { id } userErrors { message } } }',
      { input: { componentId, ...inputOf(run) } },
    );
  return componentId;
}

const RUNS = 50;

/** Sends a query of the component's runs, each time from another address, and throws unless it returns them. */
async function readPage({ api }: AttackContext, query: string, componentId: string, round: number) {
  const { data, errors } = JSON.parse(
    await post(api, query, { id: componentId }, `203.0.113.${100 + round}`),
  );
  if (!data || errors) throw new Error(`${query.slice(0, 100)}: ${errors?.[0].message}`);
}

/** Documents whose results have up to 125,000 values. They are within the limits of fields, aliases and objects. */
export const widePages: Attack = {
  name: 'wide pages',
  tries: 'pages of 50 runs or events with up to 2,500 fields each, and 99 root fields that return objects',
  async run(context) {
    const componentId = await componentWithRuns(context, 'wide', (run) => ({ metadata: { run } }));
    const aliases = (field: string, count = 99) => repeat(count, (n) => `a${n}: ${field}`);
    const runs = (fields: string) =>
      `query ($id: ID!) { runs(first: 50, where: {componentId: [$id]}) { nodes { ${fields} } } }`;
    const pages = {
      'nested objects': `${runs(aliases('component { ...F }', 49))} fragment F on Component { ${aliases('name', 50)} }`,
      'fields of runs': runs(aliases('id')),
      JSON: runs(aliases('metadata')),
      components: runs(aliases('component { id }')),
      replays: runs(aliases('replays(first: 5) { nodes { id } }', 40)),
      'runs of events': `query ($id: ID!) { runEvents(first: 50, where: {componentId: [$id]}) { nodes { ${aliases('run { id }')} } } }`,
      'root objects': `query ($id: ID!) { ${aliases('component(id: $id) { id }')} }`,
      'root lists': `query ($id: ID!) { ${aliases('runs(first: 10, where: {componentId: [$id]}) { nodes { id component { id } } }', 40)} }`,
    };
    const longest = longestOf(context);
    for (let n = 0; n < times(context, 1, 10); n += 1)
      for (const [name, query] of Object.entries(pages))
        await longest.after(name, () => readPage(context, query, componentId, n));
    return longest.told();
  },
};

/** Runs that have the most secrets that are searched for, each other ones. All fields of a page of them are read. */
export const manySecrets: Attack = {
  name: 'many secrets',
  tries: 'a page of 50 runs, each with 500 secrets of its own, with all fields that may hold them',
  async run(context) {
    const secretsOf = (run: number) =>
      Array.from({ length: 500 }, (_, n) => `${run}-${n}-`.padEnd(128, 'secret'));
    const componentId = await componentWithRuns(context, 'secrets', (run) => ({
      bindings: [{ static: { inputKey: 'secrets', value: secretsOf(run), secret: true } }],
      metadata: { text: 'text' },
      inputPayload: { text: 'text' },
    }));
    const page = `query ($id: ID!) { runs(first: 50, where: {componentId: [$id]}) { nodes ${allFields('Run', 1)} } }`;
    const longest = longestOf(context);
    for (let n = 0; n < times(context, 1, 10); n += 1)
      await longest.after('the page', () => readPage(context, page, componentId, n));
    return longest.told();
  },
};
