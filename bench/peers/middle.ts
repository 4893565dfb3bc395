/** Counts jobs as they are done; resolves with the rate of the middle ones, as harness/backlog.ts counts runs. */
export function middleOf(jobs: number) {
  const { promise, resolve } = Promise.withResolvers<number>();
  let done = 0;
  let startedAt = 0;
  let endedAt = 0;
  return {
    rate: promise,
    jobDone(): void {
      done += 1;
      if (done === Math.floor(jobs * 0.1)) startedAt = performance.now();
      if (done === Math.floor(jobs * 0.9)) endedAt = performance.now();
      if (done === jobs) resolve((0.8 * jobs * 1_000) / (endedAt - startedAt));
    },
  };
}
