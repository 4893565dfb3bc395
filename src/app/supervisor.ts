import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '../logger.ts';

export type SupervisorOptions = {
  /** The module that the child process runs, and its arguments. */
  modulePath: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  logger: Logger;
};

export type Supervisor = {
  /** Asks the worker to end, and makes it after `graceMs`. Returns when it is gone. */
  stop(graceMs: number): Promise<void>;
};

/**
 * Keeps a worker running in a process of its own: whatever its exit, it is started again, after a while that grows with each
 * early end. The channel between the two tells the worker when this process is gone (see endWithParent).
 */
export function superviseWorker({ modulePath, args, env, logger }: SupervisorOptions): Supervisor {
  const stopping = new AbortController();
  const { signal } = stopping;
  let child: ChildProcess | undefined;

  const keepRunning = async () => {
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
  const kept = keepRunning();

  const stop = async (graceMs: number) => {
    stopping.abort();
    child?.kill('SIGTERM');
    const force = setTimeout(() => child?.kill('SIGKILL'), graceMs);
    await kept;
    clearTimeout(force);
  };
  return { stop };
}

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 5_000;
/** A worker that lived this long has started well. */
const STEADY_MS = 30_000;

/** In the worker: ends this process with its parent, however that ends. A Ctrl-C in the terminal is the parent's to pass on. */
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
