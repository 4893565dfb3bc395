import { GraphQLError, Kind, type ValueNode, type VariableNode } from 'graphql';
import { isJsonObject, type Json, type JsonObject } from '../../json/json.ts';
import { readNumber } from '../../json/number.ts';
import { builder } from './builder.ts';

builder.scalarType('DateTime', {
  description:
    'A date and time in the format of RFC 3339, such as 2026-03-09T16:05:00.000Z. Responses are in UTC, to the millisecond. Inputs may have any offset, within the years 0001 to 9999.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time.html',
  serialize: (moment) => (typeof moment === 'string' ? jsonMoment(moment) : writeMoment(moment)) as never,
  parseValue: readMoment,
  parseLiteral: (node) => readMoment(node.kind === Kind.STRING ? node.value : undefined),
});

builder.scalarType('JSON', {
  description:
    'Any JSON value. Numbers keep all their digits, beyond 2^53 too; 1e2 reads as 100. Inputs with -0, with a number of more than 1,000 digits or with a key twice in an object are rejected.',
  parseValue: (value) => value as Json,
  parseLiteral: (node, variables) => readLiteral(node, variables),
});

builder.scalarType('JSONObject', {
  description: 'A JSON object. Its values follow the rules of JSON.',
  parseValue: readObject,
  parseLiteral: (node, variables) => readObject(readLiteral(node, variables)),
});

/** Converts a moment from PostgreSQL's JSON form: 2026-03-09T16:05:00.12+00:00. */
const jsonMoment = (text: string) => `${text.slice(0, 19)}.${text.slice(20, -6).padEnd(3, '0')}Z`;

/**
 * Formats a moment as toISOString does, in a tenth of the time: the date's text is cached, since moments written
 * together are mostly of one day.
 */
function writeMoment(moment: Date): string {
  const time = moment.getTime();
  const day = Math.floor(time / DAY_MS);
  if (day !== lastDay.day) lastDay = { day, text: moment.toISOString().slice(0, 'yyyy-mm-ddT'.length) };
  const ms = time - day * DAY_MS;
  const seconds = Math.floor(ms / 1_000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return `${lastDay.text}${TWO[hours]}:${TWO[minutes % 60]}:${TWO[seconds % 60]}.${THREE[ms % 1_000]}Z`;
}

const DAY_MS = 86_400_000;
const padded = (digits: number) =>
  Array.from({ length: 10 ** digits }, (_, n) => String(n).padStart(digits, '0'));
const TWO = padded(2);
const THREE = padded(3);
let lastDay = { day: Number.NaN, text: '' };

const MOMENT =
  /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/i;

function readMoment(value: unknown): Date {
  const [, year, month, day] = (typeof value === 'string' && MOMENT.exec(value)) || [];
  const moment = new Date(day ? String(value).toUpperCase() : Number.NaN);
  // Date reads the 30th of February as a day in March.
  const isReal = Number(day) <= new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (Number.isNaN(moment.getTime()) || !isReal)
    throw badValue('must be a date and time in RFC 3339 format, such as 2026-03-09T16:05:00Z');
  // PostgreSQL has no year 0, and RFC 3339 no year after 9999; an offset may lead outside of that range.
  if (moment.getUTCFullYear() < 1 || moment.getUTCFullYear() > 9999)
    throw badValue('must be within the years 0001 to 9999 of UTC');
  return moment;
}

function readObject(value: unknown): JsonObject {
  if (!isJsonObject(value)) throw badValue('must be a JSON object');
  return value;
}

type Variables = { [name: string]: unknown } | null | undefined;

/**
 * Converts a literal to JSON. Its depth was checked before it was parsed (limits.ts). `path` leads to it from the
 * argument's value.
 */
function readLiteral(node: ValueNode, variables: Variables, path: readonly string[] = []): Json {
  switch (node.kind) {
    case Kind.INT:
    case Kind.FLOAT:
      return readNumber(node.value);
    case Kind.STRING:
    case Kind.BOOLEAN:
      return node.value;
    case Kind.NULL:
      return null;
    case Kind.LIST:
      return node.values.map((value, index) => readLiteral(value, variables, [...path, String(index)]));
    case Kind.OBJECT:
      return Object.fromEntries(
        node.fields
          .filter(({ value }) => value.kind !== Kind.VARIABLE || isGiven(value, variables))
          .map(({ name, value }) => [name.value, readLiteral(value, variables, [...path, name.value])]),
      );
    case Kind.VARIABLE:
      return isGiven(node, variables) ? asJson(variables![node.name.value]) : null;
    case Kind.ENUM: {
      const place = path.length === 0 ? '' : `${path.join('.')} `;
      throw badValue(`${place}must be JSON; write "${node.value}" in quotes`);
    }
  }
}

/**
 * Whether a variable has a value. Without one, its field is omitted from an object, as in input objects; in a list it
 * is null.
 */
const isGiven = ({ name }: VariableNode, variables: Variables): boolean =>
  variables != null && Object.hasOwn(variables, name.value) && variables[name.value] !== undefined;

/**
 * Converts a variable's value, of any input type, to JSON. Input objects have no prototype, and may contain moments.
 */
function asJson(value: unknown): Json {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(asJson);
  if (!isJsonObject(value) || Object.getPrototypeOf(value) !== null) return value as Json;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, asJson(child)]));
}

const badValue = (message: string) => new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } });
