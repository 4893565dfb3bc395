import { copyFileSync, fchownSync, openSync, renameSync, statSync, truncateSync } from 'node:fs';
import type { Cluster } from './cluster.ts';

/** Opens the log of a server that starts. The log of the start before gets another name. Returns the descriptor. */
export function openLog({ logFile, user }: Cluster): number {
  if (sizeOf(logFile) > 0) renameSync(logFile, earlier(logFile));
  // PostgreSQL appends, so that it goes on at the start of a file that was emptied.
  const log = openSync(logFile, 'a', 0o600);
  if (user) fchownSync(log, user.uid, user.gid);
  return log;
}

/** Copies a large log aside and empties it, so that it does not grow without end. */
export function rotateLog({ logFile }: Pick<Cluster, 'logFile'>): void {
  if (sizeOf(logFile) < BYTES_AT_MOST) return;
  copyFileSync(logFile, earlier(logFile));
  truncateSync(logFile);
}

const BYTES_AT_MOST = 10 * 1024 * 1024;

const earlier = (logFile: string): string => `${logFile}.1`;
const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
