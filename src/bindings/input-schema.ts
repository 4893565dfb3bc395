import { Ajv2020, type ErrorObject, type Options, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { isJsonObject, type Json, type JsonObject } from '../json/json.ts';
import { withinTime } from './time-limit.ts';

/** Where `inputs` break the schema. `path` is a JSON pointer from the inputs; '' is all of them. */
export type InputError = { path: string; message: string };

/** Why a value cannot serve as an inputSchema (JSON Schema 2020-12), in a sentence that says the mend, or null. */
export function inputSchemaMistake(schema: unknown): string | null {
  if (!isJsonObject(schema)) return 'must be a JSON object; {} accepts everything';
  if ('$async' in schema) return 'must not be $async; inputs are checked at once';
  if (schema.$schema !== undefined && !DIALECT.test(String(schema.$schema))) {
    return 'must be JSON Schema 2020-12; leave $schema out or set it to https://json-schema.org/draft/2020-12/schema';
  }
  try {
    const trial = withinTime(COMPILE_MS, () => {
      const mistake = metaSchemaMistake(schema);
      if (mistake === null) compile(schema).validate({});
      return mistake;
    });
    return trial.done ? trial.value : 'takes too long to compile; make it smaller';
  } catch (error) {
    return explain(error);
  }
}

/**
 * Judges inputs by a schema, at most 50 mistakes. A version is immutable, so its id keys the compiled schema; null
 * (a schema that is not stored) compiles anew. Never throws, and never takes longer than twice CHECK_MS.
 */
export function checkInputs(versionId: string | null, schema: JsonObject, inputs: JsonObject): InputError[] {
  if (Object.keys(schema).length === 0) return [];
  try {
    const compiled = compiledFor(versionId, schema);
    if (compiled.isPlain && JSON.stringify(inputs).length <= PLAIN_LENGTH) return judge(compiled, inputs);
    const checked = withinTime(CHECK_MS, () => judge(compiled, inputs));
    return checked.done
      ? checked.value
      : [{ path: '', message: 'takes too long to check by the inputSchema' }];
  } catch (error) {
    return [{ path: '', message: `cannot be checked: the component's inputSchema ${explain(error)}` }];
  }
}

type Compiled = { validate: ValidateFunction; isPlain: boolean };

const DIALECT = /^https?:\/\/json-schema\.org\/draft\/2020-12\/schema#?$/;
const COMPILE_MS = 1_000;
const CHECK_MS = 200;
const MOST_ERRORS = 50;
const MOST_COMPILED = 1_000;

// Keywords whose work can outgrow the size of the inputs. A small schema without them needs no watch on small inputs.
const WATCHED = /"(?:pattern|patternProperties|uniqueItems|\$ref|\$dynamicRef|\$recursiveRef)":/;
const PLAIN_LENGTH = 8_192;

const OPTIONS: Options = {
  strict: false,
  allErrors: true,
  logger: false,
  // Without it `required: ["constructor"]` is met by every object's prototype.
  ownProperties: true,
  // Copying a definition into each reference would let a small schema grow without bound.
  inlineRefs: false,
};

const compiledByVersion = new Map<string, Compiled>();
let metaSchema: Ajv2020 | undefined;

function metaSchemaMistake(schema: JsonObject): string | null {
  metaSchema ??= new Ajv2020(OPTIONS);
  if (metaSchema.validateSchema(schema)) return null;
  const error = metaSchema.errors?.[0];
  return `is not a valid JSON Schema: ${error?.instancePath || 'it'} ${error?.message}`;
}

/** Each schema has an Ajv of its own, so that an $id of one is never seen by another. */
function compile(schema: JsonObject): Compiled {
  const ajv = new Ajv2020({ ...OPTIONS, validateSchema: false });
  formats.default(ajv);
  const text = JSON.stringify(schema);
  return { validate: ajv.compile(schema), isPlain: text.length <= PLAIN_LENGTH && !WATCHED.test(text) };
}

/** Keeps the most recently used. */
function compiledFor(versionId: string | null, schema: JsonObject): Compiled {
  if (versionId === null) return compileWatched(schema);
  const compiled = compiledByVersion.get(versionId) ?? compileWatched(schema);
  compiledByVersion.delete(versionId);
  compiledByVersion.set(versionId, compiled);
  if (compiledByVersion.size > MOST_COMPILED) {
    compiledByVersion.delete(compiledByVersion.keys().next().value as string);
  }
  return compiled;
}

function compileWatched(schema: JsonObject): Compiled {
  const compiled = withinTime(COMPILE_MS, () => compile(schema));
  if (!compiled.done) throw new Error('takes too long to compile');
  return compiled.value;
}

function judge({ validate }: Compiled, inputs: JsonObject): InputError[] {
  if (validate(inputs)) return [];
  const errors = validate.errors ?? [];
  validate.errors = null;
  return errors.slice(0, MOST_ERRORS).map(tell);
}

/** Points at the property in question, where Ajv points at the object around it. */
function tell({ keyword, instancePath, params, message = 'is not valid' }: ErrorObject): InputError {
  switch (keyword) {
    case 'required':
    case 'dependentRequired':
      return { path: `${instancePath}/${escapePointer(params.missingProperty)}`, message: 'is required' };
    case 'additionalProperties':
      return {
        path: `${instancePath}/${escapePointer(params.additionalProperty)}`,
        message: 'is not allowed',
      };
    case 'unevaluatedProperties':
      return {
        path: `${instancePath}/${escapePointer(params.unevaluatedProperty)}`,
        message: 'is not allowed',
      };
    case 'enum':
      return { path: instancePath, message: `must be one of ${listed(params.allowedValues)}` };
    case 'const':
      return { path: instancePath, message: `must be ${listed([params.allowedValue])}` };
    default:
      return { path: instancePath, message };
  }
}

/** The JSON pointer to an input. */
export const inputPointer = (inputKey: string) => `/${escapePointer(inputKey)}`;

const escapePointer = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1');

function listed(values: Json[]): string {
  const text = values.slice(0, 20).map((value) => JSON.stringify(value));
  return text.join(', ').slice(0, 500).toWellFormed();
}

/** Ajv's words for a schema that does not compile, with the mend where we know it. */
function explain(error: unknown): string {
  if (error instanceof RangeError) return 'has references that never end; break the circle';
  const message = error instanceof Error ? error.message : String(error);
  if (message.startsWith("can't resolve reference")) {
    return `has a $ref that leads out of it (${message}); only references within the schema are followed, like #/$defs/name`;
  }
  return `is not a valid JSON Schema: ${message}`;
}
