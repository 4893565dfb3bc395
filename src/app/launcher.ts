import { readFileSync } from 'node:fs';

/**
 * Calls `gone` once when the npm process that started this one has ended. On SIGTERM npm signals only the shell
 * between the two, and a dash shell ends without passing the signal on; a kill -9 of npm does not reach the shell at
 * all.
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

/**
 * The parent's process id; null where there is no /proc. The shells of systems without /proc are replaced by the
 * process they start, so npm is the parent there.
 */
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
