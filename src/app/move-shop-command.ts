import { parseArgs } from 'node:util';
import { openCell } from '../cells/cell.ts';
import { cancelMove, moveShop } from '../cells/move-shop.ts';
import { StartupError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { isOutage } from '../postgres/outage.ts';
import { firstLine } from '../postgres/unusable.ts';
import { shopInput } from '../shop.ts';
import { prepareDatabase } from './prepare-database.ts';

const USAGE = `Usage: npm run move-shop -- --shop <name> --from <database URL> --to <database URL> [--cancel]

Moves a shop to another cell while both serve; started again, it goes on. --cancel opens the shop in its old cell again,
before it has moved. docs/scaling.md describes it.`;

const OPTIONS = {
  shop: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  cancel: { type: 'boolean', default: false },
} as const;

/** Moves a shop between two databases, and prints each step. @throws StartupError that names the fix */
export async function moveShopCommand(
  args: string[],
  logger: Logger,
  print: (line: string) => void,
): Promise<void> {
  const { shop, from, to, cancel } = parsed(args);
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

function parsed(args: string[]): { shop: string; from: string; to: string; cancel: boolean } {
  let values: ReturnType<typeof parse>;
  try {
    values = parse(args);
  } catch (error) {
    throw new StartupError(`${(error as Error).message}\n\n${USAGE}`);
  }
  const { shop, from, to, cancel } = values;
  if (!shop || !from || !to) throw new StartupError(`Set --shop, --from and --to.\n\n${USAGE}`);
  if (!shopInput.safeParse(shop).success) throw new StartupError(`${shop} is not the name of a shop.`);
  return { shop, from, to, cancel };
}

const parse = (args: string[]) => parseArgs({ args, options: OPTIONS }).values;
