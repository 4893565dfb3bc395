import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { Config } from '../config/config.ts';
import type { Services } from '../graphql/context.ts';
import { createGraphqlHandler } from '../graphql/transport/handler.ts';
import { GRAPHQL_PATH } from '../graphql/transport/yoga.ts';
import { asGet, DefaultedResponse, sendJson } from '../http/answer.ts';
import { compress } from '../http/compress.ts';
import { limitConnections } from '../http/connections.ts';
import { allowOrigins } from '../http/cors.ts';
import { hostRule } from '../http/hosts.ts';
import { listen } from '../http/listen.ts';
import { oneAtATime } from '../http/one-at-a-time.ts';
import { isForeign } from '../http/origins.ts';
import { Proxies } from '../http/proxies.ts';
import { pathOf, prepareRequest, requestIdOf } from '../http/request.ts';
import { isWebSocketUpgrade, rejectUpgrade } from '../http/upgrade.ts';
import { withRequestId } from '../log-fields.ts';
import type { Logger } from '../logger.ts';
import { instruments } from '../telemetry/instruments.ts';
import { createAuthRoutes } from './auth-routes.ts';
import { consoleHandlerOf } from './console-pages.ts';
import { inRequestSpan } from './request-span.ts';
import { sendReadiness } from './send-readiness.ts';
import type { startServices } from './services.ts';

export type Server = {
  /** The address on which the server listens, without a path. */
  url: string;
  /**
   * Answers /readyz with 503 and closes each connection after its answer, while the load balancer notices. After the
   * drain time it accepts no more connections, ends subscriptions, lets requests finish for STOP_GRACE_MS, then closes
   * the remaining connections.
   */
  stop(): Promise<void>;
};

/**
 * Timeouts in milliseconds, under node:http's names. Load balancers keep idle connections for 60 s, so the service
 * keeps them longer.
 */
const TIMEOUTS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
};

/**
 * The most connections in all, and of one address that is no trusted proxy. Each takes memory and a file descriptor,
 * and an idle one stays open for keepAliveTimeout.
 */
const CONNECTIONS = { all: 20_000, ofAddress: 8_000 };

type ApiServices = Services & Pick<Awaited<ReturnType<typeof startServices>>, 'readiness'>;

/** Starts the service's HTTP server. @throws StartupError when it cannot listen on the configured address. */
export async function startServer(
  config: Config,
  services: ApiServices,
  logger: Logger,
  timeouts = TIMEOUTS,
  connections = CONNECTIONS,
): Promise<Server> {
  const origins = new Set(config.corsOrigins);
  const proxies = new Proxies(config.trustedProxies);
  const isHostAllowed = hostRule(config.host, config.hosts);
  const graphql = createGraphqlHandler(services, logger);
  const answerCors = allowOrigins(origins);
  const routes = new Map<string, Route>([
    [GRAPHQL_PATH, { methods: GRAPHQL_METHODS, handle: graphql.handle, isTraced: true }],
    ['/export/runs.ndjson', { methods: READ, handle: graphql.exportRuns, isTraced: true }],
    ['/export/runs.csv', { methods: READ, handle: graphql.exportRuns, isTraced: true }],
    ...(config.introspection
      ? ([['/schema.graphql', { methods: READ, handle: graphql.sendSchema }]] as const)
      : []),
    ['/livez', { methods: READ, handle: async (_, res) => sendJson(res, 200, { status: 'alive' }) }],
    [
      '/readyz',
      {
        methods: READ,
        async handle(_, res) {
          sendReadiness(res, isStopping ? 'stopping' : await services.readiness());
        },
      },
    ],
    ...createAuthRoutes(services, logger),
  ]);

  const countForeign = (req: IncomingMessage) =>
    services.rejections.count({ principal: '', address: services.addressOf(req) }, 'origin');
  const isMeasured = config.metricsPort !== null || config.sendsMetrics;
  let isStopping = false;

  const handle = async (req: IncomingMessage, res: ServerResponse) => {
    const requestId = requestIdOf(req.headers['x-request-id']);
    if (requestId !== null) res.setHeader('x-request-id', requestId);
    return withRequestId(requestId, () => answer(req, res));
  };
  const answer = async (req: IncomingMessage, res: ServerResponse) => {
    // The client opens its next connection to a process that goes on.
    if (isStopping) res.shouldKeepAlive = false;
    const rejection = prepareRequest(req, proxies, isHostAllowed);
    if (rejection?.status === MISDIRECTED) countForeign(req);
    if (rejection)
      return sendJson(res, rejection.status, { error: rejection.message }, { connection: 'close' });
    if (answerCors(req, res, () => countForeign(req))) return;
    const route = routes.get(pathOf(req)) ?? (config.consoleEnabled ? consoleRoute(pathOf(req)) : undefined);
    if (isMeasured) measure(req, res, routes.has(pathOf(req)) ? pathOf(req) : route ? 'console' : 'other');
    const methods = route?.methods ?? (req.url === '*' ? 'GET, HEAD, POST' : null);
    if (req.method === 'OPTIONS' && methods) return void res.writeHead(204, { allow: methods }).end();
    if (!route) return sendJson(res, 404, { error: 'Not found.', paths: [...routes.keys()] });
    if (!isAllowed(req, route)) {
      const error = `${req.method} is not allowed here; use one of ${route.methods}.`;
      return sendJson(res, 405, { error }, { allow: route.methods });
    }
    if (route.methods !== READ && isForeign(req, origins)) {
      countForeign(req);
      return sendJson(res, 403, { error: FOREIGN });
    }
    if (req.method === 'HEAD') asGet(req, res);
    else if (req.method === 'GET') compress(req, res);
    try {
      if (route.isTraced) await inRequestSpan(req, res, pathOf(req), () => route.handle(req, res));
      else await route.handle(req, res);
    } catch (error) {
      logger.error({ err: error }, 'a request failed');
      if (res.headersSent) res.destroy();
      else sendJson(res, 500, { error: 'Internal error.' });
    }
  };
  const upgrade = (req: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Node passes the socket on without an error listener, and an unhandled error would end the process.
    socket.on('error', (err) => logger.debug({ err }, 'the connection of a WebSocket failed'));
    const rejection = prepareRequest(req, proxies, isHostAllowed);
    if (rejection?.status === MISDIRECTED) countForeign(req);
    if (rejection) return rejectUpgrade(socket, rejection.status, rejection.message);
    if (pathOf(req) !== GRAPHQL_PATH)
      return rejectUpgrade(socket, 404, `Not found. WebSockets are served at ${GRAPHQL_PATH}.`);
    if (isForeign(req, origins)) {
      countForeign(req);
      return rejectUpgrade(socket, 403, FOREIGN);
    }
    graphql.upgrade(req, socket, head);
  };

  const server = createServer(
    { ServerResponse: DefaultedResponse, shouldUpgradeCallback: isWebSocketUpgrade, ...timeouts },
    oneAtATime((req, res) => void handle(req, res)),
  );
  server.on('upgrade', upgrade);
  // node:http's closeAllConnections does not close upgraded sockets.
  const sockets = limitConnections(server, connections, (address) => proxies.trusts(address));
  const url = await listen(server, { ...config, variables: { host: 'HOST', port: 'PORT' } });

  const stop = async () => {
    isStopping = true;
    await pause(config.drainSeconds * 1_000);
    const closed = once(server, 'close');
    server.close();
    const cut = setTimeout(() => {
      for (const socket of sockets) socket.destroy();
    }, STOP_GRACE_MS);
    await graphql.stop();
    server.closeIdleConnections();
    await closed;
    clearTimeout(cut);
  };
  return { url, stop };
}

const STOP_GRACE_MS = 3_000;
/** The status for a name that the service does not have, as a page may use it for DNS rebinding. */
const MISDIRECTED = 421;
const FOREIGN =
  'A page of another origin cannot call the API; list its origin in JOURNEY_RUNTIME_CORS_ORIGINS.';

type Route = {
  /** The allowed methods, as in the Allow header. */
  methods: string;
  /** Whether its requests are part of a trace. */
  isTraced?: boolean;
  handle(req: IncomingMessage, res: ServerResponse): Promise<void>;
};
const READ = 'GET, HEAD';
const GRAPHQL_METHODS = 'GET, HEAD, POST';

/** Records the time until the response ends; for streams that is when the client leaves. */
function measure({ method }: IncomingMessage, res: ServerResponse, route: string): void {
  const startedAt = performance.now();
  res.once('close', () => {
    const attributes = { method, route, status: res.statusCode };
    instruments()?.httpRequests.record((performance.now() - startedAt) / 1_000, attributes);
  });
}

function consoleRoute(path: string): Route | undefined {
  const handle = consoleHandlerOf(path);
  return handle ? { methods: READ, handle } : undefined;
}

/** Whether the route allows the method. The GraphQL route checks methods itself and responds with a GraphQL error. */
const isAllowed = (req: IncomingMessage, { methods }: Route): boolean =>
  methods === GRAPHQL_METHODS || methods.split(', ').includes(req.method ?? '');
