import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CONSOLE_DIR } from '../../src/app/console-files.ts';

/**
 * A file of the build in Vite's manifest, which lists an entry and a lazily loaded module by its source, and a module that
 * several of those share by the file's own name.
 */
type Chunk = { file: string; name?: string; css?: string[]; imports?: string[] };

/** The first page: what index.html loads, and the list of runs, to which it leads. */
const FIRST = ['index', 'RunsPage'];
const EDITOR = ['CodeView', 'JsonEditor', 'JsonDiff'];
const FORMS = ['SchemaForm'];

export type Weights = { first: number; editor: number; forms: number };

/** The gzipped bytes of JavaScript and CSS: of the first page, and what the editor and the forms add to it. */
export function consoleWeights(): Weights {
  const chunks: Record<string, Chunk> = JSON.parse(
    readFileSync(join(CONSOLE_DIR, '.vite/manifest.json'), 'utf8'),
  );
  const first = filesOf(chunks, FIRST);
  const added = (names: readonly string[]) => sum(filesOf(chunks, names).difference(first));
  return { first: sum(first), editor: added(EDITOR), forms: added(FORMS) };
}

/** The files that the modules of these names need before they run. */
function filesOf(chunks: Record<string, Chunk>, names: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const files = new Set<string>();
  const visit = (source: string) => {
    if (seen.has(source)) return;
    seen.add(source);
    const chunk = chunks[source]!;
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
    for (const imported of chunk.imports ?? []) visit(imported);
  };
  for (const name of names) {
    const source = Object.keys(chunks).find((key) => chunks[key]!.name === name);
    if (!source) throw new Error(`The build of the console has no module ${name}.`);
    visit(source);
  }
  return files;
}

const sum = (files: ReadonlySet<string>) => [...files].reduce((bytes, file) => bytes + weightOf(file), 0);

/** The build stores the gzipped form of each file that it makes smaller. */
function weightOf(file: string): number {
  const path = join(CONSOLE_DIR, file);
  return (statSync(`${path}.gz`, { throwIfNoEntry: false }) ?? statSync(path)).size;
}
