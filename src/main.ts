import { enableCompileCache } from 'node:module';

// Compiling all modules is half of a start: later ones find them compiled, so nothing is loaded before this line.
enableCompileCache();
const { runCommand } = await import('./cli.ts');

process.exitCode = await runCommand(process.argv.slice(2));
// Whatever still holds the event loop has nothing left to do.
process.exit();
