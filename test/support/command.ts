import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** Runs a command of the program `main` to its end, in an environment of its own. */
export async function runCommand(args: string[], env: Record<string, string> = {}, main = MAIN) {
  const child = spawnCommand(args, env, main);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number | null]>,
  ]);
  return { code, stdout, stderr };
}

export type Serving = {
  child: ChildProcess;
  url: string;
  workerPid: number;
  /** What it has logged so far, its worker included. */
  log: () => string;
  /** What it has printed so far, its log included. */
  output: () => string;
};

/**
 * Runs `serve` of the program `main` on a free port until it is up, its worker included if it has one (else workerPid is
 * NaN). The caller must end it.
 */
export async function startServe(env: Record<string, string>, main = MAIN): Promise<Serving> {
  const child = spawnCommand(['serve'], { PORT: '0', ...env }, main);
  const said = { stdout: '', stderr: '' };
  const isUp = () =>
    RUNNING.test(said.stdout + said.stderr) &&
    (/not here/.test(said.stdout + said.stderr) || WORKER_PID.test(said.stderr));
  await new Promise<void>((resolve, reject) => {
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (chunk) => {
        said[stream] += chunk;
        if (isUp()) resolve();
      });
    }
    child.once('exit', (code) => reject(new Error(`serve ended (exit code ${code}): ${said.stderr}`)));
  });
  const [, url = ''] = (said.stdout + said.stderr).match(URL_OF_API) ?? [];
  return {
    child,
    url,
    workerPid: Number(said.stderr.match(WORKER_PID)?.[1]),
    log: () => said.stderr,
    output: () => said.stdout + said.stderr,
  };
}

/** A worker of its own process, whose output nobody reads. The caller must end it. */
export function spawnWorker(env: Record<string, string>): ChildProcess {
  const child = spawnCommand(['worker'], env);
  child.stdout.resume();
  child.stderr.resume();
  return child;
}

/** The last line of a start. Version 0.1.0 prints its lines for a terminal. */
const RUNNING = /Ctrl-C|"msg":"Journey Runtime is running"\}\n/;
const URL_OF_API = /(?:GraphQL +|"graphql":")(\S+)\/graphql/;
const WORKER_PID = /"pid":(\d+).*worker ready/;

/** Starts one of main.ts's commands. The caller must end it. */
export const spawnCommand = (args: string[], env: Record<string, string> = {}, main = MAIN) =>
  spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], {
    // None of the settings of the shell that runs the tests. No build of the console beside them.
    env: { PATH: process.env.PATH, JOURNEY_RUNTIME_CONSOLE_ENABLED: 'false', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
