import { execFileSync } from 'node:child_process';
import { type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';

export type UserIds = { uid: number; gid: number };

/**
 * The user to run PostgreSQL as when the service runs as root, which PostgreSQL does not allow: the owner of
 * `cluster` if it exists, else the user postgres, else nobody. Undefined when the service runs as an ordinary user,
 * under whom PostgreSQL can run.
 */
export function unprivilegedUser(cluster?: string): UserIds | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = cluster && statSync(cluster, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return idsOf('postgres') ?? idsOf('nobody');
}

/** Whether `user` may pass through every folder above `path`, and through `path` itself if it is a folder. */
export function canReach(user: UserIds | undefined, path: string): boolean {
  if (!user) return true;
  const stats = statSync(path, { throwIfNoEntry: false });
  const open = !stats?.isDirectory() || mayPass(user, stats);
  return open && (dirname(path) === path || canReach(user, dirname(path)));
}

function mayPass({ uid, gid }: UserIds, folder: Stats): boolean {
  if (folder.uid === uid) return (folder.mode & 0o100) !== 0;
  if (folder.gid === gid) return (folder.mode & 0o010) !== 0;
  return (folder.mode & 0o001) !== 0;
}

function idsOf(name: string): UserIds | undefined {
  try {
    const identify = (flag: string) =>
      Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: identify('-u'), gid: identify('-g') };
  } catch {
    return undefined;
  }
}
