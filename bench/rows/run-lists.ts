import pg from 'pg';
import { historyOf } from '../harness/history.ts';
import { type HttpClient, openHttpClient } from '../harness/http-client.ts';
import { percentile } from '../harness/median.ts';
import { atMost, type Figure, type Row } from '../harness/row.ts';
import { startService } from '../harness/service.ts';
import { ms } from '../harness/table.ts';
import { takeTurns } from '../harness/turns.ts';

const PAGE = `query ($where: RunFilter, $after: String) { runs(first: 20, after: $after, where: $where) {
  nodes { id status channel queuedAt } pageInfo { hasNextPage endCursor } } }`;
const STATS = `query ($where: RunFilter) { runStats(where: $where) {
  queued running completed failed latencyP95Ms series { from completed } } }`;

type Filter = { [field: string]: unknown };

export const runLists: Row = {
  name: 'run-lists',
  limit:
    'Where many runs meet each of two conditions and few meet both, PostgreSQL walks the indexes of the two until they agree: past half of all failed runs for a page of those of one attachment, some 10,000 entries in a millisecond, and twice that of twice the runs. One index over both would have to be written anew with each outcome, since the two are in different tables.',
  measure: async (bench) => {
    const sides = await Promise.all([open(bench.history.long), open(bench.history.short)]);
    const [long, short] = sides;
    const times = bench.quick ? 10 : 100;
    const figures: Figure[] = [];
    const compare = async (figure: string, asks: (side: Side) => Ask) => {
      const turn = (side: Side) => async () => {
        const ask = asks(side);
        const took: number[] = [];
        for (let n = 0; n < times; n += 1) took.push(await side.timed(ask));
        return { p95: percentile(took, 0.95) };
      };
      const compared = await takeTurns(bench, { long: turn(long!), short: turn(short!) });
      figures.push({
        figure: `${figure}, p95`,
        against: `at ${bench.history.short.toLocaleString('en')} runs`,
        ratio: compared.ratio('p95'),
        goal: atMost(2),
        ours: ms(compared.of('long', 'p95')),
        theirs: ms(compared.of('short', 'p95')),
      });
    };
    for (const name of Object.keys(long!.filters)) {
      await compare(`runs, ${name}, page 1`, (side) => ({ query: PAGE, where: side.filters[name]! }));
      if (long!.deep[name] && short!.deep[name])
        await compare(`runs, ${name}, page 100`, (side) => ({
          query: PAGE,
          where: side.filters[name]!,
          after: side.deep[name],
        }));
    }
    await compare('runStats', () => ({ query: STATS, where: null }));
    await Promise.all(sides.map((side) => side.close()));
    return figures;

    async function open(runs: number): Promise<Side> {
      const url = await historyOf(bench.cluster, runs);
      const service = await startService(url);
      const client = await openHttpClient(service.url);
      const filters = await filtersOf(url);
      const deep: { [name: string]: string } = {};
      for (const [name, where] of Object.entries(filters)) {
        const place = await placeOfPage100(client, where);
        if (place) deep[name] = place;
      }
      return {
        filters,
        deep,
        async timed({ query, where, after }) {
          const body = JSON.stringify({ query, variables: { where, after } });
          const askedAt = performance.now();
          const answer = await client.post(body);
          const took = performance.now() - askedAt;
          if (answer.includes('"errors"')) throw new Error(answer.slice(0, 300));
          return took;
        },
        async close() {
          client.close();
          await service.stop();
        },
      };
    }
  },
};

type Ask = { query: string; where: Filter | null; after?: string };
type Side = {
  filters: { [name: string]: Filter };
  /** The cursor before page 100, for filters that have so many. */
  deep: { [name: string]: string };
  timed(ask: Ask): Promise<number>;
  close(): Promise<void>;
};

/** Every documented filter, and the pairs that a console puts together. */
async function filtersOf(url: string): Promise<Side['filters']> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(`
    select r.*, c.key as component_key from journey_component_runs r join journey_components c on c.id = r.component_id
    where r.id = (
      select run_id from journey_run_outcomes where status = 'FAILED' order by run_id
      limit 1 offset (select count(*) / 2 from journey_run_outcomes where status = 'FAILED')
    )`);
  await client.end();
  const run = rows[0];
  const hour = 3_600_000;
  const single: Side['filters'] = {
    'no filter': {},
    status: { status: ['FAILED'] },
    componentId: { componentId: [run.component_id] },
    componentKey: { componentKey: [run.component_key] },
    productId: { productId: [run.product_id] },
    attachmentId: { attachmentId: [run.attachment_id] },
    orderId: { orderId: [run.order_id] },
    runId: { runId: [run.id] },
    groupId: { groupId: [run.group_id] },
    channel: { channel: [run.channel] },
    trigger: { trigger: [run.trigger] },
    errorCode: { errorCode: [run.error.code] },
    idempotencyKey: { idempotencyKey: [run.idempotency_key] },
    queued: { queuedAfter: run.queued_at, queuedBefore: new Date(+run.queued_at + hour) },
    completed: { completedAfter: run.completed_at, completedBefore: new Date(+run.completed_at + hour) },
    inputPayload: { inputPayload: { cart: run.input_payload.cart } },
    metadata: { metadata: { initiator: 'checkout' } },
    context: { context: run.context },
  };
  // A status is in another table than what was requested: with each other filter once a rare one, once the common one.
  const others = Object.keys(single).filter((name) => name !== 'no filter' && name !== 'status');
  const withStatus = others.flatMap((name) =>
    ['FAILED', 'COMPLETED'].map((status) => [
      `status ${status} and ${name}`,
      { ...single[name], status: [status] },
    ]),
  );
  const pairs = [
    ['componentId', 'channel'],
    ['productId', 'channel'],
    ['productId', 'componentId'],
    ['channel', 'trigger'],
    ['metadata', 'channel'],
  ] as const;
  const paired = pairs.map(([a, b]) => [`${a} and ${b}`, { ...single[a], ...single[b] }]);
  return { ...single, ...Object.fromEntries([...withStatus, ...paired]) };
}

async function placeOfPage100(client: HttpClient, where: Filter): Promise<string | null> {
  const query = PAGE.replace('first: 20', 'first: 99');
  let after: string | null = null;
  for (let page = 0; page < 20; page += 1) {
    const answer = JSON.parse(await client.post(JSON.stringify({ query, variables: { where, after } })));
    const { pageInfo } = answer.data.runs;
    if (!pageInfo.hasNextPage) return null;
    after = pageInfo.endCursor;
  }
  return after;
}
