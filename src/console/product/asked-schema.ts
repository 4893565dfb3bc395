import { requiredFirst } from '../parts/input-order.ts';

type Schema = { [key: string]: unknown };

/** The component's schema without the inputs that bindings fill: those that a person has to enter. */
export function askedSchema(schema: Schema, boundKeys: readonly string[]): Schema {
  const { properties, required } = requiredFirst(schema);
  if (typeof properties !== 'object' || properties === null) return schema;
  const asked = Object.entries(properties).filter(([name]) => !boundKeys.includes(name));
  return {
    ...schema,
    properties: Object.fromEntries(asked),
    ...(Array.isArray(required) && { required: required.filter((name) => !boundKeys.includes(name)) }),
  };
}
