import { setTimeout as pause } from 'node:timers/promises';
import { StartupError } from '../errors.ts';
import { type Cell, stopHousekeeping } from './cell.ts';
import { type Copied, copyHistory, copyRest } from './copy-shop.ts';
import { deleteShop } from './delete-shop.ts';
import {
  closeShop,
  markMoved,
  openShop,
  parkRuns,
  readMove,
  startArriving,
  startCopying,
} from './move-state.ts';
import { MOVED_TABLES } from './moved-tables.ts';

/**
 * Moves a shop between two cells that serve, or goes on with a move that was stopped. docs/scaling.md describes the steps
 * and why no run is lost or executed twice. `print` reports each step.
 * @throws StartupError that names the fix
 */
export async function moveShop(move: Copied): Promise<void> {
  const { source, target, shop, print } = move;
  await takeTurns(move);
  await begin(move);
  let closedAt: number | null = null;
  if ((await readMove(source, shop))!.state === 'COPYING') {
    print(`Copying the history of ${shop}, which is open meanwhile.`);
    await copyHistory(move);
    while (!(await closeShop(source, shop))) await waitFor(print, 'a bulk operation of the shop to end');
    closedAt = performance.now();
    print(`${shop} is closed for writes.`);
  }
  if ((await readMove(source, shop))!.state === 'CLOSED') {
    await drain(move);
    print('Copying the rest.');
    await copyRest(move);
    await compareCounts(move);
    await markMoved(source, shop);
  }
  if ((await readMove(target, shop))?.state === 'ARRIVING') await openShop(target, shop);
  print(`${shop} has moved, and is open in its new cell. Send its requests there.`);
  if (closedAt !== null)
    print(`It was closed for writes for ${((performance.now() - closedAt) / 1_000).toFixed(1)} s.`);
  // Until they have noticed, processes of the old cell show the shop as it was.
  await pause(NOTICED_WITHIN_MS);
  await deleteShop(source, shop);
  print('It is deleted in its old cell.');
}

/** Opens the shop in its source again and deletes what was copied, before the shop has moved. */
export async function cancelMove(move: Copied): Promise<void> {
  const { source, target, shop, print } = move;
  await takeTurns(move);
  if ((await readMove(source, shop))?.state === 'MOVED')
    throw new StartupError(`${shop} has moved. Move it back instead, with --from and --to exchanged.`);
  await openShop(source, shop);
  print(`${shop} is open in its old cell.`);
  const arriving = await readMove(target, shop);
  if (arriving?.state !== 'ARRIVING' || arriving.peer !== source.id) return;
  await deleteShop(target, shop);
  await openShop(target, shop);
  print('What was copied is deleted.');
}

/** Makes this the only process that moves a shop of the two databases. */
async function takeTurns({ source, target }: Copied): Promise<void> {
  if (source.id === target.id) throw new StartupError('--from and --to are the same database.');
  // Always in the same order, so that two moves in opposite directions do not wait for each other.
  for (const cell of [source, target].sort((a, b) => (a.id < b.id ? -1 : 1))) await stopHousekeeping(cell);
}

/** Records the move in both databases, the target first; or checks that a recorded one is between these two. */
async function begin({ source, target, shop }: Copied): Promise<void> {
  const [leaving, arriving] = [await readMove(source, shop), await readMove(target, shop)];
  const isOther = (peer: string | undefined, cell: Cell) => peer !== undefined && peer !== cell.id;
  if (leaving?.state === 'ARRIVING') throw new StartupError(`${shop} has not arrived at --from yet.`);
  if (isOther(leaving?.peer, target))
    throw new StartupError(`${shop} is moving, or has moved, from --from to another database than --to.`);
  if (arriving?.state === 'ARRIVING' && isOther(arriving.peer, source))
    throw new StartupError(`${shop} is moving to --to from another database than --from.`);
  if (leaving) return;
  if (arriving?.state !== 'ARRIVING') await startArriving(target, shop, source.id);
  await startCopying(source, shop, target.id);
}

/** Sets waiting runs aside until none of the shop is running. */
async function drain({ source, shop, print }: Copied): Promise<void> {
  for (;;) {
    const restless = await parkRuns(source, shop);
    if (restless === 0) return;
    await waitFor(print, `${restless} running runs to end`);
  }
}

/** Compares how many rows of the shop each table has in both databases. */
async function compareCounts({ source, target, shop }: Copied): Promise<void> {
  const differences: string[] = [];
  for (const { name, ofShop } of MOVED_TABLES) {
    const count = async ({ client }: Cell): Promise<string> =>
      (await client.query(`select count(*) as count from ${name} where ${ofShop}`, [shop])).rows[0].count;
    const [before, after] = await Promise.all([count(source), count(target)]);
    if (before !== after) differences.push(`${name} ${before} and ${after}`);
  }
  if (differences.length === 0) return;
  throw new StartupError(
    `The copy has other numbers of rows than the source (${differences.join(', ')}), so the shop has not moved. Start again with --cancel, which opens it in its old cell.`,
  );
}

async function waitFor(print: Copied['print'], what: string): Promise<void> {
  print(`Waiting for ${what}.`);
  await pause(LOOK_AGAIN_MS);
}

const LOOK_AGAIN_MS = 250;
/** Longer than the feed's reader waits between two reads. */
const NOTICED_WITHIN_MS = 2_000;
