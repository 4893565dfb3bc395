import { isIP } from 'node:net';
import { isLoopback } from './loopback.ts';

/**
 * Returns the rule for Host headers, against DNS rebinding: a page whose name suddenly resolves to this service would
 * count as its own origin. Addresses and names under localhost are always allowed, because no page of another origin
 * can have them. Without a configured list, a server that only its own machine can reach allows no other name, and
 * any other server allows all.
 */
export function hostRule(
  boundTo: string,
  hosts: readonly string[],
): (authority: string | undefined) => boolean {
  if (hosts.length === 0 && !isLoopback(boundTo)) return () => true;
  const listed = new Set(hosts);
  const isAllowed = (authority: string) => {
    const name = nameIn(authority);
    return isIP(name.replace(/^\[|\]$/g, '')) !== 0 || /(^|\.)localhost$/.test(name) || listed.has(name);
  };
  const known = new Set<string>();
  return (authority) => {
    if (authority === undefined || known.has(authority)) return true;
    if (!isAllowed(authority)) return false;
    if (known.size < KNOWN_AT_MOST) known.add(authority);
    return true;
  };
}

const KNOWN_AT_MOST = 100;

/** The name in a valid authority, without port and trailing dot. */
const nameIn = (authority: string): string => new URL(`http://${authority}`).hostname.replace(/\.$/, '');
