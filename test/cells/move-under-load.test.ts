import { once } from 'node:events';
import { beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { register } from '../support/catalogue.ts';
import { rowsOfShop } from '../support/cells.ts';
import { spawnCommand } from '../support/command.ts';
import { startScriptHost } from '../support/script-host.ts';
import { openSocket } from '../support/subscriptions.ts';
import { startTestWorker } from '../support/worker.ts';

const SHOP = 'eu-store';
const CALLERS = 4;
const HISTORY = 250;

let from: TestApp;
let to: TestApp;
let host: Awaited<ReturnType<typeof startScriptHost>>;

beforeAll(async () => {
  from = await startTestApp();
  to = await startTestApp();
  host = await startScriptHost((response) => void response.end('{}'));
  const runnerOf = (cell: string) => ({ runnerUrl: `${host.url}/${cell}` });
  const workers = [
    await startTestWorker(from.db, runnerOf('from')),
    await startTestWorker(to.db, runnerOf('to')),
  ];
  return async () => {
    await Promise.all(workers.map((worker) => worker.stop()));
    await from.stop();
    await to.stop();
    await host.stop();
  };
});

it('a shop under load is moved by a command that is killed after each step: no run is lost or doubled', async () => {
  const componentId = await register(from, { key: 'greet', shop: SHOP, triggers: ['OPERATOR'] });
  const callers = startCallers(componentId);
  await expect.poll(() => callers.acknowledged.size, { timeout: 60_000 }).toBeGreaterThan(HISTORY);
  const watched = watch();

  for (const line of ['Copying the history', 'is closed for writes', 'Copying the rest', 'has moved'])
    await moveUntil(line);
  await moveUntil('It is deleted in its old cell.');

  const soFar = callers.acknowledged.size;
  await expect.poll(() => callers.acknowledged.size, { timeout: 60_000 }).toBeGreaterThan(soFar + 20);
  await callers.stop();
  expect(Object.values(await rowsOfShop(from.db, SHOP)).flat()).toEqual([]);
  const runs = async () => (await to.db.pool.query(RUNS, [SHOP])).rows;
  await expect
    .poll(async () => (await runs()).filter(({ status }) => status !== 'COMPLETED'), { timeout: 60_000 })
    .toEqual([]);
  const stored = await runs();
  expect(new Map(stored.map(({ key, id }) => [key, id]))).toEqual(callers.acknowledged);
  expect(stored.filter(({ states, ends }) => states !== 1 || ends !== 1)).toEqual([]);

  const cellsOf = Map.groupBy(host.calls, ({ request }) => String(request.headers['journey-run-id']));
  expect(new Set(cellsOf.keys())).toEqual(new Set(callers.acknowledged.values()));
  const doubled = [...cellsOf.values()].filter(
    (calls) => new Set(calls.map(({ request }) => request.url)).size > 1,
  );
  expect(doubled).toEqual([]);

  await expect
    .poll(() => new Set(callers.acknowledged.values()).difference(watched.completed), { timeout: 60_000 })
    .toEqual(new Set());
  expect(watched.twice).toEqual([]);
  expect(watched.expired).toBe(1);
  await watched.stop();
}, 240_000);

/** The runs of the shop, with the number of state tables that each stands in, and of its events COMPLETED. */
const RUNS = `
  select r.id, r.idempotency_key as key, min(s.status::text) as status, count(s.run_id)::int as states,
    (select count(*)::int from journey_run_events e where e.run_id = r.id and e.type = 'COMPLETED') as ends
  from journey_runs r left join journey_run_states s on s.run_id = r.id where r.shop = $1 group by r.id, r.idempotency_key`;

const ENQUEUE = `mutation ($input: EnqueueRunInput!) {
  enqueueRun(input: $input) { run { id } userErrors { code message } }
}`;

/** Callers that send each request twice, until it is acknowledged both times, to the cell that the last answer named. */
function startCallers(componentId: string) {
  const acknowledged = new Map<string, string>();
  let isStopped = false;
  let count = 0;
  let cell = from;
  async function send(key: string): Promise<string> {
    for (;;) {
      const { data, errors } = await cell.ask(ENQUEUE, {
        input: { shop: SHOP, componentId, idempotencyKey: key },
      });
      if (data?.enqueueRun?.run) return data.enqueueRun.run.id;
      const code = errors?.[0]?.extensions.code;
      if (code === 'SHOP_MOVED') cell = to;
      else if (code !== 'UNAVAILABLE') throw new Error(JSON.stringify({ data, errors }));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  async function call(): Promise<void> {
    while (!isStopped) {
      count += 1;
      const key = `key-${count}`;
      const ids = [await send(key), await send(key)];
      expect(ids[0]).toBe(ids[1]);
      acknowledged.set(key, ids[0]!);
    }
  }
  const calls = Promise.all(Array.from({ length: CALLERS }, call));
  calls.catch(() => {});
  return {
    acknowledged,
    async stop() {
      isStopped = true;
      await calls;
    },
  };
}

/** Runs the command until it prints a line with this text, and kills it then. */
async function moveUntil(text: string): Promise<void> {
  const child = spawnCommand(['move-shop', '--shop', SHOP, '--from', from.db.url, '--to', to.db.url]);
  const exited = once(child, 'exit');
  let output = '';
  const printed = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk) => {
        output += chunk;
        if (output.includes(text)) resolve();
      });
  });
  await Promise.race([printed, exited]);
  child.kill('SIGKILL');
  await exited;
  expect(output).toContain(text);
}

/** Follows the shop as docs/clients.md says: in its old cell, and after CURSOR_EXPIRED from the lists of its new one. */
function watch() {
  const completed = new Set<string>();
  const seen = new Set<string>();
  const stopping = Promise.withResolvers<'stopped'>();
  const state = { completed, twice: [] as string[], expired: 0 };

  async function follow(app: TestApp): Promise<void> {
    const { feedCursor } = await app.query('{ feedCursor }');
    for await (const id of completedRuns(app)) completed.add(id);
    const socket = openSocket(app);
    const events = socket.subscribe(EVENTS, { after: feedCursor });
    for (;;) {
      const next = await Promise.race([stopping.promise, events.next().catch((errors) => ({ errors }))]);
      if (next === 'stopped') break;
      if ('errors' in next) {
        expect(next.errors).toMatchObject([{ extensions: { code: 'CURSOR_EXPIRED' } }]);
        state.expired += 1;
        break;
      }
      const { runId, sequence, status } = next.value.data.runEvents;
      if (seen.has(`${runId}/${sequence}`)) state.twice.push(runId);
      seen.add(`${runId}/${sequence}`);
      if (status === 'COMPLETED') completed.add(runId);
    }
    await socket.close();
  }

  const following = follow(from).then(() => follow(to));
  following.catch(() => {});
  return Object.assign(state, {
    async stop() {
      stopping.resolve('stopped');
      await following;
    },
  });
}

async function* completedRuns(app: TestApp): AsyncGenerator<string, void, void> {
  for (let after: string | null = null; ; ) {
    const { runs }: Page = await app.query(LIST, { after });
    for (const { id } of runs.nodes) yield id;
    if (!runs.pageInfo.hasNextPage) return;
    after = runs.pageInfo.endCursor;
  }
}

type Page = {
  runs: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
};

const LIST = `query ($after: String) {
  runs(first: 100, after: $after, where: { shop: ["${SHOP}"], status: [COMPLETED] }) {
    nodes { id } pageInfo { hasNextPage endCursor }
  }
}`;
const EVENTS = `subscription ($after: String) {
  runEvents(after: $after, where: { shop: ["${SHOP}"] }) { runId sequence status }
}`;
