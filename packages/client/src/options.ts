import type { ConnectionStatus } from './connection-status.ts';
import { JourneyClientError } from './errors.ts';

type MaybePromise<T> = T | Promise<T>;

/** The values that `new Headers()` accepts. Some runtimes' types lack the name HeadersInit. */
type HeaderFields = Headers | Record<string, string> | [string, string][];

export type JourneyClientOptions = {
  /** The URL of the GraphQL endpoint (http, https, ws or wss). In a browser it may be relative to the page. */
  url: string | URL;
  /**
   * The transport: one WebSocket for all watches (the default), or an HTTP request with server-sent events for each.
   */
  transport?: 'websocket' | 'sse';
  /** The headers of each request with `sse`. A function is called once per request. */
  headers?: HeaderFields | (() => MaybePromise<HeaderFields>);
  /** The payload of connection_init with `websocket`. A function is called once per connection. */
  connectionParams?: Record<string, unknown> | (() => MaybePromise<Record<string, unknown>>);
  /** A WebSocket class for runtimes without one, such as Node 20: that of the package ws. */
  webSocketImpl?: unknown;
  /** Replaces the global fetch. */
  fetch?: typeof fetch;
  /** The reviver with which JSON.parse reads each message, such as one for numbers that a double cannot hold. */
  reviver?: (key: string, value: unknown) => unknown;
  /** Closes the client when it is aborted. */
  signal?: AbortSignal;
  /** Called at each change of the connection's status. */
  onStatus?: (status: ConnectionStatus) => void;
};

/** The validated options that the transports use. */
export type Settings = {
  transport: 'websocket' | 'sse';
  /** The endpoint as an http or https URL. */
  httpUrl: string;
  /** The endpoint as a ws or wss URL. */
  socketUrl: string;
  headers: () => Promise<Headers>;
  connectionParams: (() => Promise<Record<string, unknown>>) | undefined;
  /** Whether the caller passed a function, which can return new credentials for each connection. */
  renewsCredentials: boolean;
  WebSocket: unknown;
  fetch: typeof fetch;
  reviver: ((key: string, value: unknown) => unknown) | undefined;
};

/** @throws JourneyClientError INVALID_OPTION */
export function readOptions(options: JourneyClientOptions): Settings {
  const { transport = 'websocket', headers, connectionParams, fetch = globalThis.fetch } = options;
  if (transport !== 'websocket' && transport !== 'sse')
    throw invalid(`transport must be 'websocket' or 'sse', not ${JSON.stringify(transport)}.`);
  if (transport === 'websocket' && headers !== undefined)
    throw invalid(
      "headers belong to transport: 'sse', because a browser's WebSocket sends none: pass connectionParams in their place.",
    );
  if (transport === 'sse' && connectionParams !== undefined)
    throw invalid("connectionParams belong to transport: 'websocket': pass headers in their place.");
  if (typeof fetch !== 'function') throw invalid('This runtime has no fetch: pass one as the option fetch.');
  if (headers !== undefined && typeof headers !== 'function') checkedHeaders(headers);
  const httpUrl = endpointUrl(options.url);
  return {
    transport,
    httpUrl: httpUrl.href,
    socketUrl: httpUrl.href.replace(/^http/, 'ws'),
    headers: async () =>
      checkedHeaders(typeof headers === 'function' ? await called('headers', headers) : headers),
    connectionParams: paramsFunction(connectionParams),
    renewsCredentials: typeof headers === 'function' || typeof connectionParams === 'function',
    WebSocket: transport === 'websocket' ? checkedWebSocket(options.webSocketImpl) : undefined,
    // Browsers throw if fetch is called as a method of another object.
    fetch: (input, init) => fetch(input, init),
    reviver: options.reviver,
  };
}

function endpointUrl(given: string | URL): URL {
  let url: URL;
  try {
    url = new URL(given, globalThis.location?.href);
  } catch (cause) {
    throw invalid(
      `url must be a URL such as https://journeys.example.com/graphql, not ${quote(given)}.`,
      cause,
    );
  }
  url.protocol = url.protocol.replace(/^ws/, 'http');
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw invalid(`url must begin with http, https, ws or wss: ${quote(url.protocol)} is none of them.`);
  if (url.username || url.password)
    throw invalid('url must not hold a user name or password: pass them in headers or connectionParams.');
  url.hash = '';
  return url;
}

function checkedHeaders(headers: HeaderFields | undefined): Headers {
  try {
    return new Headers(headers);
  } catch (cause) {
    throw invalid(`headers cannot be sent: ${(cause as Error).message}`, cause);
  }
}

function paramsFunction(params: JourneyClientOptions['connectionParams']): Settings['connectionParams'] {
  if (params === undefined) return undefined;
  const checked = (value: Record<string, unknown>) => {
    try {
      JSON.stringify(value);
      return value;
    } catch (cause) {
      throw invalid(`connectionParams cannot be sent as JSON: ${(cause as Error).message}`, cause);
    }
  };
  if (typeof params === 'function') return async () => checked(await called('connectionParams', params));
  const value = checked(params);
  return async () => value;
}

/**
 * Calls a function of the caller's. An error that it throws ends the watches: the function itself decides what to
 * retry.
 */
async function called<T>(name: string, option: () => MaybePromise<T>): Promise<T> {
  try {
    return await option();
  } catch (cause) {
    throw invalid(`The function ${name} failed: ${(cause as Error)?.message ?? cause}`, cause);
  }
}

function checkedWebSocket(given: unknown): unknown {
  const implementation = given ?? globalThis.WebSocket;
  if (implementation === undefined)
    throw invalid(
      "This runtime has no WebSocket (Node has one from version 22 on): pass webSocketImpl: WebSocket from the package ws, or transport: 'sse'.",
    );
  if (typeof implementation !== 'function' || !('CLOSING' in implementation))
    throw invalid('webSocketImpl must be a WebSocket class, such as WebSocket from the package ws.');
  return implementation;
}

const quote = (value: unknown) => JSON.stringify(String(value));

const invalid = (message: string, cause?: unknown) =>
  new JourneyClientError('INVALID_OPTION', message, { cause });
