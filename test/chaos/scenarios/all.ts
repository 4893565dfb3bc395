import type { Scenario } from '../scenario.ts';
import { apisKilled } from './apis-killed.ts';
import { cells } from './cells.ts';
import { connectionsCut } from './connections-cut.ts';
import { connectionsExhausted, databaseReadOnly } from './database-refuses.ts';
import { exitPoints } from './exit-points.ts';
import { listenTerminated, packetsSwallowed } from './listen-terminated.ts';
import { poisonousRun } from './poisonous-run.ts';
import { postgresDown } from './postgres-down.ts';
import { postgresRestarted } from './postgres-restarted.ts';
import { rowLocked } from './row-locked.ts';
import { runnerDown } from './runner-down.ts';
import { sameKeyAtOnce } from './same-key-at-once.ts';
import { commitsLost, serverRestored } from './server-restored.ts';
import { serviceKilled } from './service-killed.ts';
import { slowSubscriber } from './slow-subscriber.ts';
import { workersFrozen } from './workers-frozen.ts';
import { workersKilled } from './workers-killed.ts';
import { workersStopped } from './workers-stopped.ts';
import { writersOutOfOrder } from './writers-out-of-order.ts';

/** In the order in which they are worth it. */
export const SCENARIOS: readonly Scenario[] = [
  workersKilled,
  workersFrozen,
  postgresRestarted,
  postgresDown,
  rowLocked,
  connectionsCut,
  apisKilled,
  writersOutOfOrder,
  listenTerminated,
  packetsSwallowed,
  exitPoints,
  poisonousRun,
  workersStopped,
  sameKeyAtOnce,
  runnerDown,
  serviceKilled,
  databaseReadOnly,
  connectionsExhausted,
  slowSubscriber,
  serverRestored,
  commitsLost,
  cells,
];
