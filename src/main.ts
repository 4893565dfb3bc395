#!/usr/bin/env node
import nodeModule from 'node:module';

const [nodeVersion] = process.versions.node.split('.').map(Number);
if (nodeVersion! < 24) {
  console.error(
    `Journey Runtime needs Node 24 or newer; ${process.execPath} is Node ${process.versions.node}.`,
  );
  process.exit(2);
}
// Compiling modules takes half of the start time. Modules loaded after this line use the compile cache, so nothing may
// be loaded before it.
nodeModule.enableCompileCache();
const { runCommand } = await import('./cli.ts');

process.exitCode = await runCommand(process.argv.slice(2));
// Handles that are still open must not delay the exit.
process.exit();
