/** A decoded text. `at[i]` is the index of its i-th code unit in the original; null when the view is the original. */
export type View = { text: string; at: Uint32Array | null };

/**
 * The text itself, and its views with the escapes of JSON (up to three levels), URLs (up to two), HTML and line
 * wrapping undone. The time is linear in the text.
 */
export function viewsOf(text: string): Iterable<View> {
  const view: View = { text, at: null };
  return ANY_ESCAPE.test(text) ? decodedViews(view) : [view];
}

function* decodedViews(original: View): Generator<View> {
  let view: View | null = original;
  for (let level = 0; view && level <= JSON_LEVELS; level += 1) {
    yield view;
    const url = decoded(view, URL_ESCAPE, fromUrl);
    if (url) yield url;
    const urlTwice = url && decoded(url, URL_ESCAPE, fromUrl);
    if (urlTwice) yield urlTwice;
    const html = decoded(view, HTML_ESCAPE, fromHtml);
    if (html) yield html;
    const unwrapped = decoded(view, LINE_BREAK, () => '');
    if (unwrapped) yield unwrapped;
    view = decoded(view, JSON_ESCAPE, fromJson);
  }
}

/** The range in the original of the view's code units from `start` up to `end`; escapes are included whole. */
export function placeOf({ at }: View, start: number, end: number): { start: number; end: number } {
  if (!at) return { start, end };
  let after = end;
  while (after < at.length - 1 && at[after] === at[end - 1]) after += 1;
  return { start: at[start]!, end: at[after]! };
}

const JSON_LEVELS = 3;
const ANY_ESCAPE = /[\\%+&\n]/;

const JSON_ESCAPE = /\\(?:u[0-9a-f]{4}|x[0-9a-f]{2}|["'\\/bfnrt])/gi;
const LETTER_ESCAPES: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const fromJson = (code: string): string =>
  code.length > 2
    ? String.fromCharCode(Number.parseInt(code.slice(2), 16))
    : (LETTER_ESCAPES[code[1]!] ?? code[1]!);

// Each match is one character of UTF-8, or a form's +, which is a space.
const URL_ESCAPE =
  /%[0-7][0-9a-f]|%[cd][0-9a-f]%[89ab][0-9a-f]|%e[0-9a-f](?:%[89ab][0-9a-f]){2}|%f[0-7](?:%[89ab][0-9a-f]){3}|\+/gi;
const fromUrl = (code: string): string =>
  code === '+' ? ' ' : Buffer.from(code.replaceAll('%', ''), 'hex').toString();

const HTML_ESCAPE = /&(?:#\d{1,7}|#x[0-9a-f]{1,6}|amp|lt|gt|quot|apos);/gi;
const NAMED_ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
function fromHtml(entity: string): string {
  const name = entity.slice(1, -1).toLowerCase();
  if (!name.startsWith('#')) return NAMED_ENTITIES[name]!;
  const point = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return point <= 0x10ffff ? String.fromCodePoint(point) : entity;
}

const LINE_BREAK = /\r?\n[ \t]{0,80}/g;

/** Replaces each match in the view by the characters it stands for; null when nothing matches. */
function decoded(view: View, escapes: RegExp, meaning: (match: string) => string): View | null {
  const { text, at } = view;
  const first = text.search(escapes);
  if (first === -1) return null;
  const places = new Uint32Array(text.length + 1);
  const parts: string[] = [];
  let length = 0;
  let from = 0;
  const copyTo = (end: number) => {
    parts.push(text.slice(from, end));
    for (let index = from; index < end; index += 1) places[length++] = at ? at[index]! : index;
  };
  escapes.lastIndex = first;
  for (let match = escapes.exec(text); match; match = escapes.exec(text)) {
    copyTo(match.index);
    const meant = meaning(match[0]);
    parts.push(meant);
    for (let unit = 0; unit < meant.length; unit += 1) places[length++] = at ? at[match.index]! : match.index;
    from = match.index + match[0].length;
  }
  copyTo(text.length);
  places[length] = at ? at[text.length]! : text.length;
  return { text: parts.join(''), at: places.subarray(0, length + 1) };
}
