import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import type { JwtIssuer } from '../../src/config/issuer-config.ts';

export type TestIssuer = {
  config: JwtIssuer;
  /** How often its keys were requested. */
  requests: () => number;
  /** A token for `test-api`, valid for 5 minutes unless the claims differ. */
  token(claims?: JWTPayload, header?: { alg?: string; typ?: string; kid?: string }): Promise<string>;
  /** Publishes another key, and signs with it from now on. */
  rotate(): Promise<void>;
  /** Answers requests for keys with this status. */
  answer(status: number): void;
  stop(): Promise<void>;
};

/** An issuer of tokens on this machine, signing by ES256. */
export async function startTokenIssuer(given: Partial<JwtIssuer> = {}): Promise<TestIssuer> {
  let kid = 0;
  let status = 200;
  let requests = 0;
  let pair = await generateKeyPair('ES256');
  const server = createServer(async (_, res) => {
    requests += 1;
    const keys = [{ ...(await exportJWK(pair.publicKey)), kid: String(kid), alg: 'ES256', use: 'sig' }];
    res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ keys }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    config: {
      issuer: url,
      audience: 'test-api',
      jwksUrl: `${url}/keys`,
      typ: 'at+jwt',
      rolesClaim: ['access', 'roles'],
      ...given,
    },
    requests: () => requests,
    token: (claims = {}, header = {}) => {
      const now = Math.floor(Date.now() / 1_000);
      const all = { iss: url, aud: 'test-api', sub: 'ada', exp: now + 300, ...claims };
      const defined = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
      return new SignJWT(defined as JWTPayload)
        .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: String(kid), ...header })
        .sign(pair.privateKey);
    },
    async rotate() {
      pair = await generateKeyPair('ES256');
      kid += 1;
    },
    answer(other) {
      status = other;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
