import { once } from 'node:events';
import { createServer } from 'node:http';
import { DefaultedResponse, sendJson } from '../http/answer.ts';
import { listen } from '../http/listen.ts';
import { pathOf } from '../http/request.ts';
import { sendReadiness } from './send-readiness.ts';

export type StartingServer = {
  /** Sets what /readyz says that the start is doing. */
  report(progress: string): void;
  stop(): Promise<void>;
};

/**
 * Answers at the address of the service while it starts, so that a probe does not restart it in the middle of a long
 * migration: it is alive, and not ready. @throws StartupError when it cannot listen there
 */
export async function answerWhileStarting(host: string, port: number): Promise<StartingServer> {
  let doing = 'the database is being prepared';
  const server = createServer({ ServerResponse: DefaultedResponse }, (req, res) => {
    res.setHeader('connection', 'close');
    const path = pathOf(req);
    if (path === '/livez') sendJson(res, 200, { status: 'alive' });
    else if (path === '/readyz') sendReadiness(res, { ready: false, checks: { start: doing } });
    else sendJson(res, 503, unavailable(`The service is starting: ${doing}.`), { 'retry-after': '1' });
  });
  await listen(server, { host, port, variables: { host: 'HOST', port: 'PORT' } });
  return {
    report(progress) {
      doing = progress;
    },
    async stop() {
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
