import { randomUUIDv7 } from 'node:crypto';
import { databaseNow } from './clock.ts';

/** A UUID of version 7 by the database's clock: it sorts by time across processes. */
export function newId(): string {
  const time = Math.floor(databaseNow()).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}${randomUUIDv7().slice(13)}`;
}
