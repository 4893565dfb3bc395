import type { IncomingHttpHeaders } from 'node:http';
import { forwardedProtocol } from '../../http/proxies.ts';

/**
 * A cookie that the service sets. Its name begins with `__Host-`, so that a browser accepts it over https only, from this
 * host only and for all paths. A page on this machine itself may use plain http, where browsers reject such names;
 * there the cookie has its bare name.
 */
export type Cookie = { name: string; isSecure: boolean };

export const sessionCookie = (headers: IncomingHttpHeaders): Cookie => cookieFor(headers, 'journey-session');

/** The cookie of a sign-in that has not come back from the identity provider. */
export const attemptCookie = (headers: IncomingHttpHeaders): Cookie => cookieFor(headers, 'journey-sign-in');

function cookieFor(headers: IncomingHttpHeaders, name: string): Cookie {
  const isSecure = !isLocal(headers.host) || forwardedProtocol({ headers }) === 'https';
  return { name: isSecure ? `__Host-${name}` : name, isSecure };
}

/** The value of a cookie of the request; null without one. With several, as by an attack, none counts. */
export function cookieIn(headers: IncomingHttpHeaders, { name }: Cookie): string | null {
  const values = (headers.cookie ?? '').split(';').flatMap((pair) => {
    const [key, value] = pair.trim().split(/=(.*)/, 2);
    return key === name && value !== undefined ? [value] : [];
  });
  return values.length === 1 ? values[0]! : null;
}

/** The Set-Cookie header. `seconds` is its life; 0 removes the cookie. */
export const setCookie = ({ name, isSecure }: Cookie, value: string, seconds: number): string =>
  `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${isSecure ? '; Secure' : ''}`;

function isLocal(host = ''): boolean {
  const hostname = URL.parse(`http://${host}`)?.hostname ?? '';
  return hostname === 'localhost' || hostname.endsWith('.localhost') || /^127\.|^\[::1\]$/.test(hostname);
}
