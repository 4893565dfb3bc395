import type { IncomingMessage } from 'node:http';
import proxyAddr from 'proxy-addr';

const FORWARDING = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto'] as const;

/** The proxies whose X-Forwarded-For, -Host and -Proto headers describe the client. Anybody else could invent them. */
export class Proxies {
  readonly #isTrusted: ((address: string, distance: number) => boolean) | null;

  /** @param trusted IP addresses and CIDR ranges */
  constructor(trusted: readonly string[]) {
    this.#isTrusted = trusted.length > 0 ? proxyAddr.compile([...trusted]) : null;
  }

  /**
   * Removes forwarding headers that do not come from a trusted proxy, so that code after this call may believe those
   * that it finds, and sets Host to the one that the client requested.
   */
  apply(req: IncomingMessage): void {
    if (!FORWARDING.some((name) => req.headers[name] !== undefined)) return;
    if (!this.trusts(req.socket.remoteAddress)) {
      for (const name of FORWARDING) delete req.headers[name];
      return;
    }
    const host = first(req.headers['x-forwarded-host']);
    if (host !== undefined) req.headers.host = host;
  }

  /** The address of the client, or of the nearest proxy that is not trusted. Call it after `apply`. */
  addressOf(req: IncomingMessage): string {
    const address = req.socket.remoteAddress ?? '';
    if (!this.#isTrusted || req.headers['x-forwarded-for'] === undefined) return address;
    return proxyAddr(req, this.#isTrusted);
  }

  trusts(address: string | undefined): boolean {
    return this.#isTrusted !== null && address !== undefined && this.#isTrusted(address, 0);
  }
}

/** The scheme that the client used, as its proxy reports it; null without a proxy. Call it after `Proxies.apply`. */
export const forwardedProtocol = (req: Pick<IncomingMessage, 'headers'>): string | null =>
  first(req.headers['x-forwarded-proto'])?.toLowerCase() ?? null;

const first = (header: string | string[] | undefined): string | undefined =>
  String(header ?? '')
    .split(',', 1)[0]!
    .trim() || undefined;
