import { Worker } from 'node:worker_threads';
import type { CheckResult, CheckTask } from './check-task.ts';

/** The thread was ended, because the task took too long or too much memory. It says nothing about the task's input. */
export class CheckThreadError extends Error {}

/**
 * Performs a task in a thread of its own, so that the event loop goes on meanwhile. Tasks are performed one after
 * another. @throws CheckThreadError
 */
export function inCheckThread<Kind extends CheckTask['kind']>(
  task: CheckTask & { kind: Kind },
): Promise<CheckResult<Kind>> {
  const result = lastTask.then(() => perform(task)) as Promise<CheckResult<Kind>>;
  lastTask = result.catch(() => {});
  return result;
}

let lastTask: Promise<unknown> = Promise.resolve();
let thread: Worker | undefined;

/** Far above what any task takes, also on a busy machine: the steps and the compiler bound the work itself. */
const LONGEST_MS = 10_000;
const MEMORY = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 64 };

function startThread(): Worker {
  const worker = new Worker(new URL('./thread-main.ts', import.meta.url), { resourceLimits: MEMORY });
  const forget = () => {
    if (thread === worker) thread = undefined;
  };
  worker.on('error', forget).on('exit', forget);
  thread = worker;
  return worker;
}

function perform(task: CheckTask): Promise<unknown> {
  const worker = thread ?? startThread();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => void worker.terminate(), LONGEST_MS);
    const settle = () => {
      clearTimeout(timer);
      worker.off('message', succeed).off('error', fail).off('exit', end);
      // A thread without a task does not keep the process running.
      worker.unref();
    };
    const succeed = (result: unknown) => {
      settle();
      resolve(result);
    };
    const fail = (cause: Error & { code?: string }) => {
      settle();
      reject(cause.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new CheckThreadError(cause.message) : cause);
    };
    const end = () => fail(new CheckThreadError(`the thread of checks was ended after ${LONGEST_MS} ms`));
    worker.on('message', succeed).on('error', fail).on('exit', end);
    worker.ref();
    worker.postMessage(task);
  });
}
