import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CONSOLE_DIR } from '../../src/app/console-files.ts';

/** A file of the build as Vite's manifest lists it, by its source. */
type Chunk = { file: string; css?: string[]; imports?: string[] };

/** The first page: what index.html loads, and the list of runs, to which it leads. */
const FIRST = ['index.html', 'runs/RunsPage.tsx'];
const EDITOR = ['parts/CodeView.tsx', 'parts/JsonEditor.tsx', 'parts/JsonDiff.tsx'];
const FORMS = ['parts/SchemaForm.tsx'];

export type Weights = { first: number; editor: number; forms: number };

/** The gzipped bytes of JavaScript and CSS: of the first page, and what the editor and the forms add to it. */
export function consoleWeights(): Weights {
  const chunks: Record<string, Chunk> = JSON.parse(
    readFileSync(join(CONSOLE_DIR, '.vite/manifest.json'), 'utf8'),
  );
  const first = filesOf(chunks, FIRST);
  const added = (sources: readonly string[]) => sum(filesOf(chunks, sources).difference(first));
  return { first: sum(first), editor: added(EDITOR), forms: added(FORMS) };
}

/** The files that these sources need before they run. */
function filesOf(chunks: Record<string, Chunk>, sources: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const files = new Set<string>();
  const visit = (source: string) => {
    if (seen.has(source)) return;
    seen.add(source);
    const chunk = chunks[source];
    if (!chunk) throw new Error(`The build of the console has no ${source}.`);
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
    for (const imported of chunk.imports ?? []) visit(imported);
  };
  for (const source of sources) visit(source);
  return files;
}

const sum = (files: ReadonlySet<string>) => [...files].reduce((bytes, file) => bytes + weightOf(file), 0);

/** The build stores the gzipped form of each file that it makes smaller. */
function weightOf(file: string): number {
  const path = join(CONSOLE_DIR, file);
  return (statSync(`${path}.gz`, { throwIfNoEntry: false }) ?? statSync(path)).size;
}
