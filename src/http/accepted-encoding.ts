import type { IncomingMessage } from 'node:http';
import Negotiator from 'negotiator';

const ENCODINGS = ['br', 'gzip', 'identity'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** The best of the stored encodings that the client accepts. */
export function acceptedEncoding(req: IncomingMessage): Encoding {
  const accepted = new Negotiator({ headers: { 'accept-encoding': req.headers['accept-encoding'] ?? '' } });
  const encodings = accepted.encodings([...ENCODINGS]);
  return ENCODINGS.find((one) => encodings.includes(one)) ?? 'identity';
}
