import type { Json } from '../json.ts';
import { type Check, type CheckRun, Seen } from './check-run.ts';
import { type Keyword, schemasIn } from './keyword.ts';
import { counted } from './keywords-of-values.ts';

const allOf: Keyword = (place) => {
  const checks = schemasIn(place).map((schema, index) => place.inPlace(schema, index));
  return (value, run, seen) => {
    let fits = true;
    for (const check of checks) {
      if (check(value, run, seen)) continue;
      fits = false;
      if (run.isDone) return false;
    }
    return fits;
  };
};

/** When no alternative fits, the errors of all alternatives come first, then a line that summarizes them. */
const anyOf: Keyword = (place) => {
  const checks = schemasIn(place).map((schema, index) => place.inPlace(schema, index));
  const message = `must fit at least one of the ${counted(checks.length, 'alternative')} of anyOf`;
  return (value, run, seen) => {
    const { result: fits, errors } = run.apart(() => {
      let found = false;
      for (const check of checks) {
        if (!alternative(check, value, run, seen)) continue;
        found = true;
        // The parts that other alternatives evaluate count too.
        if (!seen) break;
      }
      return found;
    });
    if (fits) return true;
    run.report(errors);
    return run.fail(message);
  };
};

const oneOf: Keyword = (place) => {
  const checks = schemasIn(place).map((schema, index) => place.inPlace(schema, index));
  const message = `must fit exactly one of the ${counted(checks.length, 'alternative')} of oneOf`;
  return (value, run, seen) => {
    const { result: fitting, errors } = run.apart(() => {
      const found: number[] = [];
      for (const [index, check] of checks.entries()) {
        if (alternative(check, value, run, seen)) found.push(index);
        if (found.length > 1) break;
      }
      return found;
    });
    if (fitting.length === 1) return true;
    if (fitting.length === 0) run.report(errors);
    const count = fitting.length === 0 ? 'none' : `those at ${fitting.join(' and ')}, counted from 0`;
    return run.fail(() => `${message}; it fits ${count}`);
  };
};

/** Checks one alternative. Its annotations count only if it fits. */
function alternative(check: Check, value: Json, run: CheckRun, seen: Seen | null): boolean {
  const own = seen && new Seen();
  if (!check(value, run, own)) return false;
  if (own) seen?.add(own);
  return true;
}

const not: Keyword = (place) => {
  const check = place.inPlace(place.value);
  return (value, run) => !run.silently(check, value, null) || run.fail('must not fit the schema under "not"');
};

/** `if`, which also applies the keywords `then` and `else` beside it. */
const condition: Keyword = (place) => {
  const test = place.inPlace(place.value);
  const pass: Check = () => true;
  const onTrue = place.sibling('then') ?? pass;
  const onFalse = place.sibling('else') ?? pass;
  return (value, run, seen) => {
    const own = seen && new Seen();
    if (!run.silently(test, value, own)) return onFalse(value, run, seen);
    if (own) seen?.add(own);
    return onTrue(value, run, seen);
  };
};

/** Checked as a schema, whether or not it is used. */
const schemaOnly: Keyword = (place) => {
  place.subschema(place.value);
  return null;
};

export const KEYWORDS_OF_SCHEMAS: Record<string, Keyword> = {
  allOf,
  anyOf,
  oneOf,
  not,
  if: condition,
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema's keyword; nothing awaits this table.
  then: schemaOnly,
  else: schemaOnly,
  contentSchema: schemaOnly,
};
