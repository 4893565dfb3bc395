import * as client from 'openid-client';
import { z } from 'zod';
import type { OidcSettings } from '../../config/issuer-config.ts';
import type { Claims } from './claims.ts';

/** The values of a sign-in that are needed when the browser comes back from the provider. A cookie stores them meanwhile. */
export type SignInAttempt = z.infer<typeof attempt>;

const attempt = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  returnTo: z.string(),
});

const TIMEOUT_SECONDS = 10;

/** Signs people in at an OpenID Connect provider, by the authorization code flow with PKCE, and out. */
export class OidcSignIn {
  readonly #settings: OidcSettings;
  #discovered: Promise<client.Configuration> | null = null;

  constructor(settings: OidcSettings) {
    this.#settings = settings;
  }

  /** The address of the provider to which the browser goes. */
  async start(returnTo: string): Promise<{ url: URL; attempt: SignInAttempt }> {
    const verifier = client.randomPKCECodeVerifier();
    const attempt = { state: client.randomState(), nonce: client.randomNonce(), verifier, returnTo };
    const url = client.buildAuthorizationUrl(await this.#configuration(), {
      redirect_uri: this.#settings.redirectUrl,
      scope: this.#settings.scope,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state: attempt.state,
      nonce: attempt.nonce,
    });
    return { url, attempt };
  }

  /**
   * The person who has come back with this query. The claims are those of the ID token, and those of the userinfo
   * endpoint besides. Rejects if the provider did not sign the person in for this attempt.
   */
  async finish(
    query: string,
    { state, nonce, verifier }: SignInAttempt,
  ): Promise<{ claims: Claims & { iss: string; sub: string }; idToken: string }> {
    const configuration = await this.#configuration();
    const url = new URL(this.#settings.redirectUrl);
    url.search = query;
    const tokens = await client.authorizationCodeGrant(configuration, url, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims()!;
    const more = configuration.serverMetadata().userinfo_endpoint
      ? await client.fetchUserInfo(configuration, tokens.access_token, claims.sub)
      : {};
    return { claims: { ...more, ...claims }, idToken: tokens.id_token! };
  }

  /**
   * The address at which the provider ends its own session and sends the browser back to this service; null if the
   * provider has none.
   */
  async signOutUrl(idToken: string): Promise<URL | null> {
    const configuration = await this.#configuration();
    if (!configuration.serverMetadata().end_session_endpoint) return null;
    return client.buildEndSessionUrl(configuration, {
      id_token_hint: idToken,
      post_logout_redirect_uri: new URL('/', this.#settings.redirectUrl).href,
    });
  }

  /** Reads the provider's metadata once. A failure is repeated at the next sign-in. */
  #configuration(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret } = this.#settings;
    this.#discovered ??= client
      .discovery(new URL(issuer), clientId, clientSecret, clientSecret ? undefined : client.None(), {
        timeout: TIMEOUT_SECONDS,
        // The settings allow plain http on this machine only.
        execute: [
          client.enableNonRepudiationChecks,
          ...(issuer.startsWith('http:') ? [client.allowInsecureRequests] : []),
        ],
      })
      .catch((error) => {
        this.#discovered = null;
        throw error;
      });
    return this.#discovered;
  }
}

export const encodeAttempt = (given: SignInAttempt): string =>
  Buffer.from(JSON.stringify(given)).toString('base64url');

export function decodeAttempt(cookie: string | null): SignInAttempt | null {
  try {
    return attempt.parse(JSON.parse(Buffer.from(cookie ?? '', 'base64url').toString()));
  } catch {
    return null;
  }
}
