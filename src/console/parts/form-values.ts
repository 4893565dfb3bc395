import { type ErrorSchema, type RJSFSchema, retrieveSchema, type ValidatorType } from '@rjsf/utils';
import { isJsonObject } from '../api/exact-numbers.ts';

type Values = { [key: string]: unknown };

/** The values without the optional objects that hold no value: the form makes one for each group of fields. */
export function withoutEmptyObjects(validator: ValidatorType, schema: RJSFSchema, values: Values): Values {
  return pruned(values, schema) as Values;

  function pruned(value: unknown, part: RJSFSchema): unknown {
    if (Array.isArray(value)) return value.map((item) => pruned(item, (part.items ?? {}) as RJSFSchema));
    if (!isJsonObject(value)) return value;
    const { properties = {}, required = [] } = retrieveSchema(validator, part, schema, value);
    const entries = Object.entries(value).map(([name, inner]) => {
      if (!Object.hasOwn(properties, name)) return [name, inner] as const;
      const rest = pruned(inner, properties[name] as RJSFSchema);
      return [name, isEmptyObject(rest) && !required.includes(name) ? undefined : rest] as const;
    });
    return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined));
  }
}

const isEmptyObject = (value: unknown) => isJsonObject(value) && Object.keys(value).length === 0;

export type FormError = { path: string; message: string };

/** Errors by the place of their field, as the form's library takes them. The paths are JSON Pointers into the values. */
export function errorTree(errors: readonly FormError[]): ErrorSchema {
  const tree: ErrorTree = {};
  for (const { path, message } of errors) {
    const place = path.split('/').slice(1).reduce(branch, tree);
    place.__errors = [...((place.__errors as string[] | undefined) ?? []), message];
  }
  return tree as ErrorSchema;
}

type ErrorTree = { [key: string]: unknown };

function branch(tree: ErrorTree, part: string): ErrorTree {
  const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
  if (!Object.hasOwn(tree, name)) tree[name] = {};
  return tree[name] as ErrorTree;
}

/** A time of day as JSON Schema writes it, such as "10:30:00+02:00", in the parts of a form. */
export function readTime(text: string): { clock: string; offset: string | null } {
  const [, clock = '', seconds = ':00', offset = null] =
    /^(\d\d:\d\d)(:\d\d(?:\.\d+)?)?(z|[+-]\d\d:\d\d)?$/i.exec(text) ?? [];
  return { clock: seconds === ':00' ? clock : `${clock}${seconds}`, offset };
}

/** @param clock as a browser's time field gives it, with seconds only where there are any */
export const writeTime = (clock: string, offset: string): string =>
  `${clock.length === 5 ? `${clock}:00` : clock}${offset}`;

/** The offset from UTC of the browser's time zone, such as "+02:00". */
export function offsetAt(date: Date): string {
  const minutes = -date.getTimezoneOffset();
  const two = (count: number) => String(Math.floor(count)).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
}
