import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '../logger.ts';

export type SupervisorOptions = {
  /** The module that the child process runs. */
  modulePath: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  logger: Logger;
};

export type Supervisor = {
  /** Requests the worker to stop, and kills it after `graceMs`. Resolves when its process has ended. */
  stop(graceMs: number): Promise<void>;
};

/**
 * Runs a worker in its own process and restarts it whenever it exits, after a delay that grows with each early exit.
 * The worker detects by their IPC channel that this process has ended (see endWithParent).
 */
export function superviseWorker({ modulePath, args, env, logger }: SupervisorOptions): Supervisor {
  const stopping = new AbortController();
  const { signal } = stopping;
  let child: ChildProcess | undefined;

  const supervise = async () => {
    let delayMs = FIRST_DELAY_MS;
    while (!signal.aborted) {
      const startedAt = performance.now();
      child = fork(modulePath, args, { env });
      const exit = await ended(child);
      if (signal.aborted) return;
      if (performance.now() - startedAt > STEADY_MS) delayMs = FIRST_DELAY_MS;
      logger.warn({ workerPid: child.pid }, `worker process ended (${exit}); restarting in ${delayMs} ms`);
      await pause(delayMs, undefined, { signal }).catch(() => {});
      delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS);
    }
  };
  const supervision = supervise();

  const stop = async (graceMs: number) => {
    stopping.abort();
    child?.kill('SIGTERM');
    const force = setTimeout(() => child?.kill('SIGKILL'), graceMs);
    await supervision;
    clearTimeout(force);
  };
  return { stop };
}

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 5_000;
/** A worker that ran at least this long counts as started successfully. */
const STEADY_MS = 30_000;

/**
 * Called in the worker: ends this process when its parent ends. Ctrl-C in the terminal is ignored here, since the
 * parent passes it on.
 */
export function endWithParent(): void {
  if (!process.connected) return;
  process.once('disconnect', () => process.exit(1));
  process.on('SIGINT', () => {});
}

function ended(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
}
