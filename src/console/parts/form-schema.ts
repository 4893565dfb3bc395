type Schema = { [key: string]: unknown };

/** Whether a form can show the schema's inputs; otherwise they are written as JSON. */
export function hasForm(schema: Schema): boolean {
  const { properties } = schema;
  return (
    typeof properties === 'object' &&
    properties !== null &&
    Object.keys(properties).length > 0 &&
    // The form's library does not know tuples.
    !JSON.stringify(schema).includes('"prefixItems"')
  );
}
