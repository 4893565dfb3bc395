import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Figure, Row } from './row.ts';
import { figuresTable, machineLine } from './table.ts';

const FILE = fileURLToPath(new URL('../../docs/performance.md', import.meta.url));

/** Writes docs/performance.md: the figures, how to make them, and what limits each. */
export function writeReport(measured: readonly { row: Row; figures: Figure[] }[], turns: number): void {
  const limits = measured.map(({ row }) => `- **${row.name}**: ${row.limit}`);
  const text = `# Performance

Ratios to peers that were measured beside it, in one run, on one machine and one PostgreSQL as it comes (fsync on), turn by
turn (ours, theirs, ours, theirs …): the median of ${turns} turns, a first one apart. Everything goes through the public door, with
the processes that users start, except where it says "in process". Absolute figures are this machine's alone.

${machineLine()}

${figuresTable(measured.flatMap(({ figures }) => figures))}

## How to make it

\`\`\`sh
npm run bench                        # all rows; Linux, for it reads /proc; BullMQ's row needs redis-server
npm run bench -- --only worker       # one row; may be given again
npm run bench -- --quick             # a check in a few minutes; the ratios mean little
npm run bench -- --report            # writes this page
npm run bench -- --keep /tmp/bench   # keeps the history of a million runs for the next time
\`\`\`

## What limits each figure now

${limits.join('\n')}
`;
  writeFileSync(FILE, text);
}
