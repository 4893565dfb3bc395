import { isJsonObject, type Json } from '../json.ts';
import type { Check } from './check-run.ts';
import { compareNumbers, isJsonNumber, isWholeNumber, multipleTest, numberLength } from './decimal.ts';
import { CHARACTERS_A_STEP, canonicalText } from './equality.ts';
import { fitsFormat, formatOf } from './formats.ts';
import { countIn, type Keyword, mistake, numberIn, textIn } from './keyword.ts';

const TYPES: Record<string, { is: (value: Json) => boolean; words: string }> = {
  __proto__: null as never,
  null: { is: (value) => value === null, words: 'null' },
  boolean: { is: (value) => typeof value === 'boolean', words: 'true or false' },
  number: { is: isJsonNumber, words: 'a number' },
  integer: { is: (value) => isJsonNumber(value) && isWholeNumber(value), words: 'a whole number' },
  string: { is: (value) => typeof value === 'string', words: 'a string' },
  array: { is: Array.isArray, words: 'an array' },
  object: { is: (value) => isJsonObject(value) && !isJsonNumber(value), words: 'an object' },
};

const type: Keyword = (place) => {
  const names: Json[] = Array.isArray(place.value) ? place.value : [place.value];
  if (names.length === 0) throw mistake(place, 'must name at least one type');
  const types = names.map((name) => {
    const one = typeof name === 'string' ? TYPES[name] : undefined;
    if (!one) throw mistake(place, `must be of ${Object.keys(TYPES).join(', ')}, or an array of them`);
    return one;
  });
  if (new Set(names).size !== names.length) throw mistake(place, 'names a type twice');
  if (place.schema.nullable === true && !names.includes('null')) types.push(TYPES.null!);
  const message = `must be ${types.map(({ words }) => words).join(' or ')}`;
  const [first] = types;
  if (types.length === 1) return (value, run) => first!.is(value) || run.fail(message);
  return (value, run) => types.some(({ is }) => is(value)) || run.fail(message);
};

/** OpenAPI's `nullable`, which extends the type beside it by null. */
const nullable: Keyword = (place) => {
  if (typeof place.value !== 'boolean') throw mistake(place, 'must be true or false');
  if (place.value && place.schema.type === undefined) {
    throw mistake(
      place,
      'is OpenAPI\'s and has no meaning here without a type beside it; write type: ["string", "null"], or anyOf with {type: "null"}',
    );
  }
  const listed = place.schema.enum;
  if (place.value && Array.isArray(listed) && !listed.includes(null)) {
    throw mistake(place, 'does not let null pass the enum beside it; add null to the enum');
  }
  return null;
};

const enumeration: Keyword = (place) => {
  const values = place.value;
  if (!Array.isArray(values)) throw mistake(place, 'must be an array');
  return oneOfValues(
    values,
    values.length === 0 ? 'is not allowed: the enum is empty' : `must be one of ${listed(values)}`,
  );
};

const constant: Keyword = ({ value }) => oneOfValues([value], `must be ${listed([value])}`);

function oneOfValues(values: Json[], message: string): Check {
  const free = () => {};
  const texts = new Set(values.map((one) => canonicalText(one, free)));
  const hasContainers = values.some((one) => typeof one === 'object' && one !== null && !isJsonNumber(one));
  return (value, run) => {
    const isContainer = typeof value === 'object' && value !== null && !isJsonNumber(value);
    if (isContainer && !hasContainers) return run.fail(message);
    return texts.has(canonicalText(value, run.spend)) || run.fail(message);
  };
}

function listed(values: Json[]): string {
  const text = values.slice(0, 20).map((value) => JSON.stringify(value).slice(0, 500));
  return text.join(', ').slice(0, 500).toWellFormed();
}

/** A keyword that limits numbers. `fits` gets the sign of the value minus the limit. */
const bound =
  (words: string, fits: (sign: number) => boolean): Keyword =>
  (place) => {
    const limit = numberIn(place);
    const message = `must be ${words} ${JSON.stringify(limit)}`;
    return (value, run) => {
      if (!isJsonNumber(value)) return true;
      run.spend(numberLength(value) / CHARACTERS_A_STEP);
      return fits(compareNumbers(value, limit)) || run.fail(message);
    };
  };

const multipleOf: Keyword = (place) => {
  const divisor = numberIn(place);
  if (compareNumbers(divisor, 0) <= 0) throw mistake(place, 'must be greater than 0');
  if (numberLength(divisor) > MAX_DIGITS) throw mistake(place, `must have at most ${MAX_DIGITS} digits`);
  const isMultiple = multipleTest(divisor);
  const message = `must be a multiple of ${JSON.stringify(divisor)}`;
  return (value, run) => {
    if (!isJsonNumber(value)) return true;
    const length = numberLength(value);
    // Long numbers are divided digit by digit.
    run.spend(6 + (length * length) / (CHARACTERS_A_STEP * CHARACTERS_A_STEP));
    return isMultiple(value) || run.fail(message);
  };
};
const MAX_DIGITS = 400;

const maxLength: Keyword = (place) => {
  const limit = countIn(place);
  return (value, run) => {
    if (typeof value !== 'string' || value.length <= limit) return true;
    return (
      charactersIn(value, run.spend) <= limit || run.fail(`must have at most ${counted(limit, 'character')}`)
    );
  };
};

const minLength: Keyword = (place) => {
  const limit = countIn(place);
  return (value, run) => {
    if (typeof value !== 'string' || value.length >= limit * 2) return true;
    return (
      charactersIn(value, run.spend) >= limit || run.fail(`must have at least ${counted(limit, 'character')}`)
    );
  };
};

function charactersIn(text: string, spend: (steps: number) => void): number {
  spend(text.length / CHARACTERS_A_STEP);
  let count = 0;
  for (let at = 0; at < text.length; at += text.codePointAt(at)! > 0xffff ? 2 : 1) count += 1;
  return count;
}

const pattern: Keyword = (place) => {
  const source = textIn(place);
  const { test, size } = place.pattern(source);
  const message = `must match the pattern ${JSON.stringify(source).slice(0, 200).toWellFormed()}`;
  return (value, run) => {
    if (typeof value !== 'string') return true;
    run.spend(patternSteps(value, size));
    return test(value) || run.fail(message);
  };
};

/** The engine keeps up to `size` states for each character; mostly it keeps one. */
export const patternSteps = (text: string, size: number): number => 1 + text.length * (1 + size / 4);

const format: Keyword = (place) => {
  const name = textIn(place);
  const known = formatOf(name);
  if (!known) return null;
  const message = `must have the format "${name}"`;
  return (value, run) => {
    if (typeof value === 'string' && known.of === 'text') {
      if (value.length > known.maxLength) {
        return run.fail(`${message}; a text of that format has at most ${known.maxLength} characters`);
      }
      run.spend(value.length * known.stepsACharacter);
    }
    return fitsFormat(known, value) || run.fail(message);
  };
};

export const counted = (count: number, noun: string, nouns = `${noun}s`) =>
  `${count} ${count === 1 ? noun : nouns}`;

export const KEYWORDS_OF_VALUES: Record<string, Keyword> = {
  type,
  nullable,
  enum: enumeration,
  const: constant,
  minimum: bound('at least', (sign) => sign >= 0),
  maximum: bound('at most', (sign) => sign <= 0),
  exclusiveMinimum: bound('greater than', (sign) => sign > 0),
  exclusiveMaximum: bound('less than', (sign) => sign < 0),
  multipleOf,
  maxLength,
  minLength,
  pattern,
  format,
};
