import { setTimeout as pause } from 'node:timers/promises';

/** Resolves once the condition holds; rejects after `withinMs`, saying what did not come true: `what` completes "waited for". */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
  withinMs: number,
  everyMs = 20,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`waited for ${what}, in vain for ${seconds(withinMs)}`);
    await pause(everyMs);
  }
}

/** The promise's own end, if that comes within `withinMs`; rejects with the message else, and no longer looks at it. */
export async function within<T>(work: Promise<T>, withinMs: number, message: () => string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(message())), withinMs);
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

export const seconds = (ms: number): string => `${Math.round(ms / 1_000)} s`;
