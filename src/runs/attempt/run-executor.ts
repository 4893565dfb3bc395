import type { Config } from '../../config/config.ts';
import { createDoorbell, thenRing } from '../../feed/live/doorbell.ts';
import type { Logger } from '../../logger.ts';
import { syncClock } from '../../postgres/clock.ts';
import { workerConnections } from '../../postgres/connection-budget.ts';
import type { Database } from '../../postgres/database.ts';
import { openStatementPool } from '../../postgres/statement-pool.ts';
import { createRunner } from '../../runner/create-runner.ts';
import { createAnswerMaskOf } from '../../script-request/masking/answer-mask.ts';
import { serviceSecrets } from '../../script-request/masking/service-secrets.ts';
import { missingKeys } from '../../secrets/rotate-key.ts';
import { createSecretStore } from '../../secrets/secret-store.ts';
import { type ActiveRuns, createActiveRuns } from './active-runs.ts';
import { type Claims, createClaims } from './claim.ts';
import { createExecute, type Execute, GIVEN_BACK } from './execute.ts';
import { createFreeze } from './freeze.ts';
import { createLease, type Lease } from './lease.ts';
import { createRecord, type RecordOutcome } from './record.ts';
import { createVersionCache } from './version-cache.ts';

/** The parts with which a process executes runs: a lease, claims under it, and `execute` with its script runner. */
export type Executor = {
  claims: Claims;
  execute: Execute;
  lease: Lease;
  activeRuns: ActiveRuns;
  /** Notifies the readers of the event feed. Called after other writes that append events. */
  ring: () => void;
  /** Ends the lease and closes all connections. No run may be active any more. */
  close: () => Promise<void>;
};

/**
 * Starts a lease and renews it. Aborts runs that are canceled or taken away, and gives back claims whose answer was
 * lost.
 */
export async function openExecutor(config: Config, db: Database, logger: Logger): Promise<Executor> {
  const statementPool = openStatementPool(db.url, workerConnections(config.workerConnections).runs);
  const clock = await syncClock(statementPool, logger);
  const missing = await missingKeys(statementPool, config.secretKeys);
  if (missing.length > 0) {
    logger.error(
      { missing },
      'stored secrets cannot be decrypted, and runs that need them fail with SECRET_UNAVAILABLE: add the missing keys to JOURNEY_RUNTIME_SECRET_KEYS and restart',
    );
  }
  const ring = createDoorbell(statementPool, logger);
  const runner = createRunner(config);
  const claims = createClaims(statementPool, config.taskQueue);
  const recordOutcome = createRecord(statementPool);
  const record: RecordOutcome = (token, outcome) =>
    thenRing(ring, recordOutcome(token, outcome), (isRecorded) => isRecorded);
  const activeRuns = createActiveRuns();

  const lease = createLease(
    { url: db.url, queue: config.taskQueue },
    {
      activeIds: activeRuns.ids,
      onBeat: activeRuns.reconcile,
      onAllRuns(ownRuns, requestedAt) {
        for (const token of activeRuns.orphanedClaims(ownRuns, requestedAt, lease.workerId())) {
          record(token, GIVEN_BACK).catch((err) =>
            logger.warn({ err }, 'returning an orphaned run to its queue failed'),
          );
        }
      },
      onLost: () => activeRuns.abortAll('taken'),
    },
    logger,
  );
  await lease.start();

  const execute = createExecute({
    freeze: createFreeze(statementPool),
    record,
    versions: createVersionCache(statementPool),
    runner,
    lease,
    activeRuns,
    logger,
    queue: config.taskQueue,
    runnerTimeoutSeconds: config.runnerTimeoutSeconds,
    answerMaskOf: createAnswerMaskOf(serviceSecrets(config, db.url)),
    secretStore: createSecretStore(statementPool, config.secretKeys),
  });

  return {
    claims: {
      due: (...request) => thenRing(ring, claims.due(...request), ({ runs }) => runs.length > 0),
      one: (...request) => thenRing(ring, claims.one(...request), (run) => run !== null),
    },
    execute,
    lease,
    activeRuns,
    ring,
    async close() {
      await lease.stop();
      await runner.close();
      await clock.stop();
      await statementPool.end();
    },
  };
}
