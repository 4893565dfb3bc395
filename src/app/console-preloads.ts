/** Vite's manifest of the build: each entry and each lazily loaded module by its source, a shared file by its own name. */
export type Manifest = { [source: string]: Chunk };
type Chunk = { file: string; name?: string; css?: string[]; imports?: string[] };

/**
 * Links to the files that an address needs besides those of index.html, so that the browser requests all of them at once:
 * those of every page, and those of a page in the navigation. /admin/runs has its component in RunsPage.tsx.
 */
export function preloadLinks(manifest: Manifest, path: string): string {
  const page = path === '/' ? 'runs' : /^\/admin\/([a-z]+)$/.exec(path)?.[1];
  const named = (name: string) =>
    filesOf(
      manifest,
      Object.keys(manifest).filter((source) => manifest[source]!.name === name),
    );
  const ofPage = page ? named(`${page[0]!.toUpperCase()}${page.slice(1)}Page`) : new Set<string>();
  const added = named('app').union(ofPage).difference(named('index'));
  return [...added].map((file) => linkTo(`/${file}`)).join('');
}

/** The files that modules need before they run, by their sources. */
export function filesOf(manifest: Manifest, sources: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const files = new Set<string>();
  const visit = (source: string) => {
    if (seen.has(source)) return;
    seen.add(source);
    const { file, css = [], imports = [] } = manifest[source]!;
    for (const needed of [file, ...css]) files.add(needed);
    for (const imported of imports) visit(imported);
  };
  for (const source of sources) visit(source);
  return files;
}

/** A style is applied when the code that needs it is loaded, in the order of the imports: until then it holds up no paint. */
const linkTo = (url: string) =>
  url.endsWith('.css')
    ? `<link rel="preload" as="style" crossorigin href="${url}">`
    : `<link rel="modulepreload" crossorigin href="${url}">`;
