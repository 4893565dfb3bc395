import { CompletionContext } from '@codemirror/autocomplete';
import { json } from '@codemirror/lang-json';
import { ensureSyntaxTree } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { expect, test } from 'vitest';
import {
  completeSchema,
  KEYWORD_VALUES,
  SCHEMA_KEYWORDS,
} from '../../src/console/parts/schema-completion.ts';
import { formatOf } from '../../src/json/schema/formats.ts';
import { KEYWORDS_OF_ARRAYS } from '../../src/json/schema/keywords-of-arrays.ts';
import { KEYWORDS_OF_OBJECTS } from '../../src/json/schema/keywords-of-objects.ts';
import { KEYWORDS_OF_REFERENCES } from '../../src/json/schema/keywords-of-references.ts';
import { KEYWORDS_OF_SCHEMAS } from '../../src/json/schema/keywords-of-schemas.ts';
import { KEYWORDS_OF_VALUES } from '../../src/json/schema/keywords-of-values.ts';

test('the service checks each keyword and each format that is completed', () => {
  const known = Object.keys({
    ...KEYWORDS_OF_ARRAYS,
    ...KEYWORDS_OF_OBJECTS,
    ...KEYWORDS_OF_REFERENCES,
    ...KEYWORDS_OF_SCHEMAS,
    ...KEYWORDS_OF_VALUES,
  });
  expect(known).toEqual(expect.arrayContaining(Object.keys(SCHEMA_KEYWORDS)));
  expect(KEYWORD_VALUES.format!.filter((name) => !formatOf(name))).toEqual([]);
});

test.each([
  ['{"|', 'type'],
  ['{"type": "object", "|}', 'type'],
  ['{"type": "object",\n  "req|\n}', 'type'],
  ['{"properties": {"colour": {"|', 'type'],
  ['{"allOf": [{"|', 'type'],
  ['{"type": "|', 'string'],
  ['{"type": ["string", "|', 'string'],
  // A long schema, of which the end decides.
  [`{"allOf": [${'{"enum":["]x"]},'.repeat(20_000)} {"type": "|`, 'string'],
  ['{"type": "object", "properties": {"on": {"type": "string", "format": "da|"}}}', 'date'],
  // Names and texts that the author chooses.
  ['{"properties": {"|', null],
  ['{"properties": {"colour": {}, "si|', null],
  ['{"required": ["|', null],
  ['{"title": "ty|', null],
  ['{"const": {"|', null],
  ['{"type": |', null],
])('in %.60s the first completion is %s', (marked, first) => {
  const at = marked.indexOf('|');
  const state = EditorState.create({ doc: marked.replace('|', ''), extensions: [json()] });
  ensureSyntaxTree(state, state.doc.length, 5_000);
  const found = completeSchema(new CompletionContext(state, at, false));
  expect(found?.options[0]?.displayLabel ?? null).toBe(first);
});
