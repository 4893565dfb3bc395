import { openCell } from '../cells/cell.ts';
import { cancelMove, moveShop } from '../cells/move-shop.ts';
import { StartupError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { isOutage } from '../postgres/outage.ts';
import { firstLine } from '../postgres/unusable.ts';
import { shopInput } from '../shop.ts';
import { prepareDatabase } from './prepare-database.ts';

export type MoveShopOptions = { shop: string; from: string; to: string; cancel: boolean };

/** Moves a shop between two databases, and prints each step. @throws StartupError that names the fix */
export async function moveShopCommand(
  { shop, from, to, cancel }: MoveShopOptions,
  logger: Logger,
  print: (line: string) => void,
): Promise<void> {
  if (!shopInput.safeParse(shop).success) throw new StartupError(`${shop} is not the name of a shop.`);
  await using opened = new AsyncDisposableStack();
  const open = async (databaseUrl: string) => {
    const { url } = await prepareDatabase(
      { databaseUrl, listenDatabaseUrl: null, migrates: false },
      null,
      logger,
    );
    const cell = await openCell(url);
    opened.defer(cell.close);
    return cell;
  };
  try {
    const move = { source: await open(from), target: await open(to), shop, print };
    await (cancel ? cancelMove(move) : moveShop(move));
  } catch (error) {
    if (error instanceof StartupError || !isOutage(error)) throw error;
    throw new StartupError(
      `A database does not respond (${firstLine(error)}). Start the same command again: it goes on.`,
      { cause: error },
    );
  }
}
