import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src/json/json.ts';
import { CheckRun } from '../../../src/json/schema/check-run.ts';
import { type CompiledSchema, compile } from '../../../src/json/schema/compile.ts';
import { parseExactly } from './parse-exactly.ts';

const SUITE = 'test/fixtures/json-schema-test-suite/draft2020-12';

type Group = {
  description: string;
  schema: Json;
  tests: { description: string; data: Json; valid: boolean }[];
};

/** Schemas that need another document, or another dialect: registration says so. */
const REFUSED = /leads out of it|must be JSON Schema 2020-12/;
const isRefused = (file: string, { schema }: Group) =>
  file === 'refRemote.json' || NEEDS_OTHERS.test(JSON.stringify(schema));
const NEEDS_OTHERS =
  /"\$schema":"http:\/\/localhost|"\$ref":"(?:https:\/\/json-schema.org|tree.json|extendible-dynamic-ref.json|http:\/\/localhost:1234\/draft2020-12\/detached|[^"]*ignore-prefixItems)/;

/** Formats are asserted here, which a schema of the standard may ask for. */
const isFormatAnnotation = (description: string) => description.endsWith('is only an annotation by default');

const inputs = globSync('**/*.json', { cwd: SUITE }).sort();

describe('the JSON Schema Test Suite, draft 2020-12', () => {
  it('is there as a whole', () => {
    expect(inputs).toHaveLength(80);
  });

  it.each(inputs)('%s', (file) => {
    const groups = parseExactly(readFileSync(`${SUITE}/${file}`, 'utf8')) as unknown as Group[];
    for (const group of groups) {
      // An inputSchema is an object; a boolean schema stands within one.
      const schema = (
        typeof group.schema === 'boolean' ? { allOf: [group.schema] } : group.schema
      ) as JsonObject;
      if (isRefused(file, group)) {
        expect(() => compile(schema), group.description).toThrow(REFUSED);
        continue;
      }
      const compiled = compile(schema);
      for (const { description, data, valid } of group.tests) {
        const expected = isFormatAnnotation(description) ? false : valid;
        expect(fits(compiled, data), `${group.description}: ${description}`).toBe(expected);
      }
    }
  });
});

function fits({ check }: CompiledSchema, value: Json): boolean {
  const run = new CheckRun(1_000_000, 50);
  const result = check(value, run, null);
  expect(run.errors.length > 0).toBe(!result);
  expect(new CheckRun(1_000_000, 50).silently(check, value, null)).toBe(result);
  return result;
}
