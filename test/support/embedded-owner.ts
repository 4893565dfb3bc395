import { startEmbedded } from '../../src/postgres/embedded/embedded.ts';

// A process that runs the embedded PostgreSQL in the folder given, tells its parent the owner's URL, and exits without a stop when it is let go.
const [dataDir = null] = process.argv.slice(2);
const { ownerUrl } = await startEmbedded({ dataDir });
process.send?.(ownerUrl);
process.once('disconnect', () => process.exit(0));
