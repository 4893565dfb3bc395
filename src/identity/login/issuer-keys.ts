import { createRemoteJWKSet, customFetch, type FetchImplementation, type RemoteJWKSet } from 'jose';
import type { Logger } from '../../logger.ts';

const REFRESH_MS = 10 * 60_000;
/** The pause after a request for keys, and after a failed one. Tokens with unknown keys cannot cause more requests. */
const PAUSE_MS = 30_000;
const TIMEOUT_MS = 5_000;

export type IssuerKeys = { find: RemoteJWKSet; stop(): void };

/**
 * The public keys of an issuer. They are read at the first token, then every 10 minutes, and when a token has an
 * unknown key. While the issuer is unreachable, the keys that were read last stay valid.
 */
export function createIssuerKeys(url: string, logger: Logger): IssuerKeys {
  let failedAt = Number.NEGATIVE_INFINITY;
  const fetchUnlessFailed: FetchImplementation = async (...args) => {
    if (performance.now() - failedAt < PAUSE_MS) throw new Error('the last request failed a moment ago');
    try {
      const response = await fetch(...args);
      if (response.status !== 200) failedAt = performance.now();
      return response;
    } catch (error) {
      failedAt = performance.now();
      throw error;
    }
  };
  const find = createRemoteJWKSet(new URL(url), {
    cacheMaxAge: Number.POSITIVE_INFINITY,
    cooldownDuration: PAUSE_MS,
    timeoutDuration: TIMEOUT_MS,
    [customFetch]: fetchUnlessFailed,
  });
  const timer = setInterval(() => {
    if (find.jwks())
      find
        .reload()
        .catch((err) =>
          logger.warn({ err }, 'reading the keys of an issuer failed; the last ones stay valid'),
        );
  }, REFRESH_MS);
  timer.unref();
  return { find, stop: () => clearInterval(timer) };
}
