import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { DefaultedResponse, sendJson } from '../http/answer.ts';
import { type Address, listen } from '../http/listen.ts';
import { pathOf } from '../http/request.ts';
import type { Logger } from '../logger.ts';

export type StatusServer = { url: string; stop(): Promise<void> };

/** A route for Prometheus. */
export const metricsRoute =
  (scrape: () => Promise<string>): StatusRoute =>
  async (res) => {
    res.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
    res.end(await scrape());
  };

/** Answers a GET of a path. */
type StatusRoute = (res: ServerResponse) => Promise<void>;

/**
 * Starts a small HTTP server for probes and monitoring, on a port of its own. @throws StartupError when it cannot
 * listen there
 */
export async function startStatusServer(
  address: Address,
  routes: Readonly<Record<string, StatusRoute>>,
  logger: Logger,
): Promise<StatusServer> {
  const server = createServer({ ServerResponse: DefaultedResponse }, async (req, res) => {
    const path = pathOf(req);
    const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
    if (!route) return sendJson(res, 404, { error: 'Not found.', paths: Object.keys(routes) });
    if (req.method !== 'GET' && req.method !== 'HEAD')
      return sendJson(res, 405, { error: 'Only GET and HEAD are allowed here.' }, { allow: 'GET, HEAD' });
    try {
      await route(res);
    } catch (err) {
      logger.error({ err }, 'a status request failed');
      if (!res.headersSent) sendJson(res, 500, { error: 'Internal error.' });
    }
  });
  const url = await listen(server, address);
  const stop = async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  return { url, stop };
}
