type Schema = { [key: string]: unknown };

/** Why no form can show the inputs of a schema; null if one can. */
export function noFormReason(schema: Schema): string | null {
  const { properties } = schema;
  if (typeof properties !== 'object' || properties === null || Object.keys(properties).length === 0)
    return 'The schema names no inputs under “properties”, so the form has no fields.';
  // The form's library does not know tuples.
  if (JSON.stringify(schema).includes('"prefixItems"'))
    return `${NO_FORM} It has a list with a schema for each place (prefixItems).`;
  return null;
}

export const NO_FORM = 'No form can show this schema. Its inputs are written as JSON.';
