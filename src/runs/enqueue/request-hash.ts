import { createHash } from 'node:crypto';
import { isJsonObject } from '../../json/json.ts';

/**
 * The SHA-256 of a request as it came, by which a repeat under an idempotency key is told from another request. Neither
 * the order of an object's keys nor a field sent as null instead of left out makes another request.
 */
export function requestHash(request: object): Buffer {
  const given = Object.fromEntries(Object.entries(request).filter(([, value]) => value != null));
  return createHash('sha256').update(canonicalJson(given)).digest();
}

function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isJsonObject(value) || value instanceof Date) return JSON.stringify(value ?? null);
  const members = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);
  return `{${members.join(',')}}`;
}
