import { ServiceError } from '../../errors.ts';
import type { Principal } from '../../identity/principal.ts';
import { isUuid } from '../../postgres/uuid.ts';
import { countRuns } from '../../reads/run-list.ts';
import { findListedRuns } from '../../reads/run-lookup.ts';
import { EVERY_RUN, narrowed } from '../../runs/model/run-scope.ts';
import type { Context } from '../context.ts';

/** @throws ServiceError FORBIDDEN if the client may not enqueue runs of the channel */
export function checkChannel({ channels }: Principal, channel: string | null | undefined): void {
  if (channels === null || (channel != null && channels.has(channel))) return;
  const own = [...channels].sort().join(', ') || 'no channel';
  throw new ServiceError(
    'FORBIDDEN',
    `This client may enqueue runs of ${own} only: set channel to one of these.`,
  );
}

/**
 * An order has no channel of its own. A client that is held to channels reads an order through the runs that it may see.
 * @throws ServiceError FORBIDDEN
 */
export function checkAllChannels({ channels }: Principal): void {
  if (channels === null) return;
  throw new ServiceError(
    'FORBIDDEN',
    'This client is held to channels, and orders belong to none: read an order through one of its runs.',
  );
}

/**
 * The entries of the audit log name runs of every channel.
 * @throws ServiceError FORBIDDEN
 */
export function checkAuditLog({ channels }: Principal): void {
  if (channels === null) return;
  throw new ServiceError(
    'FORBIDDEN',
    'This client is held to channels, and the audit log names runs of all: read it with a principal without channels.',
  );
}

/** Whether the client may see the run. It says yes to an unknown id only where the client may see every run. */
export async function seesRun({ db, runScope }: Context, id: string): Promise<boolean> {
  if (runScope === EVERY_RUN) return true;
  return isUuid(id) && (await findListedRuns(db.pool, runScope, [id], ['id'])).size > 0;
}

/** Whether the client may see a run of the group. It says yes to an unknown id only where the client may see every run. */
export async function seesGroup({ db, runScope }: Context, id: string): Promise<boolean> {
  if (runScope === EVERY_RUN) return true;
  return isUuid(id) && (await countRuns(db.pool, narrowed(runScope, { groupId: [id] }), 1)) > 0;
}

/** The condition on the bulk operations that the client may see: those that it started, unless it may see every run. */
export const ownBulkOperations = ({ principal, runScope }: Context): { caller?: string } =>
  runScope === EVERY_RUN ? {} : { caller: principal.id };
