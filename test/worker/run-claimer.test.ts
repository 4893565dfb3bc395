import { afterEach, expect, test } from 'vitest';
import { Signal } from '../../src/async/signal.ts';
import type { Capacity, ClaimedRun } from '../../src/runs/attempt/claim.ts';
import { createRunClaimer, type RunClaimer } from '../../src/worker/run-claimer.ts';
import { silent } from '../support/events.ts';

const NEVER_POLLS_MS = 3_600_000;

let claimer: RunClaimer | undefined;
const running = new Map<string, () => void>();
afterEach(async () => {
  const stopped = claimer?.stop();
  for (const end of running.values()) end();
  await stopped;
});

/** A queue in memory, whose runs last until they are ended, and a claimer of it. */
function claiming({ slots, pollMs = NEVER_POLLS_MS }: { slots: number; pollMs?: number }) {
  const queue: { id: string; lostAttempts: number }[] = [];
  const requested: Capacity[] = [];
  const attemptEnded = new Map<string, () => void>();
  const changed = new Signal();
  let nextDueMs: number | null = null;
  let failures = 0;
  let announced = 0;

  function take(wanted: (run: { lostAttempts: number }) => boolean, count: number) {
    const taken = queue.filter(wanted).slice(0, count);
    for (const run of taken) queue.splice(queue.indexOf(run), 1);
    return taken;
  }

  claimer = createRunClaimer({
    slots,
    pollMs,
    logger: silent,
    async announceDueRuns() {
      announced += 1;
      changed.happened();
    },
    async claim(capacity) {
      requested.push(capacity);
      changed.happened();
      if (failures-- > 0) throw new Error('no database');
      const runs = [
        ...take(({ lostAttempts }) => lostAttempts < 2, capacity.free),
        ...take(({ lostAttempts }) => lostAttempts >= 2, capacity.lost),
      ];
      return { runs: runs as ClaimedRun[], nextDueMs };
    },
    execute: ({ id }, ended) =>
      new Promise<void>((resolve) => {
        attemptEnded.set(id, ended);
        running.set(id, () => {
          running.delete(id);
          resolve();
        });
        changed.happened();
      }),
  });

  return {
    requested,
    announced: () => announced,
    running: () => [...running.keys()],
    end: (id: string) => running.get(id)!(),
    /** Ends the attempt at the run, whose outcome is not recorded before `end`. */
    endAttempt: (id: string) => attemptEnded.get(id)!(),
    dueIn(ms: number | null) {
      nextDueMs = ms;
    },
    failTimes(times: number) {
      failures = times;
    },
    add: (...ids: string[]) =>
      queue.push(...ids.map((id) => ({ id, lostAttempts: Number(/^lost (\d)/.exec(id)?.[1] ?? 0) }))),
    async until(isSo: () => boolean) {
      while (!isSo()) await changed.next(new AbortController().signal);
    },
  };
}

test('claims as many runs as slots are free, and the next ones as runs end', async () => {
  const { add, running, end, until, requested } = claiming({ slots: 2 });
  add('a', 'b', 'c', 'd');
  await until(() => running().length === 2);
  expect(running()).toEqual(['a', 'b']);
  end('a');
  await until(() => running().includes('c'));
  expect(running()).toEqual(['b', 'c']);
  end('b');
  end('c');
  await until(() => running().includes('d'));
  expect(requested.map(({ free }) => free)).toEqual([2, 1, 2]);
});

test('fills the slot of a run whose outcome is not recorded yet, as long as no more outcomes wait than it has slots', async () => {
  const { add, running, end, endAttempt, until, requested } = claiming({ slots: 2 });
  add('a', 'b', 'c', 'd', 'e');
  await until(() => running().length === 2);
  endAttempt('a');
  await until(() => running().includes('c'));
  expect(claimer!.executing()).toBe(2);
  endAttempt('b');
  await until(() => running().includes('d'));
  endAttempt('c');
  end('c');
  await until(() => running().includes('e'));
  expect(running()).toEqual(['a', 'b', 'd', 'e']);
  add('f');
  endAttempt('d');
  await new Promise(setImmediate);
  expect(claimer!.executing()).toBe(1);
  expect(requested.map(({ free }) => free)).toEqual([2, 1, 1, 1]);
  end('a');
  await until(() => running().includes('f'));
  expect(requested.at(-1)!.free).toBe(1);
});

test('claims for the slots of runs that end at once, while the rest of their claim start', async () => {
  const { add, running, endAttempt, until, requested } = claiming({ slots: 100 });
  add(...Array.from({ length: 200 }, (_, index) => `run ${index}`));
  await until(() => running().length > 0);
  const first = running();
  expect(claimer!.executing()).toBe(100);
  for (const id of first) endAttempt(id);
  await until(() => requested.length === 2);
  expect(requested[1]!.free).toBe(first.length);
  expect(running().length).toBeLessThan(100);
  await until(() => running().length === 100 + first.length);
});

test('executes the next run that may kill workers only when the outcome of the last one is recorded', async () => {
  const { add, running, end, endAttempt, until } = claiming({ slots: 1 });
  add('lost 2 a', 'lost 2 b');
  await until(() => running().length === 1);
  endAttempt('lost 2 a');
  add('c');
  void claimer!.look();
  await until(() => running().includes('c'));
  expect(running()).toEqual(['lost 2 a', 'c']);
  end('lost 2 a');
  await until(() => running().includes('lost 2 b'));
});

test('looks again only when a job says so, once it found fewer runs than it has slots', async () => {
  const { add, running, end, until, requested } = claiming({ slots: 3 });
  add('a');
  await until(() => running().length === 1);
  end('a');
  add('b');
  expect(requested).toHaveLength(1);
  await claimer!.look();
  await until(() => running().includes('b'));
  expect(requested).toHaveLength(2);
});

test('looks when the next run becomes due, and after each poll interval', async () => {
  const { add, running, until, dueIn } = claiming({ slots: 1, pollMs: 50 });
  dueIn(5);
  add();
  await until(() => running().length === 0);
  add('due');
  await until(() => running().includes('due'));
});

test('executes runs that lost one worker in the slots, and those that lost two one at a time, besides', async () => {
  const { add, running, end, until } = claiming({ slots: 2 });
  add('lost 1 a', 'lost 1 b', 'lost 2 c', 'lost 2 d');
  await until(() => running().length === 3);
  expect(running()).toEqual(['lost 1 a', 'lost 1 b', 'lost 2 c']);
  end('lost 2 c');
  await until(() => running().includes('lost 2 d'));
  expect(running()).toEqual(['lost 1 a', 'lost 1 b', 'lost 2 d']);
});

test('takes the next job only when a slot is free', async () => {
  const { add, running, end, until } = claiming({ slots: 1 });
  add('a');
  await until(() => running().length === 1);
  let isTaken = false;
  const taken = claimer!.look().then(() => {
    isTaken = true;
  });
  await new Promise(setImmediate);
  expect(isTaken).toBe(false);
  end('a');
  await taken;
});

test('leaves a job to the other workers while it has no free slot', async () => {
  const { add, running, until, announced } = claiming({ slots: 1 });
  add('a', 'b');
  await until(() => running().length === 1);
  void claimer!.look();
  await until(() => announced() === 1);
});

test('claims again after a failure', async () => {
  const { add, running, until, failTimes, requested } = claiming({ slots: 1 });
  failTimes(1);
  add('a');
  await until(() => running().includes('a'));
  expect(requested.length).toBeGreaterThan(1);
});

test('claims no more once it stops, and has stopped when the last run has ended', async () => {
  const { add, running, end, until, requested } = claiming({ slots: 1 });
  add('a', 'b');
  await until(() => running().includes('a'));
  const stopped = claimer!.stop();
  end('a');
  await stopped;
  expect(running()).toEqual([]);
  expect(requested).toHaveLength(1);
});
