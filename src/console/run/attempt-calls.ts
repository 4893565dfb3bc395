/** The parts of an attempt of the API that its events do not have. */
type CalledAttempt = {
  number: number;
  startedAt: string;
  workerId?: string | null;
  idempotencyKey?: string | null;
};

/** The worker of an attempt, and its call of the script host. */
export type AttemptCall = {
  workerId: string | null;
  idempotencyKey: string | null;
  /** The number of the first attempt with the same key: this one repeats its call, whose outcome was unknown. */
  repeats: number | null;
};

/** The calls of a run's attempts, by the time in milliseconds at which each attempt started. */
export function callsOf(attempts: readonly CalledAttempt[]): Map<number, AttemptCall> {
  return new Map(
    attempts.map(({ startedAt, workerId = null, idempotencyKey = null }, index) => {
      const earlier = attempts
        .slice(0, index)
        .find((one) => idempotencyKey !== null && one.idempotencyKey === idempotencyKey);
      return [Date.parse(startedAt), { workerId, idempotencyKey, repeats: earlier?.number ?? null }];
    }),
  );
}
