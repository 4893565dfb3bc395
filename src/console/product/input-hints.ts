import { isJsonObject } from '../api/exact-numbers.ts';
import { type StepComponent, textOf } from './product-draft.ts';

/** The schema of one input; empty if the component's schema does not name it, or says nothing about it. */
export type InputSchema = { readonly [keyword: string]: unknown };

export function inputSchemaOf({ inputSchema: { properties } }: StepComponent, inputKey: string): InputSchema {
  const schema =
    isJsonObject(properties) && Object.hasOwn(properties, inputKey) ? properties[inputKey] : null;
  return isJsonObject(schema) ? schema : {};
}

/** The input's label and help text. */
export const labelOf = ({ title, description }: InputSchema): string =>
  [title, description].filter((text) => typeof text === 'string' && text !== '').join(': ');

/** The texts of the values that an input may have; empty if the schema does not list them. */
export function choicesIn({ type, enum: values, const: only }: InputSchema): string[] {
  if (Array.isArray(values)) return [...new Set(values.map(textOf))];
  if (only !== undefined) return [textOf(only)];
  return type === 'boolean' ? ['true', 'false'] : [];
}
