import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from '../../logger.ts';
import type { Services } from '../context.ts';
import { createExecution } from '../execution/execution.ts';
import { schema } from '../schema/schema.ts';
import { createExport } from './export-runs.ts';
import { createSchemaPage } from './schema-page.ts';
import { createWebSocket } from './websocket.ts';
import { createHttp } from './yoga.ts';

/** The API's handlers for a node:http server, which routes requests under GRAPHQL_PATH to them. */
export type GraphqlHandler = {
  handle(req: IncomingMessage, res: ServerResponse): Promise<void>;
  /** Sends the runs of a filter as a file. */
  exportRuns(req: IncomingMessage, res: ServerResponse): Promise<void>;
  /** Sends the schema of the API. */
  sendSchema(req: IncomingMessage, res: ServerResponse): Promise<void>;
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void;
  /**
   * Ends subscriptions so that their clients reconnect: closes WebSockets with 1001, and ends event streams without
   * `complete`.
   */
  stop(): Promise<void>;
};

export function createGraphqlHandler(services: Services, logger: Logger): GraphqlHandler {
  const execution = createExecution(schema, services, logger);
  const { config, identity } = services;
  const http = createHttp(execution, logger, { hasGraphiQL: () => config.graphiql ?? identity.isOpen() });
  const webSocket = createWebSocket(execution, logger);
  return {
    handle: http.handle,
    exportRuns: createExport(execution),
    sendSchema: createSchemaPage(execution),
    upgrade: webSocket.upgrade,
    async stop() {
      http.stop();
      await webSocket.stop();
    },
  };
}
