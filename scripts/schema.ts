import { readFileSync, writeFileSync } from 'node:fs';
import { printApi } from '../src/graphql/schema/print-api.ts';

// Writes schema.graphql from the code; with --check it only says, by its exit code, whether that file is stale.
const path = new URL('../schema.graphql', import.meta.url);
if (!process.argv.includes('--check')) {
  writeFileSync(path, printApi());
} else if (readFileSync(path, 'utf8') !== printApi()) {
  console.error('schema.graphql is stale: run node scripts/schema.ts.');
  process.exitCode = 1;
}
