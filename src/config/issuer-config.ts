import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** The claims of a token that give its principal rights. */
export type RightsClaims = {
  /** The keys that lead to a claim with the names of roles and permissions, such as ["realm_access", "roles"]. */
  rolesClaim: readonly string[];
  /** The role or permission that each value of the claim stands for. Without it, the values are their names. */
  roles?: { readonly [value: string]: string };
  /** The keys that lead to a claim with the only channels of the principal. Without it, it may use all channels. */
  channelsClaim?: readonly string[];
};

/** An issuer of JSON Web Tokens by which clients may authenticate. */
export type JwtIssuer = RightsClaims & {
  /** The `iss` of its tokens. */
  issuer: string;
  /** The `aud` of tokens for this service. */
  audience: string;
  /** Where the issuer publishes its keys. */
  jwksUrl: string;
  /** The `typ` in the header of its tokens. */
  typ: string;
};

/** The OpenID Connect provider at which people sign in to pages of the service. */
export type OidcSettings = RightsClaims & {
  issuer: string;
  clientId: string;
  /** Without it, the service is a public client, which PKCE alone protects. */
  clientSecret?: string;
  /** The address of this service's /auth/callback, as browsers reach it and as the provider knows it. */
  redirectUrl: string;
  scope: string;
};

const name = z.string().min(1);
const path = z.array(name).min(1);
const rights = { rolesClaim: path, roles: z.record(name, name).optional(), channelsClaim: path.optional() };
/** Plain http is for tests and for issuers on this machine. */
const secureUrl = z
  .url({ protocol: /^https?$/ })
  .refine(
    (url) => /^https:|^http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/]/.test(url),
    'must be an https URL',
  );

const jwtIssuers: z.ZodType<JwtIssuer[]> = z
  .array(
    z.strictObject({
      issuer: name,
      audience: name,
      jwksUrl: secureUrl,
      typ: name.default('at+jwt'),
      ...rights,
    }),
  )
  .refine(
    (issuers) => new Set(issuers.map(({ issuer }) => issuer)).size === issuers.length,
    'must not name an issuer twice',
  );

/** A setting that is JSON, or the path of a file with JSON. */
const jsonOrFile = z
  .string()
  .trim()
  .transform((value, context) => {
    try {
      return JSON.parse(/^[[{]/.test(value) ? value : readFileSync(value, 'utf8'));
    } catch {
      context.addIssue({ code: 'custom', message: 'must be JSON, or the path of a file with JSON' });
      return z.NEVER;
    }
  });

const oidc: z.ZodType<OidcSettings> = z.strictObject({
  issuer: secureUrl,
  clientId: name,
  clientSecret: name.optional(),
  redirectUrl: secureUrl.refine(
    (url) => new URL(url).pathname === '/auth/callback',
    'must end with /auth/callback',
  ),
  scope: name.default('openid profile'),
  ...rights,
});

export const oidcSetting = jsonOrFile.pipe(oidc).optional();
export const jwtIssuersSetting = jsonOrFile.pipe(jwtIssuers).default([]);
