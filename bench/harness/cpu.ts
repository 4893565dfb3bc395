import { readdirSync, readFileSync } from 'node:fs';

const TICK_MS = 10;

/**
 * User and system time in milliseconds that the processes and all their descendants have used, those included that have
 * ended and were waited for. Linux alone tells it.
 */
export function cpuMs(pids: readonly number[]): number {
  const children = new Map<number, number[]>();
  const used = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = statOf(Number(name));
    if (!stat) continue;
    used.set(stat.pid, stat.ticks);
    children.set(stat.parent, [...(children.get(stat.parent) ?? []), stat.pid]);
  }
  const treeTicks = (pid: number): number =>
    (children.get(pid) ?? []).reduce((sum, child) => sum + treeTicks(child), used.get(pid) ?? 0);
  return pids.reduce((sum, pid) => sum + treeTicks(pid), 0) * TICK_MS;
}

function statOf(pid: number) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name, in brackets, may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const times = fields.slice(11, 15).map(Number);
    return { pid, parent: Number(fields[1]), ticks: times.reduce((sum, time) => sum + time, 0) };
  } catch {
    return undefined;
  }
}
