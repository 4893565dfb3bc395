import pg from 'pg';
import { historyOf } from '../harness/history.ts';
import { loadOverHttp } from '../harness/http-load.ts';
import { forkPeer } from '../harness/peer.ts';
import { atLeast, atMost, type Bench, type Figure, type Goal, type Row } from '../harness/row.ts';
import { startService } from '../harness/service.ts';
import { ms, perSecond } from '../harness/table.ts';
import { takeTurns } from '../harness/turns.ts';

const CONNECTIONS = 10;
const OURS = `query ($id: ID!) { product(id: $id) { journeyComponents { id component { id key name }
  recentRuns(first: 20) { id status channel queuedAt } } } }`;
const POSTGRAPHILE = `query ($id: UUID!) { productByRowId(rowId: $id) { productJourneyComponentsByProductId(orderBy: DISPLAY_ORDER_ASC) {
  nodes { rowId journeyComponentByComponentId { rowId key name }
    journeyComponentRunsByAttachmentId(first: 20, orderBy: ROW_ID_DESC) { nodes { rowId status channel queuedAt } } } } } }`;

export const nestedRead: Row = {
  name: 'nested-read',
  limit:
    'PostgreSQL, which takes more than half: it fetches 200 runs from as many pages, and writes them as JSON. The rest goes into reading its rows, writing the answer, and sockets.',
  measure: async (bench) => {
    const long = await historyOf(bench.cluster, bench.history.long);
    const tenth = await historyOf(bench.cluster, bench.history.long / 10);
    const body = await bodies(long, OURS);
    const ours = await startService(long);
    const oursBefore = await startService(tenth);
    await tellRelation(long);
    const peer = await forkPeer<{ url: string }>('postgraphile.ts', { url: long });
    const sql = await forkPeer<{ url: string }>('sql-http.ts', { url: long });
    const load = (url: string, next: () => string) => () =>
      loadOverHttp({ url, connections: CONNECTIONS, ms: bench.turnMs, body: next });
    const compared = await takeTurns(bench, {
      ours: load(ours.url, body),
      postgraphile: load(peer.ready.url, await bodies(long, POSTGRAPHILE)),
      sql: load(sql.ready.url, body),
      tenth: load(oursBefore.url, await bodies(tenth, OURS)),
    });
    await Promise.all([ours.stop(), oursBefore.stop(), peer.stop(), sql.stop()]);
    const line = (side: string, against: string, goal: Goal, measure: 'rate' | 'p99' = 'rate'): Figure => ({
      figure: `product → 10 attachments → component + 20 runs, of ${runsOf(bench)}${measure === 'p99' ? ', p99' : ''}`,
      against,
      ratio: compared.ratio(measure, side),
      goal,
      ours: (measure === 'p99' ? ms : perSecond)(compared.of('ours', measure)),
      theirs: (measure === 'p99' ? ms : perSecond)(compared.of(side, measure)),
    });
    return [
      line('postgraphile', 'PostGraphile 5, the equivalent query', atLeast(1.5)),
      line('postgraphile', 'PostGraphile 5, the equivalent query', atMost(1), 'p99'),
      line('sql', 'the same SQL behind bare node:http', atLeast(0.6)),
      line('tenth', 'a tenth of the history', atLeast(0.9)),
    ];
  },
};

const runsOf = ({ history }: Bench) => `${history.long.toLocaleString('en')} runs`;

/** Asks for one product after the other. */
async function bodies(url: string, query: string): Promise<() => string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ id: string }>('select id from products order by sku');
  await client.end();
  let count = 0;
  return () => {
    count += 1;
    return JSON.stringify({ query, variables: { id: rows[count % rows.length]!.id } });
  };
}

/** Runs are a view, without the keys which PostGraphile finds its way by; it takes a comment instead. */
async function tellRelation(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`comment on view journey_component_runs is
    E'@primaryKey id\\n@foreignKey (attachment_id) references product_journey_components (id)'`);
  await client.end();
}
