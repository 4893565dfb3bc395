import {
  isDate,
  isDateTime,
  isDuration,
  isEmail,
  isHostname,
  isIdnEmail,
  isIPv4,
  isIPv6,
  isIri,
  isIriReference,
  isJsonPointer,
  isRegex,
  isRelativeJsonPointer,
  isTime,
  isUri,
  isUriReference,
  isUriTemplate,
  isUuid,
} from '@hyperjump/json-schema-formats';
import { isIdnHostname } from 'idn-hostname';
import type { Json } from '../json.ts';
import { compareNumbers, isJsonNumber, isWholeNumber, type JsonNumber } from './decimal.ts';

/** The check of a known `format`, for strings or for numbers; values of other types fit. */
export type Format =
  | { of: 'text'; fits: (text: string) => boolean; maxLength: number; stepsACharacter: number }
  | { of: 'number'; fits: (value: JsonNumber) => boolean };

export const formatOf = (name: string): Format | undefined => FORMATS.get(name);

/**
 * A format of strings. Longer strings do not fit; together with the cost per character, this bounds the work of a
 * check.
 */
const text = (fits: (text: string) => boolean, maxLength = 4_096, stepsACharacter = 1): Format => ({
  of: 'text',
  fits,
  maxLength,
  stepsACharacter,
});
const number = (fits: (value: JsonNumber) => boolean): Format => ({ of: 'number', fits });

const isIsoTime = (value: string) => isTime(value) || isTime(`${value}Z`);
const isIsoDateTime = (value: string) =>
  isDate(value.slice(0, 10)) && /^[Tt ]$/.test(value.charAt(10)) && isIsoTime(value.slice(11));
const isWithin =
  (low: JsonNumber, high: JsonNumber) =>
  (value: JsonNumber): boolean =>
    isWholeNumber(value) && compareNumbers(low, value) <= 0 && compareNumbers(value, high) <= 0;
const MAX_HOST = 253;
const MAX_EMAIL = 320;

const FORMATS = new Map<string, Format>([
  ['date', text(isDate)],
  ['time', text((value) => isTime(value) || isLeapSecond(value))],
  ['date-time', text(isDateTime)],
  ['duration', text(isDuration)],
  ['email', text(isEmail, MAX_EMAIL, 10)],
  ['idn-email', text(isInternationalEmail, MAX_EMAIL, 100)],
  ['hostname', text((value) => isHostname(value) && isIdnHostname(value), MAX_HOST, 100)],
  [
    'idn-hostname',
    text((value) => !/[.\uff0e\u3002\uff61]$/.test(value) && isIdnHostname(value), MAX_HOST, 100),
  ],
  ['ipv4', text(isIPv4)],
  ['ipv6', text(isIPv6)],
  ['uri', text(isUri)],
  ['uri-reference', text(isUriReference)],
  ['uri-template', text(isUriTemplate)],
  ['iri', text((value) => isAnyIri(isIri, value))],
  ['iri-reference', text((value) => isAnyIri(isIriReference, value))],
  ['uuid', text(isUuid)],
  ['json-pointer', text(isJsonPointer)],
  ['relative-json-pointer', text(isRelativeJsonPointer)],
  ['regex', text(isRegex, 2_000, 20)],
  // Formats outside the standard, which ajv-formats made common.
  ['url', text((value) => /^(?:https?|ftp):\/\//i.test(value) && isUri(value) && URL.canParse(value))],
  ['iso-time', text(isIsoTime)],
  ['iso-date-time', text(isIsoDateTime)],
  [
    'json-pointer-uri-fragment',
    text((value) => value.startsWith('#') && isUriReference(value) && isPointer(value)),
  ],
  ['byte', text((value) => value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value))],
  ['int32', number(isWithin(-(2 ** 31), 2 ** 31 - 1))],
  ['int64', number(isWithin(JSON.rawJSON('-9223372036854775808'), JSON.rawJSON('9223372036854775807')))],
]);

/** Checks the domain first, because the library writes to the console when the domain is wrong. */
function isInternationalEmail(value: string): boolean {
  const domain = value.slice(value.lastIndexOf('@') + 1);
  return (domain.startsWith('[') || isIdnHostname(domain)) && isIdnEmail(value);
}

/** The library throws when the syntax is right but an IP literal has a future version. */
function isAnyIri(test: (value: string) => boolean, value: string): boolean {
  try {
    return test(value);
  } catch (error) {
    return String(error).includes('Unsupported IP version');
  }
}

/** A time of day is a leap second when it is 23:59:60 in UTC. */
function isLeapSecond(value: string): boolean {
  const [, hours, minutes, rest, sign, offsetHours = '0', offsetMinutes = '0'] =
    /^(\d\d):(\d\d):60((?:\.\d+)?(?:z|([+-])(\d\d):(\d\d)))$/i.exec(value) ?? [];
  if (!isTime(`${hours}:${minutes}:59${rest}`)) return false;
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * (sign === '-' ? -1 : 1);
  const day = 24 * 60;
  return (Number(hours) * 60 + Number(minutes) - offset + day) % day === day - 1;
}

function isPointer(fragment: string): boolean {
  try {
    return isJsonPointer(decodeURIComponent(fragment.slice(1)));
  } catch {
    return false;
  }
}

/** Whether a value fits. An exception of the library means that it does not fit. */
export function fitsFormat(format: Format, value: Json): boolean {
  try {
    if (format.of === 'text')
      return typeof value !== 'string' || (value.length <= format.maxLength && format.fits(value));
    return !isJsonNumber(value) || format.fits(value);
  } catch {
    return false;
  }
}
