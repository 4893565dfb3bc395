import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CONSOLE_DIR, MANIFEST } from '../../src/app/console-files.ts';
import { filesOf, type Manifest } from '../../src/app/console-preloads.ts';

/** The first page: what index.html loads, what every page needs, and the list of runs, to which it leads. */
const FIRST = ['index', 'app', 'RunsPage'];
const EDITOR = ['CodeView', 'JsonEditor', 'JsonDiff'];
const FORMS = ['SchemaForm'];

export type Weights = { first: number; editor: number; forms: number };

/** The gzipped bytes of JavaScript and CSS: of the first page, and what the editor and the forms add to it. */
export function consoleWeights(): Weights {
  const manifest: Manifest = JSON.parse(readFileSync(join(CONSOLE_DIR, MANIFEST), 'utf8'));
  const files = (names: readonly string[]) =>
    filesOf(
      manifest,
      names.map((name) => sourceOf(manifest, name)),
    );
  const first = files(FIRST);
  const added = (names: readonly string[]) => sum(files(names).difference(first));
  return { first: sum(first), editor: added(EDITOR), forms: added(FORMS) };
}

function sourceOf(manifest: Manifest, name: string): string {
  const source = Object.keys(manifest).find((key) => manifest[key]!.name === name);
  if (!source) throw new Error(`The build of the console has no module ${name}.`);
  return source;
}

const sum = (files: ReadonlySet<string>) => [...files].reduce((bytes, file) => bytes + weightOf(file), 0);

/** The build stores the gzipped form of each file that it makes smaller. */
function weightOf(file: string): number {
  const path = join(CONSOLE_DIR, file);
  return (statSync(`${path}.gz`, { throwIfNoEntry: false }) ?? statSync(path)).size;
}
