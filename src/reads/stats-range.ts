import { ServiceError } from '../errors.ts';

/** A range of time, divided into buckets of one length. The last one may end after `to`. */
export type StatsRange = { from: Date; to: Date; bucketMs: number };

export const BUCKETS_DEFAULT = 60;
export const BUCKETS_AT_MOST = 200;
export const DAYS_AT_MOST = 366;
const DAY_MS = 86_400_000;

/** Divides a range into buckets. @throws ServiceError BAD_REQUEST for a range that is empty or too long, or too many buckets */
export function statsRange(from: Date, to: Date, buckets: number): StatsRange {
  const length = to.getTime() - from.getTime();
  if (length <= 0) throw new ServiceError('BAD_REQUEST', 'range.from must be before range.to.');
  if (length > DAYS_AT_MOST * DAY_MS)
    throw new ServiceError('BAD_REQUEST', `The range must be at most ${DAYS_AT_MOST} days long.`);
  if (buckets < 1 || buckets > BUCKETS_AT_MOST)
    throw new ServiceError('BAD_REQUEST', `range.buckets must be from 1 to ${BUCKETS_AT_MOST}.`);
  return { from, to, bucketMs: Math.ceil(length / buckets) };
}

/** The last 60 minutes, including the current one. */
export function lastHour(now: Date): StatsRange {
  const to = (Math.floor(now.getTime() / MINUTE_MS) + 1) * MINUTE_MS;
  return { from: new Date(to - 60 * MINUTE_MS), to: new Date(to), bucketMs: MINUTE_MS };
}

export const MINUTE_MS = 60_000;

/** The starts of the range's buckets. */
export function bucketsOf({ from, to, bucketMs }: StatsRange): Date[] {
  const count = Math.ceil((to.getTime() - from.getTime()) / bucketMs);
  return Array.from({ length: count }, (_, index) => new Date(from.getTime() + index * bucketMs));
}
