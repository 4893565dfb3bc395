import type { IncomingMessage } from 'node:http';

const BYTES_AT_MOST = 4_096;

/**
 * Reads a short JSON object; null if the body is another one. The connection must be closed after the response to null,
 * because the rest of a longer body is not read.
 */
export async function readShortJson(req: IncomingMessage): Promise<Record<string, unknown> | null> {
  if (!/^application\/json\b/i.test(req.headers['content-type'] ?? '')) return null;
  const text = await readShort(req);
  try {
    const value = JSON.parse(text ?? 'null');
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

/** The body as text; null if it is too long or the client disconnects. */
function readShort(req: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve) => {
    req.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= BYTES_AT_MOST) return void chunks.push(chunk);
      req.pause();
      resolve(null);
    });
    req.once('end', () => resolve(Buffer.concat(chunks).toString()));
    req.once('error', () => resolve(null));
  });
}
