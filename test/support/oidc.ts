import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import type { OidcSettings } from '../../src/config/issuer-config.ts';

/** Claims of people, by the login that they type. */
export type People = { readonly [login: string]: object };

/** A provider of oidc-provider on this machine, in which everybody of `people` may sign in with any password. */
export async function startOidcProvider(people: People, redirectUrl: string) {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'journeys',
        client_secret: 'client-secret',
        redirect_uris: [redirectUrl],
        post_logout_redirect_uris: [new URL('/', redirectUrl).href],
      },
    ],
    pkce: { required: () => true },
    claims: { openid: ['sub'], profile: ['name', 'groups'] },
    findAccount: (_: unknown, id: string) => ({
      accountId: id,
      claims: async () => ({ sub: id, ...people[id] }),
    }),
    features: { devInteractions: { enabled: true } },
    cookies: { keys: ['test'] },
  });
  server.on('request', provider.callback());
  const settings: OidcSettings = {
    issuer,
    clientId: 'journeys',
    clientSecret: 'client-secret',
    redirectUrl,
    scope: 'openid profile',
    rolesClaim: ['groups'],
    roles: { operators: 'OPERATOR' },
  };
  return {
    settings,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A browser that follows redirects and stores cookies by host, without JavaScript. */
export class Browser {
  readonly #cookies = new Map<string, Map<string, string>>();

  async request(url: URL, init: RequestInit = {}): Promise<Response> {
    const jar = this.#cookies.get(url.host) ?? new Map<string, string>();
    this.#cookies.set(url.host, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(init.headers as object), ...(cookie ? { cookie } : {}) };
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (value === '') jar.delete(name!);
      else jar.set(name!, value!);
    }
    return response;
  }

  /** Signs in at the provider's pages. Returns the address to which the provider sends the browser at the end. */
  async signInAt(start: URL, login: string, end: string): Promise<URL> {
    let url = start;
    let form: URLSearchParams | undefined;
    for (let step = 0; step < 15; step += 1) {
      const response = await this.request(url, form ? { method: 'POST', body: form } : {});
      form = undefined;
      const location = response.headers.get('location');
      if (location) {
        url = new URL(location, url);
        if (url.href.startsWith(end)) return url;
        continue;
      }
      const page = await response.text();
      const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
      if (!prompt)
        throw new Error(`The provider shows another page (${response.status}): ${page.slice(0, 500)}`);
      const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1];
      if (action) url = new URL(action, url);
      form = new URLSearchParams({ prompt, login, password: 'any' });
    }
    throw new Error('The sign-in does not end.');
  }

  /** Confirms the sign-out at the provider's page. Returns the address to which the provider sends the browser then. */
  async signOutAt(url: URL): Promise<URL> {
    const page = await (await this.request(url)).text();
    const [, action] = /<form[^>]* action="([^"]+)"/.exec(page) ?? [];
    const [, xsrf] = /name="xsrf" value="(\w+)"/.exec(page) ?? [];
    if (!action || !xsrf) throw new Error(`The provider shows another page: ${page.slice(0, 500)}`);
    const body = new URLSearchParams({ xsrf, logout: 'yes' });
    const { headers } = await this.request(new URL(action, url), { method: 'POST', body });
    return new URL(headers.get('location')!, url);
  }
}
