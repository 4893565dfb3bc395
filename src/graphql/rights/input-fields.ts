import { type GraphQLInputType, getNamedType, isInputObjectType, Kind, type ValueNode } from 'graphql';

/** The value of an argument or variable: a literal of the document, or what the client sent. */
export type Given = { literal: ValueNode } | { value: unknown };

/** The value of a variable; null while it is not known. */
export type VariableOf = (name: string) => Given | null;

/**
 * The input fields that a value sets, such as `RunFilter.status`; a field that is null is not set. A variable that is not
 * known may set every field of its type.
 */
export function* inputFieldsOf(
  type: GraphQLInputType,
  given: Given,
  variableOf: VariableOf,
): Generator<string, void, void> {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return;
  const known = resolved(given, variableOf);
  if (known === null) return yield* allFieldsOf(named);
  for (const item of itemsOf(known)) yield* inputFieldsOf(named, item, variableOf);
  const fields = named.getFields();
  for (const [name, inner] of membersOf(known)) {
    if (isNull(resolved(inner, variableOf))) continue;
    yield `${named.name}.${name}`;
    if (Object.hasOwn(fields, name)) yield* inputFieldsOf(fields[name]!.type, inner, variableOf);
  }
}

function* allFieldsOf(type: GraphQLInputType, seen = new Set<string>()): Generator<string, void, void> {
  const named = getNamedType(type);
  if (!isInputObjectType(named) || seen.has(named.name)) return;
  seen.add(named.name);
  for (const { name, type: inner } of Object.values(named.getFields())) {
    yield `${named.name}.${name}`;
    yield* allFieldsOf(inner, seen);
  }
}

/** The value of a condition of @skip or @include; undefined while it is not known. */
export function conditionOf(given: Given, variableOf: VariableOf): boolean | undefined {
  const known = resolved(given, variableOf);
  const value =
    known && 'literal' in known ? known.literal.kind === Kind.BOOLEAN && known.literal.value : known?.value;
  return typeof value === 'boolean' ? value : undefined;
}

function resolved(given: Given, variableOf: VariableOf): Given | null {
  return 'literal' in given && given.literal.kind === Kind.VARIABLE
    ? variableOf(given.literal.name.value)
    : given;
}

const isNull = (given: Given | null): boolean =>
  given !== null && ('literal' in given ? given.literal.kind === Kind.NULL : given.value == null);

function itemsOf(given: Given): Given[] {
  if ('literal' in given)
    return given.literal.kind === Kind.LIST ? given.literal.values.map((literal) => ({ literal })) : [];
  return Array.isArray(given.value) ? given.value.map((value) => ({ value })) : [];
}

function membersOf(given: Given): [string, Given][] {
  if ('literal' in given)
    return given.literal.kind === Kind.OBJECT
      ? given.literal.fields.map(({ name, value: literal }) => [name.value, { literal }])
      : [];
  const { value } = given;
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).map(([name, inner]) => [name, { value: inner }])
    : [];
}
