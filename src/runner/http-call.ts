import {
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { urlToHttpOptions } from 'node:url';
import { ERROR_BODY_BYTES, type HttpAnswer, MAX_RESULT_BYTES } from './runner-answer.ts';

/** The variables that configure a proxy (HTTP_PROXY, HTTPS_PROXY and NO_PROXY), spelled as in the environment. */
export type ProxyEnv = Record<string, string>;

/** Sends POST requests to one URL over reused connections. */
export type HttpCaller = {
  /**
   * Resolves with the response; rejects with the error that broke the call. A reused connection that breaks before
   * the first byte of a response was stale: the request is then repeated once, on a new connection.
   */
  post(request: PostRequest): Promise<HttpAnswer>;
  /** Closes all connections and ends the calls in flight. */
  close(): void;
};

type PostRequest = { headers: Record<string, string>; body: string; signal: AbortSignal };

export function createHttpCaller(url: URL, proxyEnv: ProxyEnv = {}): HttpCaller {
  const isSecure = url.protocol === 'https:';
  const Agent = isSecure ? HttpsAgent : HttpAgent;
  const agents = {
    reusing: new Agent({ keepAlive: true, timeout: IDLE_MS, proxyEnv }),
    fresh: new Agent({ keepAlive: false, proxyEnv }),
  };
  const target: RequestOptions = { ...urlToHttpOptions(url), method: 'POST' };
  const open = isSecure ? httpsRequest : httpRequest;

  const send = ({ headers, body, signal }: PostRequest, agent: HttpAgent): Promise<HttpAnswer> =>
    new Promise((resolve, reject) => {
      const length = { 'content-length': String(Buffer.byteLength(body)) };
      const request = open({ ...target, agent, headers: { ...headers, ...length } });
      let bytesBefore = 0;
      const abort = () => request.destroy();
      signal.addEventListener('abort', abort, { once: true });
      request.on('close', () => signal.removeEventListener('abort', abort));
      request.on('socket', (socket) => {
        bytesBefore = socket.bytesRead;
      });
      request.on('error', (error) => {
        const { socket, reusedSocket } = request;
        // Bytes that TLS received before a close are not part of a response.
        const isUnanswered = isSecure || socket?.bytesRead === bytesBefore;
        reject(reusedSocket && isUnanswered && isCut(error) ? new StaleConnection(error) : error);
      });
      request.on('response', (response) => {
        read(response).then(resolve, reject);
      });
      // The server switched protocols without an upgrade request, so the connection no longer speaks HTTP.
      request.on('upgrade', ({ statusCode = 101 }, socket) => {
        socket.destroy();
        resolve({ status: statusCode, headers: {}, body: Buffer.alloc(0), cut: false });
      });
      request.end(body);
    });

  return {
    async post(request) {
      try {
        return await send(request, agents.reusing);
      } catch (error) {
        if (!(error instanceof StaleConnection)) throw error;
        if (request.signal.aborted) throw error.cause;
        return send(request, agents.fresh);
      }
    },
    close() {
      agents.reusing.destroy();
      agents.fresh.destroy();
    },
  };
}

/** Idle connections are closed earlier than most servers and load balancers close them. */
const IDLE_MS = 4_000;

class StaleConnection extends Error {
  constructor(cause: Error) {
    super('the connection had gone stale', { cause });
  }
}

const isCut = (error: Error): boolean =>
  'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');

/**
 * Reads a result's body up to the size limit, and only the start of any other body. If another body breaks off, the
 * bytes read so far are returned.
 */
async function read(response: IncomingMessage): Promise<HttpAnswer> {
  const { statusCode = 0, headers } = response;
  const isResult = statusCode >= 200 && statusCode < 300;
  const limit = isResult ? MAX_RESULT_BYTES : ERROR_BODY_BYTES;
  const chunks: Buffer[] = [];
  let bytes = 0;
  let isBroken = false;
  try {
    // Leaving the loop early destroys the response, and with it the connection.
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > limit) break;
    }
  } catch (error) {
    if (isResult) throw error;
    isBroken = true;
  }
  return {
    status: statusCode,
    headers: { contentEncoding: headers['content-encoding'] ?? '', retryAfter: headers['retry-after'] ?? '' },
    body: Buffer.concat(chunks),
    cut: isBroken || bytes > limit,
  };
}
