import { crc32 } from 'node:zlib';
import { ServiceError } from '../../errors.ts';

/**
 * A place in the feed: just after the event at (xid, position). `era` says which server's transaction ids are meant.
 * `mark` is a checksum of that event, so that a server which lost the event (a restored copy, a crash without its last
 * commits) and gave its numbers to another one is found out. It is 0 for a place that no event stands at.
 *
 * `runId` is given where the event was read before it was released: others may still come to stand before it, so that the
 * cursor is good for the events of its own run alone, whose order is known.
 */
export type Cursor = { era: number; xid: bigint; position: bigint; mark: number; runId?: string };

/** Written for clients, to whom it is opaque. Equal places have equal texts. */
export function encodeCursor({ era, xid, position, mark, runId }: Cursor): string {
  const ofRun = runId === undefined ? '' : `.${runId}`;
  return Buffer.from(`${era}.${xid}.${position}.${mark.toString(16)}${ofRun}`).toString('base64url');
}

/** @throws ServiceError BAD_REQUEST when the text was not made by encodeCursor. */
export function decodeCursor(text: string): Cursor {
  const [, era, xid, position, mark, runId] = PARTS.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  if (era && xid && position && mark) {
    const cursor = {
      era: Number(era),
      xid: BigInt(xid),
      position: BigInt(position),
      mark: parseInt(mark, 16),
      ...(runId ? { runId } : {}),
    };
    const isWithinRange = cursor.xid <= XID_AT_MOST && cursor.position <= POSITION_AT_MOST;
    if (isWithinRange && encodeCursor(cursor) === text) return cursor;
  }
  throw new ServiceError(
    'BAD_REQUEST',
    'This is not a cursor of the event feed; pass one that an event or feedCursor returned.',
  );
}

/**
 * Refuses, with BAD_REQUEST, a cursor of an event that was read before it was released, unless the events of that run alone
 * are asked for.
 */
export function checkCursor(cursor: Cursor | null, runIds: readonly string[] | null | undefined): void {
  const runId = cursor?.runId;
  if (runId === undefined || (runIds?.length === 1 && runIds[0]!.toLowerCase() === runId)) return;
  throw new ServiceError(
    'BAD_REQUEST',
    `This cursor was read while a transaction held its event back: it is valid only for the events of run ${runId}. Pass where: {runId: ["${runId}"]}, or a cursor that a subscription or feedCursor returned.`,
  );
}

/** Negative when `a` is the earlier place, 0 when they are the same. */
export function compareCursors(a: Cursor, b: Cursor): number {
  if (a.era !== b.era) return a.era - b.era;
  if (a.xid !== b.xid) return a.xid < b.xid ? -1 : 1;
  if (a.position !== b.position) return a.position < b.position ? -1 : 1;
  return 0;
}

/** The mark of the place after this event. */
export function markOf(event: { runId: string; sequence: number; at: Date }): number {
  return crc32(`${event.runId}/${event.sequence}/${event.at.getTime()}`);
}

const PARTS = /^(\d{1,9})\.(\d{1,20})\.(\d{1,19})\.([0-9a-f]{1,8})(?:\.([0-9a-f-]{36}))?$/;
const XID_AT_MOST = 2n ** 64n - 1n;
const POSITION_AT_MOST = 2n ** 63n - 1n;
