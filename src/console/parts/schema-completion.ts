import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { syntaxTree } from '@codemirror/language';

/** Keywords of JSON Schema that people need most, each with what it is for. */
export const SCHEMA_KEYWORDS: Readonly<Record<string, string>> = {
  type: 'the kind of value',
  properties: 'the inputs of an object',
  required: 'the inputs that must be there',
  title: 'the label of the field',
  description: 'the help below the field',
  enum: 'the only values',
  const: 'the only value',
  format: 'such as date or email',
  minLength: 'characters at least',
  maxLength: 'characters at most',
  pattern: 'a regular expression',
  minimum: 'the least number',
  maximum: 'the greatest number',
  exclusiveMinimum: 'greater than',
  exclusiveMaximum: 'less than',
  multipleOf: 'such as 0.01 for prices',
  items: 'the schema of each item of a list',
  minItems: 'items at least',
  maxItems: 'items at most',
  uniqueItems: 'no item twice',
  additionalProperties: 'false: no other inputs',
  examples: 'values that show what is meant',
  oneOf: 'exactly one of these schemas',
  anyOf: 'at least one of these schemas',
  allOf: 'each of these schemas',
  not: 'anything but this schema',
  $defs: 'schemas to refer to',
  $ref: 'refers to a schema, such as #/$defs/address',
};

/** The values of keywords that have few. */
export const KEYWORD_VALUES: Readonly<Record<string, readonly string[]>> = {
  type: ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'],
  format: ['date', 'date-time', 'time', 'email', 'uri', 'uuid'],
};

/** Keywords whose value has names that the author chooses, not keywords. */
const NAMED = /^"(properties|patternProperties|\$defs|dependentRequired|examples|const|enum)"$/;

/** The characters before the cursor that decide what may follow. A schema may be long, and this runs at each key. */
const LOOKED_AT = 500;

/** Completes the keywords of a JSON Schema where a name begins, and their values. */
export function completeSchema(context: CompletionContext): CompletionResult | null {
  const word = context.matchBefore(/"[$\w-]*/);
  if (!word) return null;
  const before = context.state.sliceDoc(Math.max(0, word.from - LOOKED_AT), word.from).trimEnd();
  const keyword = /"(\w+)"\s*:(\s*\[[^\]]*)?$/.exec(before)?.[1] ?? '';
  const options =
    KEYWORD_VALUES[keyword]?.map(valueOption) ?? (isKey(context, word.from, before) ? KEYS : []);
  return options.length > 0 ? { from: word.from, options, validFor: /^"[$\w-]*$/ } : null;
}

/** Whether a keyword may begin here: in an object that is a schema. */
function isKey({ state }: CompletionContext, from: number, before: string): boolean {
  if (!/[{,]$/.test(before)) return false;
  let node = syntaxTree(state).resolveInner(from, -1);
  while (node.name !== 'Object' && node.name !== 'Array' && node.parent) node = node.parent;
  const name = node.parent?.getChild('PropertyName');
  return node.name === 'Object' && !(name && NAMED.test(state.sliceDoc(name.from, name.to)));
}

const KEYS: readonly Completion[] = Object.entries(SCHEMA_KEYWORDS).map(
  ([name, detail], index, { length }) => ({
    label: `"${name}"`,
    displayLabel: name,
    detail,
    apply: `"${name}": `,
    boost: length - index,
  }),
);

const valueOption = (value: string): Completion => ({ label: `"${value}"`, displayLabel: value });
