import type { IncomingMessage, ServerResponse } from 'node:http';
import { constants } from 'node:zlib';
import compression from 'compression';

/** In bytes. Smaller answers fit into few packets as they are. */
const THRESHOLD = 1_400;
/** As powers of 2: the window that a compressor allocates for each answer. */
const WINDOW_BITS = 18;

const middleware = compression({
  threshold: THRESHOLD,
  brotli: {
    params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_LGWIN]: WINDOW_BITS },
  },
  // A compressor would hold events back.
  filter: (req, res) =>
    !String(res.getHeader('content-type')).startsWith('text/event-stream') && compression.filter(req, res),
});

/** Compresses the answer by brotli or gzip, off the event loop, where the client accepts one of them. */
export function compress(req: IncomingMessage, res: ServerResponse): void {
  if (/\b(br|gzip)\b|\*/i.test(req.headers['accept-encoding'] ?? ''))
    middleware(req as never, res as never, () => {});
}
