import type { Config } from '../config.ts';
import type { Logger } from '../logger.ts';
import type { Database } from '../postgres/database.ts';
import { startMetrics } from '../telemetry/start-metrics.ts';
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
  const { host, workerPort, sendsMetrics } = config;
  const metrics = await startMetrics({
    role: 'worker',
    prometheus: workerPort !== null,
    otlp: sendsMetrics,
  });
  opened.defer(metrics.stop);
  const worker = await startWorker(config, db, logger);
  let isStopping = false;
  try {
    if (workerPort !== null) {
      const status = await startWorkerStatus(
        { host, port: workerPort },
        worker,
        () => isStopping,
        metrics.scrape,
        logger,
      );
      opened.defer(status.stop);
      logger.info({ address: status.url }, 'the worker reports its state');
    }
    logger.info({ workerId: worker.id() }, 'worker ready');
    await stopSignal;
  } finally {
    isStopping = true;
    await worker.stop();
  }
}
