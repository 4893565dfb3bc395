import { createHash } from 'node:crypto';
import {
  buildSchema,
  GraphQLError,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  printSchema,
  specifiedScalarTypes,
} from 'graphql';

type Source = { text: string; __typename: string } | undefined;

/**
 * A copy of a schema, with its types and scalars, whose fields answer with what they were given: each value follows from the
 * field, its arguments and the object that it is a field of, so that two executions of one operation can be compared whole.
 * Some values are null, some fields fail, and some answer later.
 */
export function tellingSchema(original: GraphQLSchema): GraphQLSchema {
  const schema = buildSchema(printSchema(original));
  const built = new Set(specifiedScalarTypes.map(({ name }) => name));
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isScalarType(type) && !built.has(type.name)) Object.assign(type, original.getType(type.name));
    if (isInterfaceType(type)) type.resolveType = (value) => (value as Source)!.__typename;
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields()))
      field.resolve = (source: Source, args, context) => {
        const order = type === schema.getMutationType() ? placeOf(context as object) : '';
        const text = `${source?.text ?? ''}/${order}${field.name}(${told(args)})`;
        const seed = createHash('sha256').update(text).digest();
        const answer = () => {
          if (seed[0]! < 8 && !isNonNullType(field.type))
            throw new GraphQLError(`${field.name} failed`, { extensions: { code: 'BAD_REQUEST' } });
          return valueFor(schema, field.type, text, seed);
        };
        return seed[1]! < 100 ? Promise.resolve().then(answer) : answer();
      };
  }
  return schema;
}

/** Which field of a mutation this is, from 1: they are executed one after the other. */
function placeOf(context: object): number {
  const place = (places.get(context) ?? 0) + 1;
  places.set(context, place);
  return place;
}

const places = new WeakMap<object, number>();

/** Arguments as text, which tells what is absent from what is null, and a moment from a text. */
const told = (args: unknown): string =>
  JSON.stringify(args, function (this: { [key: string]: unknown }, key, value) {
    const own = this[key];
    if (own instanceof Date) return { moment: own.getTime() };
    if (own === undefined) return { undefined: true };
    return value;
  });

function valueFor(schema: GraphQLSchema, type: GraphQLOutputType, text: string, seed: Buffer): unknown {
  if (!isNonNullType(type) && seed[2]! < 20) return null;
  return presentValue(schema, type, text, seed);
}

function presentValue(schema: GraphQLSchema, type: GraphQLOutputType, text: string, seed: Buffer): unknown {
  if (isNonNullType(type)) return presentValue(schema, type.ofType, text, seed);
  if (isListType(type))
    return Array.from({ length: seed[3]! % 3 }, (_, index) =>
      presentValue(
        schema,
        type.ofType,
        `${text}[${index}]`,
        createHash('sha256').update(seed).update(`${index}`).digest(),
      ),
    );
  const named = getNamedType(type);
  if (isInterfaceType(named)) {
    const possible = schema.getPossibleTypes(named);
    return { text, __typename: possible[seed[4]! % possible.length]!.name };
  }
  if (isObjectType(named)) return { text, __typename: named.name };
  if (isEnumType(named)) return named.getValues()[seed[5]! % named.getValues().length]!.value;
  switch (named.name) {
    case 'Int':
      return seed.readUInt16BE();
    case 'Float':
      return seed.readUInt16BE() / 8;
    case 'Boolean':
      return seed[6]! < 128;
    case 'DateTime':
      return new Date(seed.readUInt32BE());
    case 'JSON':
    case 'JSONObject':
      return { text };
    default:
      return text;
  }
}
