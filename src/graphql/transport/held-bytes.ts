import type { ServerResponse } from 'node:http';
import type { Client } from '../../limits/client.ts';

/** Small requests and responses are not counted, because counting them costs time and they need little memory. */
export const UNCOUNTED_BYTES = 16 * 1024;

/** Counts the bytes of a response that the service holds for the client until it has read them. */
export function holdUntilSent(client: Client, bytes: number, res: ServerResponse): void {
  if (bytes < UNCOUNTED_BYTES) return;
  client.bytes.add(bytes);
  res.once('close', () => client.bytes.release(bytes));
}

/**
 * Returns a function that counts bytes of the request's body until the response has been sent.
 * @throws LimitedError from the returned function, when the service holds too many bytes for the client
 */
export function bodyCounter(client: Client, res: ServerResponse): (bytes: number) => void {
  let received = 0;
  let counted = 0;
  return (bytes) => {
    received += bytes;
    if (received < UNCOUNTED_BYTES) return;
    client.bytes.take(bytes);
    if (counted === 0) res.once('close', () => client.bytes.release(counted));
    counted += bytes;
  };
}
