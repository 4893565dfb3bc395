import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * The layers of src/, from the top down. A file imports from its own layer and from those below. A folder stands for its
 * files and, unless they are listed themselves, its subfolders.
 */
const LAYERS: readonly (readonly string[])[] = [
  ['main.ts', 'cli.ts', 'json-columns.ts'],
  // The console is a program of its own. It shares no file with the service.
  ['console'],
  ['console/shell'],
  [
    'console/runs',
    'console/run',
    'console/orders',
    'console/order',
    'console/bulk',
    'console/system',
    'console/keys',
    'console/audit',
  ],
  ['console/parts'],
  ['console/live'],
  ['console/api', 'console/address.ts'],
  ['app', 'worker'],
  ['graphql/transport'],
  ['graphql/schema'],
  ['graphql/execution', 'graphql/rights'],
  ['graphql/selection'],
  ['graphql'],
  ['cells'],
  ['retention', 'archive'],
  ['demo'],
  ['orders'],
  ['previews'],
  ['bulk', 'catalogue', 'views'],
  ['runs/attempt', 'runs/operate', 'runs/upkeep'],
  ['runs/enqueue'],
  ['runs'],
  ['runner', 'reads', 'identity/login'],
  ['identity/keys'],
  ['limits'],
  ['http'],
  ['queue', 'audit'],
  ['feed/live'],
  ['feed/log'],
  ['async'],
  ['runs/model', 'script-request'],
  ['script-request/bindings'],
  ['secrets'],
  ['input-errors.ts', 'shop.ts'],
  ['identity'],
  ['postgres', 'json'],
  ['fairness'],
  ['logger.ts', 'log-fields.ts'],
  ['telemetry'],
  ['config'],
  ['errors.ts'],
  ['version.ts', 'command-line.ts'],
];

const FILES = globSync('src/**/*.{ts,tsx}').filter((file) => !file.includes('/generated/'));

describe('imports go down', () => {
  it.each(FILES)('from %s', (file) => {
    const own = layerOf(file);
    const up = importsOf(file).filter((imported) => layerOf(imported) < own);
    expect(up).toEqual([]);
  });
});

describe('the console', () => {
  it.each(FILES.filter(isOfConsole))(
    'imports nothing of the service, and no page another one: %s',
    (file) => {
      const pages = LAYERS.find((rooms) => rooms.includes('console/runs'))!;
      const pageOf = (path: string) => pages.find((page) => path.startsWith(`src/${page}/`));
      const foreign = importsOf(file).filter(
        (imported) =>
          !isOfConsole(imported) || (pageOf(file) && pageOf(imported) && pageOf(imported) !== pageOf(file)),
      );
      expect(foreign).toEqual([]);
    },
  );

  it('is imported by no file of the service', () => {
    const importers = FILES.filter((file) => !isOfConsole(file) && importsOf(file).some(isOfConsole));
    expect(importers).toEqual([]);
  });
});

it('each file name stands once in src, so that a name finds its file', () => {
  const names = FILES.map((file) => file.slice(file.lastIndexOf('/') + 1));
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

function isOfConsole(path: string): boolean {
  return path.startsWith('src/console/');
}

/** The place of a file's layer, from 0 at the top: that of its longest listed folder. */
function layerOf(file: string): number {
  const path = file.slice('src/'.length);
  const matching = LAYERS.flatMap((rooms, layer) =>
    rooms.filter((room) => path === room || path.startsWith(`${room}/`)).map((room) => ({ room, layer })),
  );
  const longest = matching.sort((a, b) => b.room.length - a.room.length)[0];
  if (!longest) throw new Error(`${file} is in no layer: add its folder to LAYERS.`);
  return longest.layer;
}

function importsOf(file: string): string[] {
  const specifiers = readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g);
  return [...specifiers]
    .map(([, specifier]) => normalize(join(dirname(file), specifier!)))
    .filter((imported) => imported.startsWith('src/') && !imported.includes('/generated/'));
}
