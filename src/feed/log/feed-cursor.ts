import { crc32 } from 'node:zlib';
import { ServiceError } from '../../errors.ts';

/**
 * A place in the feed: just after the event at (xid, position). `era` identifies the server whose transaction ids are
 * meant. `mark` is a checksum of that event. It detects a server that lost the event (a restored copy, a crash
 * without its last commits) and gave its numbers to another one. It is 0 for a place without an event.
 *
 * `runId` is set when the event was read before it was released. Other events may still be inserted before it, so the
 * cursor is valid only for the events of its own run, whose order is known.
 */
export type Cursor = { era: number; xid: bigint; position: bigint; mark: number; runId?: string };

/**
 * Encodes a cursor for clients, to whom it is opaque. Equal places have equal texts. The text is the base64url of
 *
 *     <version>:<era>.<xid>.<position>.<mark, hexadecimal>[.<runId>]
 *
 * - version 1: exactly one place, in the only database of the service. encodeCursor writes it.
 * - without `<version>:`: the same, as earlier versions wrote it. Clients hold such cursors, so decodeCursor accepts them.
 * - any other version is rejected. A cursor that names several places, one for each database, will get version 2.
 */
export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(`${VERSION}:${placeText(cursor)}`).toString('base64url');
}

const VERSION = 1;

function placeText({ era, xid, position, mark, runId }: Cursor): string {
  const ofRun = runId === undefined ? '' : `.${runId}`;
  return `${era}.${xid}.${position}.${mark.toString(16)}${ofRun}`;
}

/** @throws ServiceError BAD_REQUEST when the text was made neither by encodeCursor nor by an earlier version. */
export function decodeCursor(text: string): Cursor {
  const [, version, era, xid, position, mark, runId] =
    PARTS.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  if (era && xid && position && mark) {
    const cursor = {
      era: Number(era),
      xid: BigInt(xid),
      position: BigInt(position),
      mark: parseInt(mark, 16),
      ...(runId ? { runId } : {}),
    };
    const isWithinRange = cursor.xid <= XID_AT_MOST && cursor.position <= POSITION_AT_MOST;
    const written = version ? encodeCursor(cursor) : Buffer.from(placeText(cursor)).toString('base64url');
    if (isWithinRange && written === text) return cursor;
  }
  throw new ServiceError(
    'BAD_REQUEST',
    'This is not a cursor of the event feed; pass one that an event or feedCursor returned.',
  );
}

/**
 * Rejects a cursor of an event that was read before it was released, unless only the events of that run are
 * requested.
 * @throws ServiceError BAD_REQUEST
 */
export function checkCursor(cursor: Cursor | null, runIds: readonly string[] | null | undefined): void {
  const runId = cursor?.runId;
  if (runId === undefined || (runIds?.length === 1 && runIds[0]!.toLowerCase() === runId)) return;
  throw new ServiceError(
    'BAD_REQUEST',
    `This cursor was read while a transaction held its event back: it is valid only for the events of run ${runId}. Pass where: {runId: ["${runId}"]}, or a cursor that a subscription or feedCursor returned.`,
  );
}

/** Compares two places: negative when `a` is earlier, 0 when they are the same. */
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

const PARTS = /^(1:)?(\d{1,9})\.(\d{1,20})\.(\d{1,19})\.([0-9a-f]{1,8})(?:\.([0-9a-f-]{36}))?$/;
const XID_AT_MOST = 2n ** 64n - 1n;
const POSITION_AT_MOST = 2n ** 63n - 1n;
