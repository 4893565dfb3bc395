import type { Config } from '../config/config.ts';
import { setProcessFields } from '../log-fields.ts';
import type { Logger } from '../logger.ts';
import type { Database } from '../postgres/database.ts';
import { startTelemetry } from '../telemetry/start-telemetry.ts';
import { startWorker } from './worker.ts';
import { startWorkerStatus } from './worker-status.ts';

/** Runs a worker and, if a port is configured, its status server until `stopSignal` resolves. */
export async function runWorker(
  config: Config,
  db: Database,
  logger: Logger,
  stopSignal: Promise<void>,
): Promise<void> {
  await using opened = new AsyncDisposableStack();
  const { host, workerPort } = config;
  const telemetry = await startTelemetry(config, { isScraped: workerPort !== null });
  opened.defer(telemetry.stop);
  const worker = await startWorker(config, db, logger);
  setProcessFields(() => ({ workerId: worker.id() }));
  let isStopping = false;
  try {
    if (workerPort !== null) {
      const status = await startWorkerStatus(
        { host, port: workerPort },
        worker,
        () => isStopping,
        telemetry.scrape,
        logger,
      );
      opened.defer(status.stop);
      logger.info({ address: status.url }, 'the worker reports its state');
    }
    logger.info('worker ready');
    await stopSignal;
  } finally {
    isStopping = true;
    await worker.stop();
  }
}
