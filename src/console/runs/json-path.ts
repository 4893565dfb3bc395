import { parseExactly } from '../api/exact-numbers.ts';

/**
 * The JSON that a payload must contain for a path to have a value: `order.lines[].sku` and 7 give
 * `{"order": {"lines": [{"sku": 7}]}}`. The value is JSON where it parses, and a text otherwise. null if it is no path.
 */
export function containing(path: string, text: string): Record<string, unknown> | null {
  const steps = path.match(/[^.[\]]+|\[\d*\]/g);
  if (!steps || !/^[^.[\]]+(\[\d*\])*(\.[^.[\]]+(\[\d*\])*)*$/.test(path)) return null;
  return steps.reduceRight<unknown>(
    (value, step) => (step.startsWith('[') ? [value] : { [step]: value }),
    jsonOrText(text),
  ) as Record<string, unknown>;
}

function jsonOrText(text: string): unknown {
  try {
    return parseExactly(text);
  } catch {
    return text;
  }
}
