import ipaddr from 'ipaddr.js';
import { LRUCache } from 'lru-cache';
import { isLoopback } from '../http/loopback.ts';
import type { Principal } from '../identity/principal.ts';
import { type Allowance, allowanceOfAddress, allowanceOfPrincipal } from './allowance.ts';
import { Client } from './client.ts';

/** The clients of this process. A client is a principal, or an address from which nobody has signed in. */
export class Clients {
  readonly #ofPrincipal: Allowance;
  readonly #ofAddress: Allowance;
  readonly #byKey = new LRUCache<string, Client>({ max: CLIENTS_AT_MOST });
  readonly #byAddress = new LRUCache<string, Client>({ max: CLIENTS_AT_MOST });

  constructor(costPerMinute: number) {
    this.#ofPrincipal = allowanceOfPrincipal(costPerMinute);
    this.#ofAddress = allowanceOfAddress(costPerMinute);
  }

  /** The holders of shop fronts' tokens are many people with the same key, so their addresses count. */
  of(address: string, { id, scope }: Principal): Client {
    if (id !== '' && scope === null) return this.#get(`principal ${id}`, this.#ofPrincipal);
    const known = this.#byAddress.get(address);
    if (known) return known;
    const client = this.#get(networkOf(address), isLoopback(address) ? this.#ofPrincipal : this.#ofAddress);
    this.#byAddress.set(address, client);
    return client;
  }

  #get(key: string, allowance: Allowance): Client {
    const known = this.#byKey.get(key);
    if (known) return known;
    const client = new Client(allowance);
    this.#byKey.set(key, client);
    return client;
  }
}

const CLIENTS_AT_MOST = 20_000;

/** The IPv4 address, or the first 64 bits of an IPv6 address: providers give each customer at least those. */
function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  return 'parts' in parsed ? parsed.parts.slice(0, 4).join(':') : parsed.toString();
}
