import { isJsonObject } from '../api/exact-numbers.ts';

/** A JSON Schema, or a part of one. */
export type Schema = { readonly [keyword: string]: unknown };

type KindOfInput = {
  /** The kind's name on screen. */
  label: string;
  /** The keywords that make a schema one of this kind. */
  shape: Schema;
  /** The least and the greatest value, length or count. */
  limits?: readonly [least: Limit, most: Limit];
};

export type Limit = { keyword: string; label: string; isWhole: boolean };

const VALUE = [
  { keyword: 'minimum', label: 'At least', isWhole: false },
  { keyword: 'maximum', label: 'At most', isWhole: false },
] as const;
const LENGTH = [
  { keyword: 'minLength', label: 'Characters at least', isWhole: true },
  { keyword: 'maxLength', label: 'Characters at most', isWhole: true },
] as const;
const COUNT = [
  { keyword: 'minItems', label: 'Items at least', isWhole: true },
  { keyword: 'maxItems', label: 'Items at most', isWhole: true },
] as const;
const CHOICE: Schema = { type: 'string', enum: [] };

/** The kinds of inputs that rows can show. */
export const KINDS = {
  text: { label: 'Text', shape: { type: 'string' }, limits: LENGTH },
  number: { label: 'Number', shape: { type: 'number' }, limits: VALUE },
  integer: { label: 'Whole number', shape: { type: 'integer' }, limits: VALUE },
  boolean: { label: 'Yes or no', shape: { type: 'boolean' } },
  choice: { label: 'One of a list', shape: CHOICE },
  choices: {
    label: 'Several of a list',
    shape: { type: 'array', items: CHOICE, uniqueItems: true },
    limits: COUNT,
  },
  date: { label: 'Date', shape: { type: 'string', format: 'date' } },
  dateTime: { label: 'Date and time', shape: { type: 'string', format: 'date-time' } },
  email: { label: 'Email address', shape: { type: 'string', format: 'email' } },
  uri: { label: 'Web address', shape: { type: 'string', format: 'uri' } },
  texts: { label: 'List of texts', shape: { type: 'array', items: { type: 'string' } }, limits: COUNT },
  object: { label: 'Object', shape: { type: 'object' } },
} satisfies Record<string, KindOfInput>;

export type Kind = keyof typeof KINDS;

export const kindNamed = (kind: Kind): KindOfInput => KINDS[kind];

/** The kind of an input; null if its schema is none that rows can show. */
export function kindOf(schema: unknown): Kind | null {
  if (!isJsonObject(schema)) return null;
  const { type, format, items } = schema;
  if ('enum' in schema)
    return isTexts(schema.enum) && (type === undefined || type === 'string') ? 'choice' : null;
  switch (type) {
    case 'string':
      return FORMATS.get(format) ?? 'text';
    case 'number':
    case 'integer':
    case 'boolean':
    case 'object':
      return type;
    case 'array':
      return LISTS.get(kindOf(items)) ?? null;
    default:
      return null;
  }
}

const FORMATS = new Map<unknown, Kind>([
  ['date', 'date'],
  ['date-time', 'dateTime'],
  ['email', 'email'],
  ['uri', 'uri'],
]);

/** The kinds of lists by the kind of their items. */
const LISTS = new Map<Kind | null, Kind>([
  ['text', 'texts'],
  ['choice', 'choices'],
]);

/** Whether a value is a list of texts, none of which occurs twice. */
export const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) &&
  value.every((item) => typeof item === 'string') &&
  new Set(value).size === value.length;

/** Makes a schema one of another kind. Choices stay, and keywords that belong to no kind, such as a default. */
export function withKind(schema: Schema, kind: Kind): Schema {
  const { shape, limits } = kindNamed(kind);
  const limited = keywordsOf(limits);
  const stays = ([keyword]: [string, unknown]) => limited.includes(keyword) || !OF_KINDS.has(keyword);
  const next = { ...shape, ...Object.fromEntries(Object.entries(schema).filter(stays)) };
  const before = kindOf(schema);
  return before && isChoice(before) && isChoice(kind) ? withChoices(next, choicesOf(schema)) : next;
}

const keywordsOf = (limits: readonly Limit[] = []) => limits.map(({ keyword }) => keyword);
const OF_KINDS = new Set(
  Object.values<KindOfInput>(KINDS).flatMap(({ shape, limits }) => [
    ...Object.keys(shape),
    ...keywordsOf(limits),
  ]),
);

export const isChoice = (kind: Kind) => kind === 'choice' || kind === 'choices';

/** The values that a choice allows. */
export const choicesOf = (schema: Schema): string[] => listOf(schema).enum as string[];

export function withChoices(schema: Schema, choices: readonly string[]): Schema {
  const list = { ...listOf(schema), enum: choices };
  return 'enum' in schema ? list : { ...schema, items: list };
}

const listOf = (schema: Schema) => ('enum' in schema ? schema : schema.items) as Schema;

/** The keywords of a schema that its row does not show. */
export function otherKeywords(schema: Schema, kind: Kind): string[] {
  const { shape, limits } = kindNamed(kind);
  const shown = [...Object.keys(shape), 'title', 'description', ...keywordsOf(limits)];
  const ofItems = isJsonObject(shape.items) ? others(schema.items as Schema, Object.keys(shape.items)) : [];
  return [...others(schema, shown), ...ofItems.map((keyword) => `items.${keyword}`)];
}

const others = (schema: Schema, shown: readonly string[]) =>
  Object.keys(schema).filter((keyword) => !shown.includes(keyword));
