import { callFor } from '../harness/callers.ts';
import { layCatalogue } from '../harness/catalogue.ts';
import { enqueueBodies } from '../harness/enqueue-body.ts';
import { loadOverHttp } from '../harness/http-load.ts';
import { atLeast, atMost, type Row } from '../harness/row.ts';
import { startService } from '../harness/service.ts';
import { ms, perSecond } from '../harness/table.ts';
import { takeTurns } from '../harness/turns.ts';
import { openAddJob } from '../peers/add-job.ts';

const CONNECTIONS = 50;

export const enqueueOverHttp: Row = {
  name: 'enqueue-over-http',
  limit:
    "The API's thread, busy for two thirds of the time with node:http, JSON, validation and pg; PostgreSQL, which takes as much; and that both share two processors with the callers. A third lane brought no gain beyond the noise.",
  measure: (bench) =>
    bench.cluster.withDatabase(async (url) => {
      const body = enqueueBodies(await layCatalogue(url));
      const service = await startService(url);
      const peer = openAddJob(url);
      const compared = await takeTurns(bench, {
        ours: () => loadOverHttp({ url: service.url, connections: CONNECTIONS, ms: bench.turnMs, body }),
        theirs: () => callFor(bench.turnMs, CONNECTIONS, peer.addJob),
      });
      await service.stop();
      await peer.close();
      const figure = `enqueueRun over HTTP, ${CONNECTIONS} connections`;
      const against = `graphile-worker addJob in process, ${CONNECTIONS} callers`;
      return [
        {
          figure,
          against,
          ratio: compared.ratio('rate'),
          goal: atLeast(4.5),
          ours: perSecond(compared.of('ours', 'rate')),
          theirs: perSecond(compared.of('theirs', 'rate')),
        },
        {
          figure: `${figure}, p99`,
          against,
          ratio: compared.ratio('p99'),
          goal: atMost(1),
          ours: ms(compared.of('ours', 'p99')),
          theirs: ms(compared.of('theirs', 'p99')),
        },
      ];
    }),
};
