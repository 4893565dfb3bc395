/**
 * A number of a payload whose digits a double would change, such as 820982911946154508 or 1.50. JSON.stringify writes it
 * as it was read.
 */
export class ExactNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toJSON(): unknown {
    return (JSON as unknown as { rawJSON(text: string): object }).rawJSON(this.text);
  }
}

/** The reviver of JSON.parse that leaves no number changed. Browsers from before 2025 may give it no source, and round. */
export function exactNumbers(_key: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source;
  if (typeof value !== 'number' || source === undefined || String(value) === source) return value;
  return new ExactNumber(source);
}

/** @throws SyntaxError */
export function parseExactly(text: string): unknown {
  return JSON.parse(text, exactNumbers);
}

/** Whether a value is a JSON object: no list, and no number. */
export const isJsonObject = (value: unknown): value is { [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);
