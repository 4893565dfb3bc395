import { startServer } from '../../src/app/http-server.ts';
import { startServices } from '../../src/app/services.ts';
import type { Config } from '../../src/config/config.ts';
import { createLogger } from '../../src/logger.ts';
import type { TypedDocumentString } from '../generated/graphql.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { testConfig } from './worker.ts';

export type TestApp = {
  db: TestDatabase;
  services: Awaited<ReturnType<typeof startServices>>;
  /** Of the API, for fetch; `socketUrl` for WebSockets. */
  url: string;
  socketUrl: string;
  /**
   * Sends an operation as clients do; answers with its data, or throws where there is a top-level error. The answer is
   * typed where the operation was written as graphql(`…`) (codegen.ts). A root field is null there only where nothing was
   * found, since it throws where one failed.
   */
  query<R, V>(
    query: TypedDocumentString<R, V>,
    variables?: V,
  ): Promise<{ [F in keyof R]: NonNullable<R[F]> }>;
  query(query: string, variables?: object): Promise<Answer>;
  /** As `query`, with the whole result. */
  ask(
    query: string | TypedDocumentString<unknown, unknown>,
    variables?: object,
  ): Promise<{ data: Answer | null; errors?: ClientError[] }>;
  stop(): Promise<void>;
};

// biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what an answer holds.
type Answer = any;
type ClientError = { message: string; path?: unknown[]; extensions: { code: string } };

/**
 * The service's API on a free port, over an empty database of its own. Without a worker, as in an API process. `prepare`
 * fills the database before the start.
 */
export async function startTestApp(
  config: Partial<Config> = {},
  prepare: (db: TestDatabase) => Promise<unknown> = async () => {},
): Promise<TestApp> {
  const db = await createTestDatabase();
  await prepare(db);
  // What nobody foresaw shows beside the test that met it.
  const settings = testConfig({ port: 0, workerEnabled: false, logLevel: 'error', ...config });
  const logger = createLogger(settings.logLevel);
  const services = await startServices(settings, db, logger);
  const server = await startServer(settings, services, logger);
  const url = `${server.url}/graphql`;

  const ask: TestApp['ask'] = async (query, variables) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Awaited<ReturnType<TestApp['ask']>>;
  };
  return {
    db,
    services,
    url,
    socketUrl: url.replace('http', 'ws'),
    ask,
    async query(query: string | TypedDocumentString<unknown, unknown>, variables?: object) {
      const { data, errors } = await ask(query, variables);
      if (errors) throw new Error(errors.map(({ message }) => message).join('; '));
      return data;
    },
    async stop() {
      await server.stop();
      await services.stop();
      await db.drop();
    },
  };
}
