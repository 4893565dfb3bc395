import type { Config } from '../../config.ts';
import { createDoorbell, thenRing } from '../../feed/live/doorbell.ts';
import type { Logger } from '../../logger.ts';
import { keepClock } from '../../postgres/clock.ts';
import type { Database } from '../../postgres/database.ts';
import { openLanes } from '../../postgres/lanes.ts';
import { createRunner } from '../../runner/create-runner.ts';
import { serviceSecrets } from '../../script-request/masking/service-secrets.ts';
import { createInHand, type InHand } from './active-runs.ts';
import { createClaim } from './claim.ts';
import { createExecute, type Execute } from './execute.ts';
import { createFreeze } from './freeze.ts';
import { createLease, type Lease } from './lease.ts';
import { createRecord, type RecordOutcome } from './record.ts';
import { createVersionCache } from './version-cache.ts';

/** What a process needs to execute runs: a lease, and `execute` with its statements and its script runner. */
export type Executor = {
  execute: Execute;
  lease: Lease;
  inHand: InHand;
  /** Notifies the readers of the event feed. Called after other writes that append events. */
  ring: () => void;
  /** Ends the lease and closes all connections. No run may be active any more. */
  close: () => Promise<void>;
};

const LANES = 4;

/**
 * Starts a lease and renews it. Aborts runs that are canceled or taken away, and gives back claims whose answer was
 * lost.
 */
export async function openExecutor(config: Config, db: Database, logger: Logger): Promise<Executor> {
  const lanes = openLanes(db.url, LANES);
  const clock = await keepClock(lanes, logger);
  const ring = createDoorbell(lanes, logger);
  const runner = createRunner(config);
  const claimRun = createClaim(lanes, config.taskQueue);
  const recordOutcome = createRecord(lanes, config.taskQueue);
  const record: RecordOutcome = (hold, outcome) =>
    thenRing(ring, recordOutcome(hold, outcome), (isRecorded) => isRecorded);
  const inHand = createInHand();

  const lease = createLease(
    { url: db.url, queue: config.taskQueue },
    {
      onBeat(ownRuns, askedAt) {
        for (const hold of inHand.reconcile(ownRuns, askedAt, lease.workerId())) {
          record(hold, GIVEN_BACK).catch((err) =>
            logger.warn({ err }, 'returning an orphaned run to its queue failed'),
          );
        }
      },
      onLost: () => inHand.abortAll('taken'),
    },
    logger,
  );
  await lease.start();

  const execute = createExecute({
    claim: (wakeUp, workerId) => thenRing(ring, claimRun(wakeUp, workerId), (run) => run !== null),
    freeze: createFreeze(lanes),
    record,
    versions: createVersionCache(lanes),
    runner,
    lease,
    inHand,
    logger,
    runnerTimeoutSeconds: config.runnerTimeoutSeconds,
    serviceSecrets: serviceSecrets(config, db.url),
  });

  return {
    execute,
    lease,
    inHand,
    ring,
    async close() {
      await lease.stop();
      await runner.close();
      await clock.stop();
      await lanes.end();
    },
  };
}

const GIVEN_BACK = { kind: 'given-back', definite: false, request: null, resolvedBindings: null } as const;
