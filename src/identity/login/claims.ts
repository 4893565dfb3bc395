import { z } from 'zod';
import type { RightsClaims } from '../../config/issuer-config.ts';
import { isGrant } from '../role.ts';

export type Claims = { readonly [name: string]: unknown };

/** The rights that the claims of a token or of a signed-in person give. `channels` is null for all channels. */
export function rightsIn(
  claims: Claims,
  { rolesClaim, roles, channelsClaim }: RightsClaims,
): { grants: string[]; channels: string[] | null } {
  const values = textsAt(claims, rolesClaim);
  const grants = roles
    ? values.flatMap((value) => (Object.hasOwn(roles, value) ? roles[value]! : []))
    : values;
  return { grants: grants.filter(isGrant), channels: channelsClaim ? textsAt(claims, channelsClaim) : null };
}

/** The name of a principal for people. */
export function nameIn(claims: Claims): string {
  const given = [claims.name, claims.preferred_username, claims.client_id, claims.azp, claims.sub];
  return String(given.find((value) => typeof value === 'string' && value.trim() !== '') ?? '').slice(0, 200);
}

/**
 * The id of the principal that a subject of an issuer stands for. It differs from the ids that the service makes,
 * which have no "|".
 */
export const principalIdOf = (issuer: string, subject: string): string => `${issuer}|${subject}`;

/** The texts of a claim: a list, or one text with spaces between, as `scope` has. A missing claim has none. */
function textsAt(claims: Claims, path: readonly string[]): string[] {
  let value: unknown = claims;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return [];
    value = (value as Claims)[key];
  }
  if (typeof value === 'string') return value.split(' ').filter(Boolean);
  return TEXTS.safeParse(value).data ?? [];
}

const TEXTS = z.array(z.string());
