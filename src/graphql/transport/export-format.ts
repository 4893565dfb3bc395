import type { Json } from '../../json/json.ts';

/** A run as the export's operation returns it: scalars, objects of scalars, and JSON. */
export type ExportedRun = { readonly [field: string]: unknown };

/** The texts of an export: one before the first run, and one for each run. */
export type ExportFormat = { type: string; head: string; line(run: ExportedRun): string };

/** One JSON object a line, as the API returns it. */
export const NDJSON: ExportFormat = {
  type: 'application/x-ndjson; charset=utf-8',
  head: '',
  line: (run) => `${JSON.stringify(run)}\n`,
};

/** CSV as in RFC 4180, with these columns. A column is a path of fields, such as `component.key`. */
export const csvOf = (columns: readonly string[]): ExportFormat => ({
  type: 'text/csv; charset=utf-8; header=present',
  head: row(columns),
  line: (run) => row(columns.map((column) => cell(valueAt(run, column.split('.'))))),
});

const row = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\r\n`;

function valueAt(run: ExportedRun, path: string[]): unknown {
  return path.reduce<unknown>((value, field) => (value as ExportedRun | null)?.[field], run);
}

const cell = (value: unknown): string => {
  if (value == null) return '';
  return inert(typeof value === 'object' ? JSON.stringify(value as Json) : String(value));
};

/**
 * Spreadsheets execute a cell that begins with one of these characters as a formula. An apostrophe makes it text. The
 * wide forms are those that spreadsheets treat alike.
 */
const inert = (text: string): string => (/^[=+\-@\t\r\n＝＋－＠]/u.test(text) ? `'${text}` : text);

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
