import type { IncomingMessage, ServerResponse } from 'node:http';
import { ServiceError } from '../errors.ts';
import type { Services } from '../graphql/context.ts';
import { sendJson } from '../http/answer.ts';
import { isOwnPage } from '../http/origins.ts';
import { readShortJson } from '../http/short-json.ts';
import { readApiKey } from '../identity/keys/api-key.ts';
import { chargeFailedSignIn } from '../identity/login/failed-sign-in.ts';
import { decodeAttempt, encodeAttempt, OidcSignIn } from '../identity/login/oidc.ts';
import { storePerson } from '../identity/login/person.ts';
import { attemptCookie, cookieIn, sessionCookie, setCookie } from '../identity/login/session-cookie.ts';
import { ABSOLUTE_HOURS } from '../identity/login/session-source.ts';
import {
  createSession,
  endSession,
  readSessionToken,
  type SessionOwner,
} from '../identity/login/session-store.ts';
import type { Logger } from '../logger.ts';

type Handle = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

const ATTEMPT_SECONDS = 600;
const SESSION_SECONDS = ABSOLUTE_HOURS * 3_600;

/** The routes by which people sign in to a page of this service, and out. A session is a cookie that pages cannot read. */
export function createAuthRoutes(services: Services, logger: Logger) {
  const { config, db, identity } = services;
  const settings = config.oidc;
  const oidc = settings && new OidcSignIn(settings);

  /** Starts a session and answers with its cookie. */
  async function signIn(req: IncomingMessage, res: ServerResponse, owner: SessionOwner): Promise<void> {
    const { token } = await createSession(db.pool, owner);
    res.appendHeader('set-cookie', setCookie(sessionCookie(req.headers), token, SESSION_SECONDS));
  }

  /** Sends the error of a failed sign-in, which is charged to the address of the client. */
  function reject(req: IncomingMessage, res: ServerResponse, status: number, error: string): void {
    const limited = chargeFailedSignIn(services, req);
    const retry = limited && { 'retry-after': String(limited.retryAfterSeconds) };
    sendJson(res, limited ? 429 : status, { error: limited?.message ?? error }, { ...CLOSE, ...retry });
  }

  /** Whether a page of this service has sent the request; otherwise the error is sent. */
  function isOfOwnPage(req: IncomingMessage, res: ServerResponse): boolean {
    if (isOwnPage(req)) return true;
    services.rejections.count({ principal: '', address: services.addressOf(req) }, 'origin');
    sendJson(res, 403, { error: NOT_OWN_PAGE });
    return false;
  }

  /** POST {key}: signs in with an API key, for installations without an identity provider. */
  const session: Handle = async (req, res) => {
    if (!isOfOwnPage(req, res)) return;
    const body = await readShortJson(req);
    const key = readApiKey(String(body?.key));
    if (!key) return reject(req, res, 400, 'Send {"key": "jrk_…"} as application/json.');
    const login = await identity.authenticate({ authorization: `Bearer ${body?.key}` }).catch((error) => {
      if (error instanceof ServiceError && error.code === 'UNAUTHENTICATED') return null;
      throw error;
    });
    if (!login) return reject(req, res, 401, 'The API key is not valid here. Use another key.');
    // An open service needs no session.
    if (!identity.isOpen()) await signIn(req, res, { principalId: login.principal.id, apiKeyId: key.id });
    sendJson(res, 200, { name: login.principal.name });
  };

  /** Where the browser ends its session at the identity provider; null without one. */
  async function providerSignOut(idToken: string | null): Promise<URL | null> {
    if (!oidc || idToken === null) return null;
    return oidc.signOutUrl(idToken).catch((err) => {
      logger.warn({ err }, 'a sign-out at the identity provider failed; the session has ended here');
      return null;
    });
  }

  /**
   * POST, or POST {everywhere: true}: ends the session, or all sessions of its principal. The answer has the address at
   * which the browser ends its session at the identity provider.
   */
  const signOut: Handle = async (req, res) => {
    if (!isOfOwnPage(req, res)) return;
    const body = await readShortJson(req);
    const cookie = sessionCookie(req.headers);
    const { authorization: _, ...headers } = req.headers;
    const given = readSessionToken(cookieIn(req.headers, cookie) ?? '');
    if (body === null)
      return sendJson(res, 400, { error: 'Send {} or {"everywhere": true} as application/json.' }, CLOSE);
    const isValid = await identity.authenticate(headers).then(
      () => true,
      () => false,
    );
    const idToken = given && isValid ? await endSession(db.pool, given.id, body.everywhere === true) : null;
    await identity.refresh();
    const url = await providerSignOut(idToken);
    sendJson(res, 200, { location: url?.href ?? null }, { 'set-cookie': setCookie(cookie, '', 0) });
  };

  /** GET ?to=<path>: sends the browser to the identity provider. */
  const start: Handle = async (req, res) => {
    if (!oidc)
      return sendJson(res, 404, { error: 'JOURNEY_RUNTIME_OIDC is not set. Sign in with an API key.' });
    const returnTo = localPath(new URL(req.url ?? '', 'http://localhost').searchParams.get('to'));
    const started = await oidc.start(returnTo).catch((err) => {
      logger.warn({ err }, 'the identity provider cannot be reached');
      return null;
    });
    if (!started) return sendJson(res, 503, { error: 'The identity provider cannot be reached. Try again.' });
    const cookie = setCookie(attemptCookie(req.headers), encodeAttempt(started.attempt), ATTEMPT_SECONDS);
    res.writeHead(302, { location: started.url.href, 'set-cookie': cookie }).end();
  };

  /** GET: the browser comes back from the identity provider. */
  const callback: Handle = async (req, res) => {
    const cookie = attemptCookie(req.headers);
    const attempt = decodeAttempt(cookieIn(req.headers, cookie));
    if (!oidc || !settings || !attempt)
      return reject(req, res, 400, 'There is no sign-in to continue. Sign in again at /auth/sign-in.');
    res.appendHeader('set-cookie', setCookie(cookie, '', 0));
    const query = new URL(req.url ?? '', 'http://localhost').search;
    const signedIn = await oidc.finish(query, attempt).catch((err) => {
      logger.warn({ err }, 'a sign-in at the identity provider failed');
      return null;
    });
    if (!signedIn)
      return reject(
        req,
        res,
        403,
        'The identity provider did not sign you in. Sign in again at /auth/sign-in.',
      );
    const person = await storePerson(db.pool, settings, signedIn.claims);
    if (!person) return reject(req, res, 403, NO_ROLE);
    await signIn(req, res, { ...person, idToken: signedIn.idToken });
    res.writeHead(303, { location: attempt.returnTo }).end();
  };

  return [
    ['/auth/session', { methods: 'POST', handle: session }],
    ['/auth/sign-out', { methods: 'POST', handle: signOut }],
    ['/auth/sign-in', { methods: 'GET', handle: start }],
    ['/auth/callback', { methods: 'GET', handle: callback }],
  ] as const;
}

/** The rest of a wrong body is not read. */
const CLOSE = { connection: 'close' };

const NOT_OWN_PAGE =
  'Only a page of this service may sign in and out. Programs send an Authorization header.';

const NO_ROLE =
  'Your account has no role in this service. The administrator of your identity provider can give it one.';

/** A path of this service to return to; / for any other address. */
function localPath(to: string | null): string {
  const base = 'http://localhost';
  const url = URL.parse(to ?? '/', base);
  const path = url?.origin === base && to?.startsWith('/') ? `${url.pathname}${url.search}${url.hash}` : '/';
  // A normalized path may begin with //, which a browser takes for another host.
  return path.startsWith('//') ? '/' : path;
}
