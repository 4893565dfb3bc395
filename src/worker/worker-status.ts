import { sendReadiness } from '../app/send-readiness.ts';
import { metricsRoute, type StatusServer, startStatusServer } from '../app/status-server.ts';
import type { Config } from '../config/config.ts';
import { sendJson } from '../http/answer.ts';
import type { Logger } from '../logger.ts';
import type { Telemetry } from '../telemetry/start-telemetry.ts';
import type { Worker } from './worker.ts';

/**
 * Serves a worker's /livez, /readyz and /metrics on a port of their own. While the worker stops, /readyz answers 503.
 * @throws StartupError when it cannot listen on the port
 */
export function startWorkerStatus(
  { host, port }: Pick<Config, 'host' | 'port'>,
  worker: Pick<Worker, 'readiness'>,
  isStopping: () => boolean,
  scrape: Telemetry['scrape'],
  logger: Logger,
): Promise<StatusServer> {
  const variables = { host: 'HOST', port: 'JOURNEY_RUNTIME_WORKER_PORT' };
  return startStatusServer(
    { host, port, variables },
    {
      '/livez': async (res) => sendJson(res, 200, { status: 'alive' }),
      '/readyz': async (res) => sendReadiness(res, isStopping() ? 'stopping' : await worker.readiness()),
      ...(scrape ? { '/metrics': metricsRoute(scrape) } : {}),
    },
    logger,
  );
}
