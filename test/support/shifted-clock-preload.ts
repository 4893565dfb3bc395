import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

/*
 * Loaded into a process of ours before its own code (node --import): a host whose clock is off by CLOCK_SHIFT_MS. The
 * monotonic clock goes on as it is.
 */
const shiftMs = Number(process.env.CLOCK_SHIFT_MS);
const now = Date.now.bind(Date);

class ShiftedDate extends Date {
  constructor(...given: unknown[]) {
    super(...((given.length === 0 ? [now() + shiftMs] : given) as [number]));
  }

  static override now(): number {
    return now() + shiftMs;
  }
}
globalThis.Date = ShiftedDate as DateConstructor;

// Node's own takes the time before this module could change it.
const { randomUUIDv7 } = crypto;
crypto.randomUUIDv7 = () => {
  const time = (now() + shiftMs).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}${randomUUIDv7().slice(13)}` as ReturnType<typeof randomUUIDv7>;
};
syncBuiltinESMExports();
