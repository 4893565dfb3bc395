import { once } from 'node:events';
import { createServer } from 'node:http';
import { DefaultedResponse, sendJson } from '../http/answer.ts';
import { listen } from '../http/listen.ts';
import { pathOf } from '../http/request.ts';
import { sendReadiness } from './send-readiness.ts';

export type StartingServer = {
  /** Sets what /readyz says that the start is doing. The first call opens the port. */
  report(progress: string): void;
  stop(): Promise<void>;
};

/**
 * Answers at the address of an API or a worker while its start waits or migrates, so that a probe does not restart it in
 * the middle: it is alive, and not ready. A start without such steps leaves the port closed until it serves, as load
 * balancers without probes need it.
 */
export function answerWhileStarting(host: string, port: number | null): StartingServer {
  // With port 0, nobody could know which one it is.
  if (!port) return { report() {}, async stop() {} };
  let doing = '';
  let opening: Promise<unknown> | null = null;
  const server = createServer({ ServerResponse: DefaultedResponse }, (req, res) => {
    res.setHeader('connection', 'close');
    const path = pathOf(req);
    if (path === '/livez') sendJson(res, 200, { status: 'alive' });
    else if (path === '/readyz') sendReadiness(res, { ready: false, checks: { start: doing } });
    else sendJson(res, 503, unavailable(`The service is starting: ${doing}.`), { 'retry-after': '1' });
  });
  const address = { host, port, variables: { host: 'HOST', port: 'PORT' } };
  return {
    report(progress) {
      doing = progress;
      // A port that is taken is the error of the server that follows.
      opening ??= listen(server, address).catch(() => {});
    },
    async stop() {
      await opening;
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The body that GraphQL clients understand; for all others, it is as good as any. */
const unavailable = (message: string) => ({ errors: [{ message, extensions: { code: 'UNAVAILABLE' } }] });
