import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as fc from 'fast-check';
import { type ExecutionResult, execute, type GraphQLSchema, getOperationAST, parse, validate } from 'graphql';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { declaredVariables } from '../../src/graphql/execution/declared-variables.ts';
import { createExecution, type Execution } from '../../src/graphql/execution/execution.ts';
import { schema } from '../../src/graphql/schema/schema.ts';
import { createWebSocket } from '../../src/graphql/transport/websocket.ts';
import { createHttp } from '../../src/graphql/transport/yoga.ts';
import { OPEN_PRINCIPAL } from '../../src/identity/principal.ts';
import type { JsonObject } from '../../src/json/json.ts';
import { parseJson } from '../../src/json/parse.ts';
import { Clients } from '../../src/limits/clients.ts';
import { createLogger } from '../../src/logger.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { register, save } from '../support/catalogue.ts';
import { type Hints, type Operation, operations } from '../support/operations.ts';
import { tellingSchema } from '../support/telling-schema.ts';

/** `OPERATIONS=20000 npm test -- test/graphql/differential.test.ts` for many. */
const OPERATIONS = Number(process.env.OPERATIONS ?? 200);

const client = new Clients(1_000_000_000).of('127.0.0.1', OPEN_PRINCIPAL);
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

type Answer = { data?: unknown; errors?: { message: string; path?: readonly unknown[] }[] };
type Door = (operation: Operation) => Promise<Answer>;

it('operations are answered by every transport as by graphql-js', {
  timeout: OPERATIONS * 500 + 60_000,
}, async () => {
  const telling = tellingSchema(schema);
  const logger = createLogger('fatal');
  const execution = createExecution(telling, app.services, logger);
  const service = await serve(execution);
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(operations({ schema: telling, kinds: ['query', 'mutation'] }), async (operation) => {
      const expected = await answerOfGraphqlJs(telling, operation, () =>
        execution.createContext(OPEN_PRINCIPAL, client),
      );
      seen.add(expected.errors ? ('data' in expected ? 'partial' : 'refused') : 'whole');
      for (const [name, door] of Object.entries(service.doors)) {
        const answer = await door(operation);
        fc.pre(!isBeyondLimits(answer));
        expect(shown(answer), `${name}: ${operation.query} ${JSON.stringify(operation.variables)}`).toEqual(
          shown(expected),
        );
      }
    }),
    { numRuns: OPERATIONS, endOnFailure: true },
  );
  await service.stop();
  expect([...seen].sort()).toEqual(['partial', 'refused', 'whole']);
});

it('queries of what is stored are answered as by graphql-js', {
  timeout: OPERATIONS * 500 + 60_000,
}, async () => {
  const hints = await stored();
  const logger = createLogger('error');
  const execution = createExecution(schema, app.services, logger);
  const service = await serve(execution);
  let found = 0;
  const options = { schema, kinds: ['query'] as const, hints, without: CLOCKED };
  await fc.assert(
    fc.asyncProperty(operations(options), async (operation) => {
      const answer = await service.doors['JSON POST']!(operation);
      fc.pre(!isBeyondLimits(answer));
      const expected = await answerOfGraphqlJs(schema, operation, () =>
        execution.createContext(OPEN_PRINCIPAL, client),
      );
      expect(shown(answer), `${operation.query} ${JSON.stringify(operation.variables)}`).toEqual(
        shown(expected),
      );
      if (JSON.stringify(answer.data ?? null).length > 200) found += 1;
    }),
    { numRuns: OPERATIONS, endOnFailure: true },
  );
  await service.stop();
  expect(found).toBeGreaterThan(0);
});

/** What graphql-js has no bound for, and limits.test.ts tests. */
const isBeyondLimits = ({ errors }: Answer) =>
  errors?.some(({ message }) => /^The (document has|operation could load)/.test(message)) ?? false;

/** What depends on the moment at which it is read. */
const CLOCKED = [
  'runStats',
  'feedCursor',
  'previewRun',
  'previewReplay',
  'journeyPlan',
  'orderAutomationPlan',
  'System.now',
  'System.feedLagMs',
  'TaskQueue.oldestDueSeconds',
];

/** A small shop; answers with what its rows are found by. */
async function stored(): Promise<Hints> {
  const componentIds = [await register(app, { key: 'one' }), await register(app, { key: 'two' })];
  const products = [];
  for (const sku of ['A-1', 'A-2']) {
    const journeyComponents = componentIds.map((componentId) => ({ componentId, metadata: { sku } }));
    products.push((await save(app, { sku, journeyComponents })).product);
  }
  const { enqueueCheckoutRuns } = await app.query(
    `mutation ($order: RecordOrderInput!) { enqueueCheckoutRuns(input: { order: $order }) { order { id } runs { id } } }`,
    {
      order: {
        number: 'N-1',
        payload: {},
        lines: [
          { sku: 'A-1', quantity: 1 },
          { sku: 'A-9', quantity: 2 },
        ],
      },
    },
  );
  const runIds = enqueueCheckoutRuns.runs.map(({ id }: { id: string }) => id);
  const ids = [...componentIds, ...products.map(({ id }) => id), ...runIds, enqueueCheckoutRuns.order.id];
  return {
    id: ids,
    ids,
    sku: ['A-1', 'A-2'],
    slug: ['a-1'],
    key: ['one', 'two'],
    number: ['N-1'],
    search: ['A', 'o'],
    productId: products.map(({ id }) => id),
    componentId: componentIds,
  };
}

/** The three ways into the API: past Yoga, through it, and over a WebSocket. */
async function serve(execution: Execution) {
  const logger = createLogger('fatal');
  const http = createHttp(execution, logger);
  const sockets = createWebSocket(execution, logger);
  const server = createServer((req, res) => void http.handle(req, res)).on('upgrade', sockets.upgrade);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  const client = createClient({ url: url.replace('http', 'ws'), webSocketImpl: WebSocket, lazy: false });
  const post = (body: object) =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }).then((response) => response.json() as Promise<Answer>);
  const doors: { [name: string]: Door } = {
    'JSON POST': ({ query, variables }) => post({ query, variables }),
    // What is beside the usual members is left to Yoga.
    Yoga: ({ query, variables }) => post({ query, variables, extensions: {} }),
    WebSocket: (operation) =>
      new Promise((resolve) => {
        let answer: Answer = {};
        client.subscribe(operation, {
          next: (result) => (answer = result as Answer),
          error: (errors) => resolve({ errors: errors as Answer['errors'] }),
          complete: () => resolve(answer),
        });
      }),
  };
  return {
    doors,
    async stop() {
      await client.dispose();
      await sockets.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answerOfGraphqlJs(
  schema: GraphQLSchema,
  { query, variables }: Operation,
  createContext: () => object,
): Promise<Answer> {
  const document = parse(query);
  const errors = validate(schema, document);
  if (errors.length > 0) return { errors: errors as never };
  const operation = getOperationAST(document)!;
  const result = await execute({
    schema,
    document,
    // As they come from a request's text: JSON has a number's own digits, such as 0.0000001 for 1e-7.
    variableValues: declaredVariables(
      schema,
      operation,
      parseJson(JSON.stringify(variables ?? {})) as JsonObject,
    ),
    contextValue: createContext(),
  });
  return result as ExecutionResult as Answer;
}

/**
 * What must be the same: all data, the order of its fields too, which fields have failed, and why. The words about an
 * argument that does not fit are the executor's own. Where a failure takes the fields above it along, how many of those
 * beside it have failed as well is left to the executor.
 */
function shown({ data, errors }: Answer) {
  const texts = errors?.map(({ message, path }) => {
    const lost = path === undefined ? undefined : lostAt(data, path);
    if (path && lost && lost.length < path.length) return JSON.stringify([lost, 'below']);
    return JSON.stringify([path, message.startsWith('Argument "') ? 'Argument' : message.slice(0, 1_000)]);
  });
  return {
    data: data === undefined ? 'refused' : JSON.stringify(data),
    errors: texts && [...new Set(texts)].sort(),
  };
}

/** The place on the way to a failed field that is null in its stead. */
function lostAt(data: unknown, path: readonly unknown[]): readonly unknown[] {
  let at = data;
  for (const [index, key] of path.entries()) {
    if (at == null) return path.slice(0, index);
    at = (at as { [key: string]: unknown })[key as string];
  }
  return path;
}
