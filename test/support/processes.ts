import { existsSync, readFileSync } from 'node:fs';

/** Whether a process runs. A zombie does not, though a machine's first process may be slow to bury it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const status = `/proc/${pid}/status`;
  return !existsSync(status) || !/^State:\tZ/m.test(readFileSync(status, 'utf8'));
}
