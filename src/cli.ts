import { type Arguments, argumentsOf, USAGE, usageOf } from './app/command-arguments.ts';
import { logUncaughtErrors } from './app/last-resort.ts';
import { watchLauncher } from './app/launcher.ts';
import type { MoveShopOptions } from './app/move-shop-command.ts';
import { type PreparedDatabase, prepareDatabase } from './app/prepare-database.ts';
import { endWithParent } from './app/supervisor.ts';
import { type Config, loadConfig } from './config/config.ts';
import { setServiceName } from './config/service-name.ts';
import { StartupError } from './errors.ts';
import { createLogger, type Logger } from './logger.ts';
import { workerConnections } from './postgres/connection-budget.ts';
import { type Database, openDatabase } from './postgres/database.ts';
import { joinEmbedded } from './postgres/embedded/embedded.ts';
import { missingRight } from './postgres/unusable.ts';
import { serviceSecrets } from './script-request/masking/service-secrets.ts';
import { createTextMask } from './script-request/masking/text-mask.ts';
import { VERSION } from './version.ts';

type Command = (process: { config: Config; logger: Logger } & Arguments) => Promise<number>;

/** Each command returns its exit code, and imports its own modules, since loading is most of the start time. */
const COMMANDS: Record<string, Command> = {
  async serve({ config, logger }) {
    const stopSignal = untilStopSignal(config);
    const { bannerOf, serve } = await import('./app/serve.ts');
    const { facts, stop } = await serve(config, process.env, logger);
    if (process.stdout.isTTY) console.log(bannerOf(facts).join('\n'));
    else logger.info(facts, 'Journey Runtime is running');
    logger.info({ reason: await stopSignal }, 'stopping');
    await stop();
    logger.info('stopped');
    return 0;
  },

  async worker({ config, logger }) {
    endWithParent();
    const stopSignal = untilStopSignal(config);
    const { answerWhileStarting } = await import('./app/starting-server.ts');
    const starting = answerWhileStarting(config.host, config.workerPort);
    const { runWorker } = await import('./worker/run-worker.ts');
    const { main } = workerConnections(config.workerConnections);
    const opened = { config, logger, maxConnections: main, report: starting.report };
    const logged = stopSignal.then((reason) => logger.info({ reason }, 'stopping'));
    const code = await withDatabase(opened, async (db) => {
      await starting.stop();
      await runWorker(config, db, logger, logged);
      return 0;
    });
    logger.info('stopped');
    return code;
  },

  async migrate({ config, logger, options: { 'grant-to': role } }) {
    return withDatabase(
      { config: { ...config, migrates: true }, logger },
      async (_db, { applied, ownerUrl }) => {
        if (role) {
          const { grantRole } = await import('./postgres/migrations/grant-role.ts');
          await grantRole(ownerUrl, role);
          console.log(`The role ${role} may run the service.`);
        }
        console.log(
          applied.length > 0 ? `Applied ${applied.join(', ')}.` : 'The database is already up to date.',
        );
        return 0;
      },
    );
  },

  async backup({ config, options: { to } }) {
    const { backUp } = await import('./app/backup-commands.ts');
    console.log(await backUp(config, to));
    return 0;
  },

  async restore({ config, logger, options: { from } }) {
    const { restore } = await import('./app/backup-commands.ts');
    console.log(await restore(config, from, logger));
    return 0;
  },

  async key({ config, logger, options, words }) {
    const { checkKeyArguments } = await import('./app/key-arguments.ts');
    checkKeyArguments(options, words);
    const { keyCommand } = await import('./app/key-command.ts');
    return withDatabase({ config, logger }, async (db) => {
      console.log((await keyCommand(db, config, options, words)).join('\n'));
      return 0;
    });
  },

  async 'move-shop'({ logger, options }) {
    const { moveShopCommand } = await import('./app/move-shop-command.ts');
    await moveShopCommand(options as MoveShopOptions, logger, console.log);
    return 0;
  },

  async archive({ config, logger, options }) {
    const { archiveCommand } = await import('./archive/archive-command.ts');
    return withDatabase({ config, logger }, async (db) => {
      console.log(await archiveCommand(db.pool, options as { before: string; to: string }));
      return 0;
    });
  },

  async execute({ config, logger, words: [runId = ''] }) {
    const { executeOnce } = await import('./runs/attempt/execute-once.ts');
    return withDatabase({ config, logger }, async (db) => {
      const status = await executeOnce(config, db, logger, runId);
      console.log(`Run ${runId} is ${status}.`);
      return status === 'COMPLETED' ? 0 : 1;
    });
  },

  async 'check-runner'({ config, words: [url = config.runnerUrl, file] }) {
    if (!url) return usageError('check-runner needs the URL of a script host.');
    const { checkRunner } = await import('./runner/conformance/check-runner.ts');
    return (await checkRunner(config, url, file, console.log)) ? 0 : 1;
  },

  async secrets({ config, logger, words: [action] }) {
    if (action !== 'rotate') return usageError('secrets needs the word rotate.');
    const { rotateKey } = await import('./secrets/rotate-key.ts');
    return withDatabase({ config, logger }, async (db) => {
      const rewrapped = await rotateKey(db.pool, config.secretKeys);
      console.log(
        `${rewrapped} stored values were wrapped with the key ${config.secretKeys[0]?.id}; the other keys are not needed any more.`,
      );
      return 0;
    });
  },

  async seed({ config, logger }) {
    const { seedDemo } = await import('./demo/seed.ts');
    const { startServices } = await import('./app/services.ts');
    return withDatabase({ config, logger }, async (db) => {
      const services = await startServices(config, db, logger);
      try {
        const { components, products, runs } = await seedDemo(db, config.taskQueue, services.enqueue);
        console.log(
          `The demo catalogue is loaded: ${components} components, ${products} products, ${runs} runs.`,
        );
        return 0;
      } finally {
        await services.stop();
      }
    });
  },
};

/** Runs the command that the arguments name; returns the process's exit code. */
export async function runCommand([name = 'serve', ...args]: string[]): Promise<number> {
  if (HELP.includes(name)) return printed(USAGE);
  if (name === '--version' || name === '-v') return printed(VERSION);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) return usageError(`There is no command ${name}.`);
  if (args.some((arg) => HELP.includes(arg))) return printed(usageOf(name));
  try {
    const given = argumentsOf(name, args);
    const config = loadConfig(process.env);
    const urls = [config.databaseUrl ?? '', config.listenDatabaseUrl ?? '', ...config.replicaDatabaseUrls];
    const mask = createTextMask(urls.flatMap((url) => serviceSecrets(config, url)));
    setServiceName(SERVICES[name] ?? 'journey-runtime');
    const logger = createLogger(config.logLevel, mask);
    logUncaughtErrors(logger);
    return await command({ config, logger, ...given });
  } catch (error) {
    const problem = missingRight(error) ?? error;
    if (!(problem instanceof StartupError)) throw error;
    console.error(problem.message);
    return MISTAKE;
  }
}

const SERVICES: Record<string, string> = { serve: 'journey-runtime-api', worker: 'journey-runtime-worker' };
const HELP = ['--help', '-h'];
const MISTAKE = 2;
const STOP_TIMEOUT_MS = 9_500;
/** Those of a short command. */
const CONNECTIONS = 10;

function printed(text: string): number {
  console.log(text);
  return 0;
}

function usageError(message: string): number {
  console.error(`${message}\n\n${USAGE}`);
  return MISTAKE;
}

type Opened = {
  config: Config;
  logger: Logger;
  maxConnections?: number;
  report?: (progress: string) => void;
};

/**
 * Passes the migrated database and what was prepared to `work`, and closes the database afterwards.
 * Also works while another process runs the embedded PostgreSQL.
 */
async function withDatabase(
  { config, logger, maxConnections = CONNECTIONS, report }: Opened,
  work: (db: Database, prepared: PreparedDatabase) => Promise<number>,
): Promise<number> {
  await using opened = new AsyncDisposableStack();
  const embedded = config.databaseUrl === null ? await joinEmbedded(config) : null;
  if (embedded) opened.defer(embedded.stop);
  const prepared = await prepareDatabase(config, embedded, logger, report);
  const { url, listenUrl } = prepared;
  const db = openDatabase({ url, listenUrl, maxConnections });
  opened.defer(db.close);
  return await work(db, prepared);
}

/**
 * Resolves with the reason at the first SIGINT or SIGTERM. A second signal, or a stop that takes too long, ends the process at once.
 */
function untilStopSignal({ startedByNpm, drainSeconds }: Config): Promise<string> {
  return new Promise((resolve) => {
    let isStopping = false;
    const timeoutMs = drainSeconds * 1_000 + STOP_TIMEOUT_MS;
    const stop = (reason: string) => {
      if (!isStopping) setTimeout(() => process.exit(1), timeoutMs).unref();
      isStopping = true;
      resolve(reason);
    };
    const onSignal = (signal: string) => (isStopping ? process.exit(1) : stop(signal));
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
    if (startedByNpm) watchLauncher(() => stop('npm has ended'));
  });
}
