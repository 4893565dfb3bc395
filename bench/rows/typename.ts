import { loadOverHttp } from '../harness/http-load.ts';
import { forkPeer } from '../harness/peer.ts';
import { atLeast, type Row } from '../harness/row.ts';
import { startService } from '../harness/service.ts';
import { perSecond } from '../harness/table.ts';
import { takeTurns } from '../harness/turns.ts';

const CONNECTIONS = 50;

export const typename: Row = {
  name: 'typename',
  limit:
    'What one request costs beside its fields: node:http above all, then reading JSON and looking the operation up; GraphQL itself takes about a twentieth.',
  measure: (bench) =>
    bench.cluster.withDatabase(async (url) => {
      const service = await startService(url);
      const bare = await forkPeer<{ url: string }>('bare-http.ts', {});
      const stock = await forkPeer<{ url: string }>('stock-yoga.ts', {});
      const load = (to: string) => () =>
        loadOverHttp({ url: to, connections: CONNECTIONS, ms: bench.turnMs, body: () => BODY });
      const compared = await takeTurns(bench, {
        ours: load(service.url),
        bare: load(bare.ready.url),
        stock: load(stock.ready.url),
      });
      await Promise.all([service.stop(), bare.stop(), stock.stop()]);
      const figure = `{ __typename } over HTTP, ${CONNECTIONS} connections`;
      const line = (side: string, against: string, goal: ReturnType<typeof atLeast> | null) => ({
        figure,
        against,
        ratio: compared.ratio('rate', side),
        goal,
        ours: perSecond(compared.of('ours', 'rate')),
        theirs: perSecond(compared.of(side, 'rate')),
      });
      return [line('bare', 'raw node:http', atLeast(0.5)), line('stock', 'stock GraphQL Yoga', null)];
    }),
};

const BODY = JSON.stringify({ query: '{ __typename }' });
