import { describe, expect, test } from 'vitest';
import { INVARIANTS } from './invariants/all.ts';
import type { CallRecord, ChangeRecord, EventRecord, Records } from './records.ts';

/** Records of a run that failed once and then completed, of one that was canceled, and of a refused enqueue: all as it must be. */
function lawful(): Records {
  return {
    runs: [
      {
        id: 'a',
        status: 'COMPLETED',
        attempt: 2,
        lostAttempts: 0,
        maxAttempts: 3,
        idempotencyKey: 'key-a',
        eventSequence: 5,
        result: { callId: 2 },
      },
      {
        id: 'b',
        status: 'CANCELED',
        attempt: 0,
        lostAttempts: 0,
        maxAttempts: 1,
        idempotencyKey: 'key-b',
        eventSequence: 2,
        result: null,
      },
    ],
    events: [
      event('a', 1, 'ENQUEUED', 'QUEUED', 1_000),
      event('b', 1, 'ENQUEUED', 'QUEUED', 1_000),
      event('a', 2, 'STARTED', 'RUNNING', 1_100),
      event('a', 3, 'RETRY_SCHEDULED', 'QUEUED', 1_200, 2_200),
      event('b', 2, 'CANCELED', 'CANCELED', 1_300),
      event('a', 4, 'STARTED', 'RUNNING', 2_250),
      event('a', 5, 'COMPLETED', 'COMPLETED', 2_400),
    ].map((each, index) => ({ ...each, position: index + 1 })),
    changes: [
      change('a', { to: 'QUEUED', at: 1_000 }),
      change('b', { to: 'QUEUED', at: 1_000 }),
      change('a', { from: 'QUEUED', to: 'RUNNING', at: 1_100, fence: 1, worker: 'w1' }),
      change('a', {
        from: 'RUNNING',
        to: 'QUEUED',
        at: 1_200,
        fenceBefore: 1,
        fence: 2,
        callKey: 2,
        workerBefore: 'w1',
        runAt: 1_000,
      }),
      change('b', { from: 'QUEUED', to: 'CANCELED', at: 1_300 }),
      change('a', {
        from: 'QUEUED',
        to: 'RUNNING',
        at: 2_250,
        fenceBefore: 2,
        fence: 3,
        callKeyBefore: 2,
        callKey: 2,
        worker: 'w2',
        runAt: 2_200,
      }),
      change('a', {
        from: 'RUNNING',
        to: 'COMPLETED',
        at: 2_400,
        fenceBefore: 3,
        fence: 3,
        callKeyBefore: 2,
        callKey: 3,
        workerBefore: 'w2',
        runAt: 2_200,
      }),
    ],
    deaths: [{ workerId: 'w1', pid: 11, at: 10_000, heartbeatAt: 1_500 }],
    standing: [
      { runId: 'a', isRequested: true, statuses: ['COMPLETED'] },
      { runId: 'b', isRequested: true, statuses: ['CANCELED'] },
    ],
    calls: [
      call({
        callId: 1,
        process: 'worker-1',
        idempotencyKey: 'a:1',
        startedAt: 1_110,
        answeredAt: 1_190,
        status: 503,
      }),
      call({
        callId: 2,
        process: 'worker-2',
        idempotencyKey: 'a:2',
        startedAt: 2_260,
        answeredAt: 2_390,
        status: 200,
      }),
    ],
    enqueues: [
      { key: 'key-a', outcome: 'acknowledged', runId: 'a', latenciesMs: [5], unavailable: 0, broken: 0 },
      { key: 'key-b', outcome: 'acknowledged', runId: 'b', latenciesMs: [5], unavailable: 0, broken: 0 },
      { key: 'key-c', outcome: 'refused', runId: null, latenciesMs: [5], unavailable: 0, broken: 0 },
    ],
    subscribers: [{ name: 'watcher', positions: [3, 4, 5, 6, 7], after: 2, error: null }],
    processes: [
      {
        name: 'worker-1',
        pid: 11,
        startedAt: 0,
        readyAt: 500,
        endedAt: 1_900,
        exit: 'SIGKILL',
        endedByUs: true,
        away: [],
      },
      {
        name: 'worker-2',
        pid: 12,
        startedAt: 0,
        readyAt: 500,
        endedAt: null,
        exit: null,
        endedByUs: false,
        away: [],
      },
    ],
  };
}

function event(
  runId: string,
  sequence: number,
  type: EventRecord['type'],
  status: EventRecord['status'],
  at: number,
  runAt: number | null = null,
): EventRecord {
  return { runId, sequence, position: 0, type, status, at, runAt };
}

const change = (
  runId: string,
  given: Partial<ChangeRecord> & Pick<ChangeRecord, 'to' | 'at'>,
): ChangeRecord => ({
  runId,
  from: null,
  fenceBefore: 0,
  fence: 0,
  callKeyBefore: 1,
  callKey: 1,
  workerBefore: null,
  worker: null,
  runAt: 1_000,
  lostAttempts: 0,
  ...given,
});

const call = (given: Partial<CallRecord>): CallRecord => ({
  process: 'worker-1',
  runId: 'a',
  attempt: 1,
  idempotencyKey: 'a:1',
  bodyHash: 'hash',
  callId: 0,
  startedAt: 0,
  answeredAt: null,
  status: null,
  brokenAt: null,
  ...given,
});

const broken = (records: Records) =>
  INVARIANTS.filter(({ violations }) => violations(records).length > 0).map(({ name }) => name);

test('lawful records have no violations', () => {
  expect(broken(lawful())).toEqual([]);
});

/** Each with what is doctored, under the name of the invariant that must find it. */
const DOCTORED: Record<string, Record<string, (records: Records) => void>> = {
  'an acknowledged run that is missing': {
    'gone from the table': (records) => {
      records.runs = records.runs.filter(({ id }) => id !== 'b');
    },
    'stored under another key': ({ runs }) => {
      runs[0]!.idempotencyKey = 'key-x';
    },
  },
  'a key with two runs, or an unanswered enqueue': {
    'two runs': ({ runs }) => {
      runs.push({ ...runs[1]!, id: 'b2' });
    },
    'no answer': ({ enqueues }) => {
      enqueues[1]!.outcome = 'unknown';
    },
  },
  'a run that stands in no state table, or in two, or a state without a run': {
    'in none': ({ standing }) => {
      standing[0]!.statuses = [];
    },
    'in two': ({ standing }) => {
      standing[0]!.statuses = ['QUEUED', 'COMPLETED'];
    },
    'a state alone': ({ standing }) => {
      standing.push({ runId: 'c', isRequested: false, statuses: ['QUEUED'] });
    },
    'in none meanwhile': ({ changes }) => {
      changes[3]!.to = null;
      changes[5]!.from = null;
    },
    'in two meanwhile': ({ changes }) => {
      changes[3]!.from = null;
    },
  },
  'a run whose terminal events are not one and one more per RETRIED': {
    'left in the queue': ({ runs, events }) => {
      runs[1]!.status = 'QUEUED';
      events.splice(4, 1);
    },
    'completed twice': ({ events }) => {
      events.push({ ...events[6]!, sequence: 6, position: 8 });
    },
  },
  'event sequences that are not 1..n': {
    'a number left out': ({ events }) => {
      events[6]!.sequence = 6;
    },
    'told in another order': ({ events }) => {
      events.reverse();
    },
  },
  'a transition that the status table does not have': {
    'completed from the queue': ({ events }) => {
      events[5]!.type = 'WORKER_LOST';
      events[5]!.status = 'QUEUED';
    },
    'a change without an event': ({ changes }) => {
      changes.push(change('b', { from: 'CANCELED', to: 'QUEUED', at: 3_000, fence: 1 }));
    },
  },
  'a fence that does not grow': {
    'at a claim': ({ changes }) => {
      changes[5]!.fence = 2;
    },
    'at a requeue': ({ changes }) => {
      changes[3]!.fence = 1;
    },
    'it falls': ({ changes }) => {
      changes[6]!.fence = 2;
    },
  },
  "COMPLETED without a runner's answer": {
    'another result': ({ runs }) => {
      runs[0]!.result = { callId: 1 };
    },
    'no call': (records) => {
      records.calls = [];
    },
  },
  'more attempts than maxAttempts and three lost': {
    'too many': ({ runs }) => {
      runs[0]!.maxAttempts = 1;
    },
    'four workers lost': ({ runs }) => {
      runs[0]!.lostAttempts = 4;
    },
    'called without a claim': ({ calls }) => {
      calls.push({ ...calls[1]!, startedAt: 2_395, answeredAt: 2_396 });
    },
  },
  'a retry before its time': {
    'claimed early': ({ changes }) => {
      changes[5]!.at = 2_100;
    },
    'without a time': ({ events }) => {
      events[3]!.runAt = null;
    },
  },
  "a subscriber's list that differs from the table (gap, double, order)": {
    gap: ({ subscribers }) => {
      subscribers[0]!.positions = [3, 4, 6, 7];
    },
    double: ({ subscribers }) => {
      subscribers[0]!.positions = [3, 4, 4, 5, 6, 7];
    },
    order: ({ subscribers }) => {
      subscribers[0]!.positions = [3, 5, 4, 6, 7];
    },
    'the last one missing': ({ subscribers }) => {
      subscribers[0]!.positions = [3, 4, 5, 6];
    },
    'one too many at the end': ({ subscribers }) => {
      subscribers[0]!.positions = [3, 4, 5, 6, 7, 7];
    },
    'an error': ({ subscribers }) => {
      subscribers[0]!.error = 'CURSOR_EXPIRED';
    },
  },
  'a repeat after an unknown outcome with another Idempotency-Key, or under the same key with another body': {
    'another key though nothing was answered': ({ calls }) => {
      calls[0] = { ...calls[0]!, status: null, answeredAt: null, brokenAt: 1_190 };
    },
    'another body under the same key': ({ calls }) => {
      calls[1] = { ...calls[1]!, idempotencyKey: 'a:1', bodyHash: 'other' };
    },
    'another key by a sweep': ({ changes }) => {
      changes[4]!.callKey = 2;
    },
  },
  'a run or event of a mutation that was rejected or rolled back': {
    'a run': ({ enqueues }) => {
      enqueues[1]!.outcome = 'refused';
    },
    'an event': ({ events }) => {
      events.push({ ...event('c', 1, 'ENQUEUED', 'QUEUED', 3_000), position: 8 });
    },
  },
  'two workers that hold one run': {
    'handed over without being taken': ({ changes }) => {
      changes[6] = { ...changes[6]!, worker: 'w3' };
    },
    'called by two at once': ({ calls, processes }) => {
      processes[0]!.endedAt = null;
      calls[0]!.answeredAt = 4_000;
    },
  },
  'a canceled run that runs again': {
    'started after it': ({ events }) => {
      events.push({ ...event('b', 3, 'STARTED', 'RUNNING', 3_000), position: 8 });
    },
    'called after it': ({ calls }) => {
      calls.push(call({ callId: 3, runId: 'b', startedAt: 2_000, answeredAt: 2_001, status: 200 }));
    },
  },
  'a run taken from a worker that was alive and could reach the database': {
    'it lived': ({ processes }) => {
      processes[0]!.endedAt = null;
    },
    'it had slept long before': ({ processes }) => {
      processes[0]!.endedAt = null;
      processes[0]!.away = [{ from: 100, to: 1_400 }];
    },
  },
  'a process that ended unasked': {
    'a crash': ({ processes }) => {
      processes[1] = { ...processes[1]!, endedAt: 5_000, exit: 'exit code 1' };
    },
  },
};

test('every invariant is tried with records that break it', () => {
  expect(Object.keys(DOCTORED)).toEqual(INVARIANTS.map(({ name }) => name));
});

describe.each(Object.entries(DOCTORED))('%s', (name, cases) => {
  test.each(Object.entries(cases))('is found: %s', (_, doctor) => {
    const records = lawful();
    doctor(records);
    expect(broken(records)).toContain(name);
  });
});

test('a worker that slept or was cut off may be declared dead', () => {
  const records = lawful();
  records.processes[0]!.endedAt = null;
  records.processes[0]!.away = [{ from: 1_600, to: 20_000 }];
  expect(broken(records)).toEqual([]);
});
