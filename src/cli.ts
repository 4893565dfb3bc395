import { logUncaughtErrors } from './app/last-resort.ts';
import { watchLauncher } from './app/launcher.ts';
import { type PreparedDatabase, prepareDatabase } from './app/prepare-database.ts';
import { endWithParent } from './app/supervisor.ts';
import { type Config, loadConfig } from './config/config.ts';
import { setServiceName } from './config/service-name.ts';
import { StartupError } from './errors.ts';
import { createLogger, type Logger } from './logger.ts';
import { workerConnections } from './postgres/connection-budget.ts';
import { type Database, openDatabase } from './postgres/database.ts';
import { joinEmbedded } from './postgres/embedded/embedded.ts';
import { serviceSecrets } from './script-request/masking/service-secrets.ts';
import { createTextMask } from './script-request/masking/text-mask.ts';

const USAGE = `Usage: journey-runtime [command]; in a clone: npm start, or npm run <command>

  serve            the API and a worker, on an embedded PostgreSQL where DATABASE_URL is unset (default)
  worker           a worker alone
  migrate [--grant-to <role>]
                   brings the database to this version's state, and lets another role run the service
  archive --before <time> --to <folder or S3 URL>
                   writes the runs that ended before the time, with their events, to files
  execute <runId>  processes one queued run in the foreground
  secrets rotate   wraps all stored secrets with the first of JOURNEY_RUNTIME_SECRET_KEYS
  check-runner [url] [request.json]
                   checks a script host for the protocol of docs/script-runner.md
  key …            creates, rotates, revokes and lists API keys; \`key\` alone shows how
  move-shop …      moves a shop to another cell; \`move-shop\` alone shows how
  backup --to <folder>
                   writes the data of the embedded PostgreSQL to a new folder, also while the service runs
  restore --from <folder>
                   loads such a backup into an empty database, embedded or of DATABASE_URL
  seed             stores the demo catalogue, as far as it is missing

The environment configures it; the README names the variables.`;

type Command = (process: { config: Config; logger: Logger; args: string[] }) => Promise<number>;

/** Each command returns its exit code, and imports its own modules, since loading is most of the start time. */
const COMMANDS: Record<string, Command> = {
  async serve({ config, logger }) {
    const stopSignal = untilStopSignal(config);
    const { serve } = await import('./app/serve.ts');
    const { lines, stop } = await serve(config, process.env, logger);
    console.log(lines.join('\n'));
    await stopSignal;
    await stop();
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
    return withDatabase(opened, async (db) => {
      await starting.stop();
      await runWorker(config, db, logger, stopSignal);
      return 0;
    });
  },

  async migrate({ config, logger, args: [option, role] }) {
    if (option !== undefined && (option !== '--grant-to' || !role))
      return usageError('migrate knows the option --grant-to <role> alone.');
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

  async backup({ config, args: [option, folder] }) {
    if (option !== '--to' || !folder) return usageError('backup needs --to <folder>.');
    const { backUp } = await import('./app/backup-commands.ts');
    console.log(await backUp(config, folder));
    return 0;
  },

  async restore({ config, logger, args: [option, folder] }) {
    if (option !== '--from' || !folder) return usageError('restore needs --from <folder>.');
    const { restore } = await import('./app/backup-commands.ts');
    console.log(await restore(config, folder, logger));
    return 0;
  },

  async key({ config, logger, args }) {
    const { keyCommand } = await import('./app/key-command.ts');
    return withDatabase({ config, logger }, async (db) => {
      console.log((await keyCommand(db, config, args)).join('\n'));
      return 0;
    });
  },

  async 'move-shop'({ logger, args }) {
    const { moveShopCommand } = await import('./app/move-shop-command.ts');
    await moveShopCommand(args, logger, console.log);
    return 0;
  },

  async archive({ config, logger, args }) {
    const { archiveCommand } = await import('./archive/archive-command.ts');
    return withDatabase({ config, logger }, async (db) => {
      console.log(await archiveCommand(db.pool, args));
      return 0;
    });
  },

  async execute({ config, logger, args: [runId] }) {
    if (!runId) return usageError('execute needs the id of a run.');
    const { executeOnce } = await import('./runs/attempt/execute-once.ts');
    return withDatabase({ config, logger }, async (db) => {
      const status = await executeOnce(config, db, logger, runId);
      console.log(`Run ${runId} is ${status}.`);
      return status === 'COMPLETED' ? 0 : 1;
    });
  },

  async 'check-runner'({ config, args: [url = config.runnerUrl, file] }) {
    if (!url) return usageError('check-runner needs the URL of a script host.');
    const { checkRunner } = await import('./runner/conformance/check-runner.ts');
    return (await checkRunner(config, url, file, console.log)) ? 0 : 1;
  },

  async secrets({ config, logger, args: [action] }) {
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
  if (name === '--help' || name === '-h') {
    console.log(USAGE);
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) return usageError(`There is no command ${name}.`);
  try {
    const config = loadConfig(process.env);
    const urls = [config.databaseUrl ?? '', config.listenDatabaseUrl ?? '', ...config.replicaDatabaseUrls];
    const mask = createTextMask(urls.flatMap((url) => serviceSecrets(config, url)));
    setServiceName(SERVICES[name] ?? 'journey-runtime');
    const logger = createLogger(config.logLevel, mask);
    logUncaughtErrors(logger);
    return await command({ config, logger, args });
  } catch (error) {
    if (!(error instanceof StartupError)) throw error;
    console.error(error.message);
    return MISTAKE;
  }
}

const SERVICES: Record<string, string> = { serve: 'journey-runtime-api', worker: 'journey-runtime-worker' };
const MISTAKE = 2;
const STOP_TIMEOUT_MS = 9_500;
/** Those of a short command. */
const CONNECTIONS = 10;

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
 * Resolves at the first SIGINT or SIGTERM. A second signal, or a stop that takes too long, ends the process at once.
 */
function untilStopSignal({ startedByNpm, drainSeconds }: Config): Promise<void> {
  return new Promise((resolve) => {
    let isStopping = false;
    const timeoutMs = drainSeconds * 1_000 + STOP_TIMEOUT_MS;
    const stop = () => {
      if (!isStopping) setTimeout(() => process.exit(1), timeoutMs).unref();
      isStopping = true;
      resolve();
    };
    const onSignal = () => (isStopping ? process.exit(1) : stop());
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
    if (startedByNpm) watchLauncher(stop);
  });
}
