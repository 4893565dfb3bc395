import type { Json } from '../../json/json.ts';

/** A value in a JSON text, and its position. */
export type JsonNode = {
  value: Json;
  start: number;
  end: number;
  members: { key: string; start: number; end: number; node: JsonNode }[];
  items: JsonNode[];
};

/** A part of a text and its replacement. */
export type Edit = { start: number; end: number; text: string };

/** Parses a text as JSON, with the position of each value; null when it is not JSON, or nested too deeply. */
export function parseNodes(text: string): JsonNode | null {
  try {
    JSON.parse(text);
    return readNode(tokensOf(text));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return null;
    throw error;
  }
}

/** Replaces parts of a text. The edits must be in the order of the text and must not overlap. */
export function withEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let from = 0;
  for (const edit of edits) {
    result += text.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return result + text.slice(from);
}

type Token = { text: string; start: number; end: number };
type Tokens = { next(): Token; peek(): Token };

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** The tokens of valid JSON. */
function tokensOf(text: string): Tokens {
  const found = text.matchAll(TOKEN);
  const read = (): Token => {
    const match = found.next().value;
    if (!match) return { text: '', start: text.length, end: text.length };
    return { text: match[0], start: match.index, end: match.index + match[0].length };
  };
  let ahead = read();
  return {
    peek: () => ahead,
    next() {
      const token = ahead;
      ahead = read();
      return token;
    },
  };
}

function readNode(tokens: Tokens): JsonNode {
  const token = tokens.next();
  if (token.text === '{') return readObject(tokens, token.start);
  if (token.text === '[') return readList(tokens, token.start);
  return { value: leafOf(token.text), start: token.start, end: token.end, members: [], items: [] };
}

function readObject(tokens: Tokens, start: number): JsonNode {
  const members: JsonNode['members'] = [];
  while (tokens.peek().text !== '}') {
    if (members.length > 0) tokens.next();
    const key = tokens.next();
    tokens.next();
    members.push({ key: JSON.parse(key.text), start: key.start, end: key.end, node: readNode(tokens) });
  }
  const value = Object.fromEntries(members.map(({ key, node }) => [key, node.value]));
  return { value, start, end: tokens.next().end, members, items: [] };
}

function readList(tokens: Tokens, start: number): JsonNode {
  const items: JsonNode[] = [];
  while (tokens.peek().text !== ']') {
    if (items.length > 0) tokens.next();
    items.push(readNode(tokens));
  }
  return { value: items.map(({ value }) => value), start, end: tokens.next().end, members: [], items };
}

const leafOf = (text: string): Json => JSON.parse(text) as Json;
