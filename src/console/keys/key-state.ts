export type KeyState = 'valid' | 'expired' | 'revoked';

type KeyTimes = { revokedAt?: string | null; expiresAt?: string | null };

/** Whether a key is valid at a time, in milliseconds. A revoked key is revoked, also after it expired. */
export function keyStateOf({ revokedAt, expiresAt }: KeyTimes, now: number): KeyState {
  if (revokedAt) return 'revoked';
  return expiresAt && Date.parse(expiresAt) <= now ? 'expired' : 'valid';
}

/** The number of keys of one principal that may be valid at once, so that one can replace the other. */
const VALID_AT_MOST = 2;

/** Why a principal cannot get another key now; null if it can. */
export function noFurtherKey(
  { disabledAt, apiKeys }: { disabledAt?: string | null; apiKeys: readonly KeyTimes[] },
  now: number,
): string | null {
  if (disabledAt) return 'The principal is disabled';
  const valid = apiKeys.filter((key) => keyStateOf(key, now) === 'valid').length;
  return valid < VALID_AT_MOST ? null : 'Two keys are valid: revoke one of them first';
}
