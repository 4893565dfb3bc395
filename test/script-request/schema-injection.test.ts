import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const PLANTED = `
  const mark = "globalThis.ran = true";
  const texts = [
    mark, "'+(" + mark + ")+'", '"+(' + mark + ')+"', '\${' + mark + '}', '*/' + mark + '/*', ';' + mark + ';//',
    "\\u2028" + mark, "]);" + mark + ";([", '__proto__', 'constructor', 'x\\\\";' + mark + '//',
  ];
  const places = {
    'a property name': (t) => ({ properties: { [t]: { type: 'string' } }, required: [t] }),
    'additional property names': (t) => ({ properties: { [t]: {} }, additionalProperties: false, unevaluatedProperties: false }),
    'an enum': (t) => ({ properties: { a: { enum: [t, { [t]: t }] } } }),
    'a const': (t) => ({ const: { [t]: t } }),
    'a dependency': (t) => ({ dependentRequired: { [t]: [t] }, dependentSchemas: { [t]: false } }),
    'a pattern': (t) => ({ properties: { a: { pattern: t } } }),
    'a pattern of names': (t) => ({ patternProperties: { [t]: { type: 'null' } }, additionalProperties: false }),
    'a format': (t) => ({ properties: { a: { format: t } } }),
    'a type': (t) => ({ type: t }),
    'an $id': (t) => ({ $id: t, properties: { a: { $id: 'b/' + t } } }),
    'an $anchor': (t) => ({ $anchor: t, $ref: '#' + t }),
    'a reference': (t) => ({ $ref: t }),
    'a definition': (t) => ({ $defs: { [t]: { type: 'string' } }, properties: { a: { $ref: '#/$defs/' + encodeURIComponent(t) } } }),
    'a dynamic anchor': (t) => ({ $dynamicAnchor: t, properties: { a: { $dynamicRef: '#' + t } } }),
    'a dialect': (t) => ({ $schema: t }),
    'a limit': (t) => ({ minProperties: t }),
    'a title': (t) => ({ title: t, description: t, $comment: t }),
    'an unknown keyword': (t) => ({ [t]: t, properties: { a: { [t]: { $ref: '#' } } } }),
    'a default': (t) => ({ properties: { a: { default: t, examples: [t] } } }),
  };
  const inputs = (t) => [{}, { a: t }, { [t]: t }, { a: { [t]: t } }];
  for (const [place, schemaWith] of Object.entries(places)) {
    for (const text of texts) {
      const schema = JSON.parse(JSON.stringify(schemaWith(text)));
      await inputSchemaMistake(schema);
      for (const values of inputs(text)) {
        try {
          await checkInputs(null, schema, values);
        } catch (error) {
          if (!(error instanceof UncheckedInputsError)) throw error;
        }
        if (globalThis.ran) throw new Error('ran by ' + place + ': ' + text);
      }
    }
  }
  await checkInputs(null, { properties: { a: { format: 'regex' } } }, { a: mark });
  let isForbidden = false;
  try { new Function('') } catch { isForbidden = true }
  if (!isForbidden || globalThis.ran || ({}).type !== undefined) throw new Error('ran');
  console.log('nothing ran');`;

test('text planted in any place of a schema never becomes code', () => {
  const module = new URL('../../src/script-request/input-schema.ts', import.meta.url);
  const source = `import { checkInputs, inputSchemaMistake, UncheckedInputsError } from ${JSON.stringify(module.href)};${PLANTED}`;
  const flags = ['--disallow-code-generation-from-strings', '--disable-warning=ExperimentalWarning'];
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [...flags, '--input-type=module', '--eval', source],
    {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      encoding: 'utf8',
    },
  );
  expect({ stdout, stderr }).toEqual({ stdout: 'nothing ran\n', stderr: '' });
});
