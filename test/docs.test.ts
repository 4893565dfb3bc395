import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { unplainWords } from './support/plain-words.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: ROOT,
  encoding: 'utf8',
}).split('\n');
const pages = files.filter((path) =>
  /^(README|ARCHITECTURE|CONTRIBUTING|SECURITY)\.md$|^docs\/[^/]+\.md$|^packages\/client\/README\.md$/.test(
    path,
  ),
);

const operations = files.filter((path) => /^docs\/operations\/[^/]+\.md$/.test(path));

/** Without blocks of code. */
const proseOf = (page: string) => read(page).replace(/^```.*?^```/gms, '');

describe.each([...pages, ...operations])('%s', (page) => {
  test('has plain words alone', () => {
    const lines = proseOf(page)
      // The list of words itself.
      .replace(/^\| instead of \|.*?\n\n/ms, '')
      .replace(/`[^`]*`|https?:\S+/g, '')
      .split('\n');
    const found = lines.flatMap((line) => unplainWords(line).map((word) => `${word}: ${line}`));
    expect(found).toEqual([]);
  });

  test('links to pages and headings that exist', () => {
    const links = [...proseOf(page).matchAll(/\]\((?!https?:)([^)\s]*)\)/g)].map(([, link]) => link!);
    const broken = links.filter((link) => {
      const [path, heading] = link.split('#') as [string, string?];
      const target = path === '' ? page : join(dirname(page), path);
      if (!existsSync(join(ROOT, target))) return true;
      return heading !== undefined && !headingsOf(target).includes(heading);
    });
    expect(broken).toEqual([]);
  });

  test('names files that exist', () => {
    const names = [...read(page).matchAll(/(?<![\w/.@-])[\w.][\w/.-]*\.(?:ts|graphql)\b/g)].map(([name]) =>
      name.replace(/^\.\//, ''),
    );
    const missing = names.filter((name) => !isKnownFile(name));
    expect(missing).toEqual([]);
  });
});

/** As GitHub makes them. */
const headingsOf = (page: string) =>
  [...proseOf(page).matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
    title!
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );

/** A path from the root, or the end of one, such as `config.ts`. CONTRIBUTING's example makes two of its own. */
function isKnownFile(name: string): boolean {
  const end = `/${name.replace(/^(\.\.?\/)+/, '')}`;
  return [...files, ...EXAMPLE].some((path) => `/${path}`.endsWith(end));
}
const EXAMPLE = ['src/graphql/schema/supplier.ts', 'test/graphql/suppliers.test.ts'];

test('the index of the pages on operations leads to each, and to scaling', () => {
  const links = [...read('docs/operations/README.md').matchAll(/\]\(([\w./-]+\.md)\)/g)].map(
    ([, link]) => link!,
  );
  const others = operations
    .map((page) => page.slice('docs/operations/'.length))
    .filter((page) => page !== 'README.md');
  expect(links).toEqual(expect.arrayContaining([...others, '../scaling.md']));
});

describe('Configuration', () => {
  const CONFIGURE = 'docs/operations/configure.md';
  /** The variables in the first column of a page's tables. */
  const listedIn = (page: string) =>
    read(page)
      .split('\n')
      .filter((row) => row.startsWith('| `'))
      .flatMap((row) => [...row.split('|')[1]!.matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name!));
  const readIn = (file: string) => [
    ...new Set([...read(file).matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(([, name]) => name!)),
  ];

  test('its page lists the variables that the service reads, each once, and no others', () => {
    const ofOpenTelemetry = ['OTEL_EXPORTER_OTLP_ENDPOINT'];
    expect(listedIn(CONFIGURE).sort()).toEqual(
      [...readIn('src/config/variables.ts'), ...ofOpenTelemetry].sort(),
    );
    const secrets = read(CONFIGURE).matchAll(/^\| `([A-Z_]+)` \*file\* \|/gm);
    const inFiles = [...read('src/config/secret-files.ts').matchAll(/^ {2}'([A-Z_]+)',/gm)];
    expect([...secrets].map(([, name]) => name).sort()).toEqual(inFiles.map(([, name]) => name).sort());
  });

  test('the page on watching has the variables of OpenTelemetry that the service reads', () => {
    const page = read('docs/operations/watch.md');
    expect(
      readIn('src/config/telemetry-config.ts').filter(
        (name) => !page.includes(name) && !name.endsWith('_PROTOCOL'),
      ),
    ).toEqual([]);
  });

  test('README lists variables of that page', () => {
    const section = /## Configuration\n(.*?)\n## /s.exec(read('README.md'))![1]!;
    const listed = [...section.matchAll(/^\| .*?\|/gm)].flatMap(([row]) => [...row.matchAll(/`([A-Z_]+)`/g)]);
    expect(listed.map(([, name]) => name!).filter((name) => !listedIn(CONFIGURE).includes(name))).toEqual([]);
    expect(listed.length).toBeGreaterThan(5);
  });

  test.each([...pages, ...operations])('%s names no other variable of ours', (page) => {
    const named = read(page).match(/\bJOURNEY_RUNTIME_[A-Z_]+/g) ?? [];
    expect(named.filter((name) => !listedIn(CONFIGURE).includes(name))).toEqual([]);
  });
});

test('CONTRIBUTING names the scripts of package.json that it describes', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const named = pages
    .flatMap((page) => [...read(page).matchAll(/\bnpm run (?:-s )?([\w-]*\w)/g)])
    .map(([, name]) => name!);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
