import type { IncomingMessage, ServerResponse } from 'node:http';
import { constants } from 'node:zlib';
import compression from 'compression';

/** Responses of fewer bytes are sent uncompressed, since they fit into a few packets. */
export const COMPRESSED_FROM = 1_400;
/** The exponent (base 2) of the window that a compressor allocates for each response. */
const WINDOW_BITS = 18;

const middleware = compression({
  threshold: COMPRESSED_FROM,
  brotli: {
    params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_LGWIN]: WINDOW_BITS },
  },
  // A compressor would delay events.
  filter: (req, res) =>
    !String(res.getHeader('content-type')).startsWith('text/event-stream') && compression.filter(req, res),
});

/**
 * Compresses the response with brotli or gzip, off the event loop, when the client accepts one of them. Even a
 * response below the threshold costs more than executing a small operation, so callers that know the size check it first.
 */
export function compress(req: IncomingMessage, res: ServerResponse): void {
  if (/\b(br|gzip)\b|\*/i.test(req.headers['accept-encoding'] ?? ''))
    middleware(req as never, res as never, () => {});
}
