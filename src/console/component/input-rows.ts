import { isJsonObject } from '../api/exact-numbers.ts';
import { randomKey } from '../parts/random-key.ts';
import {
  choicesOf,
  isChoice,
  isTexts,
  type Kind,
  kindNamed,
  kindOf,
  type Schema,
  withKind,
} from './input-kinds.ts';
import { limitMistakes } from './input-limits.ts';

/** The inputs of a component as rows. They are a view of its JSON Schema, which remains what is stored. */
export type InputRows = {
  /** The schema that the rows were made from. What they do not show stays as it is there. */
  base: Schema;
  rows: readonly InputRow[];
};

export type InputRow = {
  /** Identifies the row on the page. */
  key: string;
  /** The input's name in the base; null if it was added. */
  origin: string | null;
  name: string;
  isRequired: boolean;
  /** The schema of the input; any JSON where the row cannot show it. */
  schema: unknown;
};

/** The rows of a schema; null if rows cannot show it. */
export function rowsOf(base: Schema): InputRows | null {
  const { type = 'object', properties = {}, required = [] } = base;
  if (type !== 'object' || !isJsonObject(properties) || !isTexts(required)) return null;
  const names = Object.keys(properties);
  if (names.length > ROWS_AT_MOST) return null;
  return { base, rows: names.map((name) => rowIn(base, name, randomKey())) };
}

/** With more rows, each key that is pressed would take long. */
export const ROWS_AT_MOST = 100;

/** The parts of a schema that rows show. */
type Shown = { properties?: Schema; required?: readonly string[] };

function rowIn(base: Shown, name: string, key: string): InputRow {
  const { properties = {}, required = [] } = base;
  return { key, origin: name, name, isRequired: required.includes(name), schema: properties[name] };
}

/**
 * The schema of rows; that of rows that were not changed is the one they were made from. It has a row with a mistake as it
 * was there, and not at all if the row was added.
 */
export function schemaOf({ base, rows: all }: InputRows): Schema {
  const { properties, required }: Shown = base;
  const rows = all.flatMap((row) => {
    if (isRight(row, all)) return [row];
    return row.origin === null ? [] : [rowIn(base, row.origin, row.key)];
  });
  const rowAt = new Map(rows.map((row) => [row.origin, row]));
  const stillRequired = (required ?? []).flatMap((name) => {
    const row = rowAt.get(name);
    if (row) return row.isRequired ? [row.name] : [];
    const isRemoved = properties !== undefined && Object.hasOwn(properties, name);
    return isRemoved || rows.some((added) => added.name === name) ? [] : [name];
  });
  const newlyRequired = rows.filter(
    ({ origin, isRequired }) => isRequired && (origin === null || !required?.includes(origin)),
  );
  const allRequired = [...stillRequired, ...newlyRequired.map(({ name }) => name)];
  return {
    ...base,
    ...((properties || rows.length > 0) && {
      properties: Object.fromEntries(rows.map(({ name, schema }) => [name, schema])),
    }),
    ...((required || allRequired.length > 0) && { required: allRequired }),
  };
}

export const newRow = (): InputRow => ({
  key: randomKey(),
  origin: null,
  name: '',
  isRequired: false,
  schema: withKind({}, 'text'),
});

/** The kind of a row's input; null if the input is written in JSON. */
export const kindOfRow = ({ origin, schema }: InputRow): Kind | null =>
  // No field can show a name that is empty.
  origin === '' ? null : kindOf(schema);

/** The mistakes in a row, by field. */
export type RowMistakes = { [field in 'name' | 'choices' | 'least' | 'most']?: string };

export function mistakesIn(row: InputRow, rows: readonly InputRow[]): RowMistakes {
  const kind = kindOfRow(row);
  if (kind === null) return {};
  const schema = row.schema as Schema;
  const mistakes: RowMistakes = {};
  if (row.name === '') mistakes.name = 'Enter a name.';
  else if (rows.some(({ key, name }) => key !== row.key && name === row.name))
    mistakes.name = 'Another input has this name.';
  if (isChoice(kind) && choicesOf(schema).length === 0) mistakes.choices = 'Enter at least one choice.';
  const { limits } = kindNamed(kind);
  return limits ? { ...mistakes, ...limitMistakes(schema, limits) } : mistakes;
}

const isRight = (row: InputRow, rows: readonly InputRow[]) => Object.keys(mistakesIn(row, rows)).length === 0;

export const isFinished = ({ rows }: InputRows) => rows.every((row) => isRight(row, rows));

/** The keywords of a schema that its rows do not show. */
export const keywordsBeside = ({ base }: InputRows): string[] =>
  Object.keys(base).filter((keyword) => !['type', 'properties', 'required'].includes(keyword));
