import { byRun, type Invariant } from './invariant.ts';

export const fencesGrow: Invariant = {
  name: 'a fence that does not grow',
  violations({ changes }) {
    return [...byRun(changes)].flatMap(([id, steps]) =>
      steps.flatMap(({ from, to, fenceBefore, fence }) => {
        const isClaim = from === 'QUEUED' && to === 'RUNNING';
        const isRequeue = from !== null && from !== to && to === 'QUEUED';
        const mustGrow = isClaim || isRequeue;
        if (mustGrow ? fence > fenceBefore : fence >= fenceBefore) return [];
        return [`run ${id} went from ${from} to ${to} with its fence from ${fenceBefore} to ${fence}`];
      }),
    );
  },
};

export const completedHasAnswer: Invariant = {
  name: "COMPLETED without a runner's answer",
  violations({ runs, calls }) {
    const answered = new Map(calls.map((call) => [call.callId, call]));
    return runs.flatMap(({ id, status, result }) => {
      if (status !== 'COMPLETED') return [];
      const call = answered.get(Number((result as { callId?: number } | null)?.callId));
      if (call?.runId === id && call.status === 200) return [];
      return [`run ${id} is COMPLETED with ${JSON.stringify(result)}, which the script host never answered`];
    });
  },
};

const MAX_LOST = 3;

export const attemptsAreBounded: Invariant = {
  name: 'more attempts than maxAttempts and three lost',
  violations({ runs, events, calls }) {
    const histories = byRun(events);
    const callsOf = byRun(calls);
    return runs.flatMap(({ id, attempt, lostAttempts, maxAttempts }) => {
      const history = histories.get(id) ?? [];
      const count = (type: string) => history.filter((event) => event.type === type).length;
      const found: string[] = [];
      if (attempt - lostAttempts > maxAttempts)
        found.push(`run ${id} used ${attempt - lostAttempts} of ${maxAttempts} attempts`);
      if (lostAttempts > MAX_LOST) found.push(`run ${id} lost ${lostAttempts} workers`);
      const claims = count('STARTED');
      if (attempt !== claims - count('REQUEUED') && count('CANCELED') === 0)
        found.push(`run ${id} is at attempt ${attempt} after ${claims} claims`);
      const called = callsOf.get(id)?.length ?? 0;
      if (called > claims) found.push(`run ${id} was called ${called} times in ${claims} claims`);
      return found;
    });
  },
};

/** Times are kept to the millisecond, rounded. */
const ROUNDING_MS = 1;

export const retriesWait: Invariant = {
  name: 'a retry before its time',
  violations({ changes, events }) {
    const early = changes
      .filter(({ from, to, at, runAt }) => from === 'QUEUED' && to === 'RUNNING' && at < runAt - ROUNDING_MS)
      .map(({ runId, at, runAt }) => `run ${runId} was claimed ${runAt - at} ms before its time`);
    const untold = events.filter(({ type, runAt }) => type === 'RETRY_SCHEDULED' && runAt === null);
    return [...early, ...untold.map(({ runId }) => `run ${runId} has a retry without a time`)];
  },
};

/** Answers after which a call is settled, so that the next one is another call. */
const isDefinite = (status: number | null) =>
  status !== null && status !== 409 && status !== 502 && status !== 504;

export const repeatsAreTheSame: Invariant = {
  name: 'a repeat after an unknown outcome with another Idempotency-Key, or under the same key with another body',
  violations({ calls, changes }) {
    const found: string[] = [];
    for (const [id, history] of byRun(calls)) {
      const bodies = new Map<string, string>();
      for (const { idempotencyKey: key, bodyHash } of history) {
        if (bodies.has(key) && bodies.get(key) !== bodyHash)
          found.push(`run ${id} sent two bodies under ${key}`);
        bodies.set(key, bodyHash);
      }
      const settled = new Set(
        history.filter((call) => isDefinite(call.status)).map((call) => call.idempotencyKey),
      );
      for (const key of bodies.keys()) {
        const callKey = Number(key.split(':')[1]);
        const earlier = `${id}:${callKey - 1}`;
        if (callKey > 1 && !settled.has(earlier))
          found.push(`run ${id} was called under ${key} though ${earlier} was never settled`);
      }
    }
    for (const { runId, from, to, callKeyBefore, callKey, worker, lostAttempts } of changes) {
      if (
        callKey !== callKeyBefore &&
        (from !== 'RUNNING' || worker !== null || callKey !== callKeyBefore + 1)
      )
        found.push(`run ${runId} went from ${from} to ${to} (lost ${lostAttempts}) with another call key`);
    }
    return found;
  },
};
