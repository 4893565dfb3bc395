import { enableCompileCache } from 'node:module';

// Compiling modules takes half of the start time. Modules loaded after this line use the compile cache, so nothing may
// be loaded before it.
enableCompileCache();
const { runCommand } = await import('./cli.ts');

process.exitCode = await runCommand(process.argv.slice(2));
// Handles that are still open must not delay the exit.
process.exit();
