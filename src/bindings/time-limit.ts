import { type Context, createContext, Script } from 'node:vm';

/**
 * Runs synchronous work, ended by V8 when it takes too long, even inside one regular expression. It is tried twice,
 * so that a process that was stopped meanwhile does not judge by the clock alone. Throws what the work throws.
 * Costs a watchdog thread a call, about 0.1 ms.
 */
export function withinTime<T>(
  milliseconds: number,
  work: () => T,
): { done: true; value: T } | { done: false } {
  room ??= createContext({}, { codeGeneration: { strings: false, wasm: false } });
  for (let tries = 0; tries < 2; tries += 1) {
    room.work = work;
    try {
      return { done: true, value: CALL.runInContext(room, { timeout: milliseconds }) as T };
    } catch (error) {
      if ((error as { code?: string }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    } finally {
      room.work = undefined;
    }
  }
  return { done: false };
}

const CALL = new Script('work()');
let room: Context | undefined;
