import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { createExecution } from '../../src/graphql/execution/execution.ts';
import { schema } from '../../src/graphql/schema/schema.ts';
import { createWebSocket } from '../../src/graphql/transport/websocket.ts';
import { createHttp } from '../../src/graphql/transport/yoga.ts';
import type { Permission } from '../../src/identity/permission.ts';
import type { Principal } from '../../src/identity/principal.ts';
import { ROLES } from '../../src/identity/role.ts';
import { createLogger } from '../../src/logger.ts';
import type { TestApp } from './app.ts';

/** A principal with the permissions of a role. */
export function principalOf(role: keyof typeof ROLES, given: Partial<Principal> = {}): Principal {
  const permissions: ReadonlySet<Permission> = new Set(ROLES[role]);
  const id = role.toLowerCase();
  return { id, name: id, permissions, channels: null, scope: null, ...given };
}

export type Answer = {
  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what an answer holds.
  data?: any;
  errors?: readonly { message: string; path?: readonly unknown[]; extensions?: { code?: string } }[];
};

export type Door = 'JSON POST' | 'WebSocket' | 'SSE';

/** The API as one principal meets it, whichever way its requests come. `ask` answers with the first result. */
export async function serveAs(app: TestApp, principal: Principal) {
  const logger = createLogger('error');
  const made = createExecution(schema, app.services, logger);
  const execution: typeof made = {
    ...made,
    createContext: (_, ...request) => made.createContext(principal, ...request),
  };
  const http = createHttp(execution, logger);
  const sockets = createWebSocket(execution, logger);
  const server = createServer((req, res) => void http.handle(req, res)).on('upgrade', sockets.upgrade);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  const client = createClient({ url: url.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0 });

  const post = (accept: string, query: string, variables?: object) =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept },
      body: JSON.stringify({ query, variables }),
    });
  const subscribe = (query: string, variables?: object) =>
    client.iterate({
      query,
      variables: variables as Record<string, unknown>,
    }) as AsyncIterableIterator<Answer>;

  async function ofSocket(query: string, variables?: object): Promise<Answer> {
    try {
      for await (const result of subscribe(query, variables)) return result;
      return {};
    } catch (errors) {
      return { errors: [errors].flat() as Answer['errors'] };
    }
  }

  async function ofStream(query: string, variables?: object): Promise<Answer> {
    const response = await post('text/event-stream', query, variables);
    let text = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const data = /^data: ?(\{.*\})$/m.exec(text)?.[1];
      if (data) return JSON.parse(data);
    }
    return {};
  }

  return {
    post: (query: string, variables?: object) => post('application/json', query, variables),
    ask: async (query: string, variables?: object, door: Door = 'JSON POST'): Promise<Answer> => {
      if (door === 'WebSocket') return ofSocket(query, variables);
      if (door === 'SSE') return ofStream(query, variables);
      return (await post('application/json', query, variables)).json() as Promise<Answer>;
    },
    subscribe,
    async stop() {
      await client.dispose();
      await sockets.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
