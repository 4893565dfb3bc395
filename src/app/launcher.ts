import { readFileSync } from 'node:fs';

/**
 * Calls `gone` once when the npm that started this process is no more. On a SIGTERM npm signals the shell between the two, and
 * where that is dash it dies without passing it on; of a kill -9 of npm not even the shell hears.
 */
export function watchLauncher(gone: () => void): void {
  const parent = process.ppid;
  const grandparent = isScriptShell(parent) ? parentOf(parent) : null;
  const timer = setInterval(() => {
    if (process.ppid === parent && (grandparent === null || isAlive(grandparent))) return;
    clearInterval(timer);
    gone();
  }, WATCH_INTERVAL_MS);
  timer.unref();
}

const WATCH_INTERVAL_MS = 500;

const isScriptShell = (pid: number): boolean => /^(sh|dash|bash)$/.test(readProc(pid, 'comm') ?? '');

/** null where there is no /proc; its shells are replaced by what they start, so that npm is the parent. */
function parentOf(pid: number): number | null {
  const [, parent] = readProc(pid, 'status')?.match(/^PPid:\t(\d+)$/m) ?? [];
  return parent ? Number(parent) : null;
}

function readProc(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8').trim();
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
