import { isTerminal, isTransition } from '../../../src/runs/model/status.ts';
import { byRun, type Invariant } from './invariant.ts';

export const acknowledgedRunsAreThere: Invariant = {
  name: 'an acknowledged run that is missing',
  violations({ enqueues, runs }) {
    const stored = new Map(runs.map((run) => [run.id, run]));
    return enqueues
      .filter(({ outcome, runId, key }) => {
        if (outcome !== 'acknowledged') return false;
        return runId === null || stored.get(runId)?.idempotencyKey !== key;
      })
      .map(({ key, runId }) => `${key} was acknowledged as run ${runId}, which is not there under that key`);
  },
};

export const keysHaveOneRun: Invariant = {
  name: 'a key with two runs, or an unanswered enqueue',
  violations({ enqueues, runs }) {
    const counts = new Map<string, number>();
    for (const { idempotencyKey: key } of runs) if (key) counts.set(key, (counts.get(key) ?? 0) + 1);
    const doubled = [...counts].filter(([, count]) => count > 1).map(([key]) => `${key} has two runs`);
    const unknown = enqueues.filter(({ outcome }) => outcome === 'unknown');
    return [...doubled, ...unknown.map(({ key }) => `${key} was never answered for good`)];
  },
};

export const oneTerminalEvent: Invariant = {
  name: 'a run whose terminal events are not one and one more per RETRIED',
  violations({ runs, events }) {
    const histories = byRun(events);
    return runs.flatMap(({ id, status }) => {
      const history = histories.get(id) ?? [];
      const terminal = history.filter((event) => isTerminal(event.status)).length;
      const expected = 1 + history.filter(({ type }) => type === 'RETRIED').length;
      if (terminal === expected && isTerminal(status)) return [];
      return [`run ${id} is ${status} with ${terminal} terminal events instead of ${expected}`];
    });
  },
};

export const sequencesAreWhole: Invariant = {
  name: 'event sequences that are not 1..n',
  violations({ runs, events }) {
    const histories = byRun(events);
    return runs.flatMap(({ id, eventSequence }) => {
      const sequences = (histories.get(id) ?? []).map(({ sequence }) => sequence);
      const isWhole = sequences.length === eventSequence && sequences.every((n, index) => n === index + 1);
      return isWhole ? [] : [`run ${id} counts ${eventSequence} events and has ${sequences.join(' ')}`];
    });
  },
};

export const transitionsAreAllowed: Invariant = {
  name: 'a transition that the status table does not have',
  violations({ runs, events, changes }) {
    const found: string[] = [];
    for (const [id, history] of byRun(events)) {
      let status: (typeof history)[number]['status'] | null = null;
      for (const event of history) {
        if (!isTransition(event.type, status, event.status))
          found.push(`run ${id} went from ${status} to ${event.status} by ${event.type}`);
        status = event.status;
      }
    }
    const steps = byRun(changes);
    const histories = byRun(events);
    for (const { id, status } of runs) {
      const last = histories.get(id)?.at(-1)?.status;
      if (last !== status) found.push(`run ${id} is ${status}, and its last event says ${last}`);
      const moves = (steps.get(id) ?? []).filter(({ from, to }) => from !== to).length;
      const told = (histories.get(id) ?? []).filter(({ type }) => type !== 'CANCEL_REQUESTED').length;
      if (moves !== told) found.push(`run ${id} changed its status ${moves} times and tells ${told}`);
    }
    return found;
  },
};

export const canceledStaysCanceled: Invariant = {
  name: 'a canceled run that runs again',
  violations({ events, calls }) {
    const callsOf = byRun(calls);
    return [...byRun(events)].flatMap(([id, history]) =>
      history.flatMap((event, index) => {
        if (event.type !== 'CANCELED') return [];
        const next = history[index + 1];
        if (next && next.type !== 'RETRIED') return [`run ${id} had ${next.type} after CANCELED`];
        const until = next?.at ?? Number.POSITIVE_INFINITY;
        const late = (callsOf.get(id) ?? []).filter(
          ({ startedAt }) => startedAt > event.at + CLOCK_STEP_MS && startedAt < until,
        );
        return late.map(({ startedAt }) => `run ${id} was called ${startedAt - event.at} ms after CANCELED`);
      }),
    );
  },
};

/** A call that was sent just before its cancel may be heard just after. */
const CLOCK_STEP_MS = 100;

export const refusedLeavesNothing: Invariant = {
  name: 'a run or event of a mutation that was rejected or rolled back',
  violations({ enqueues, runs, events }) {
    const keys = new Set(runs.map(({ idempotencyKey }) => idempotencyKey));
    const ids = new Set(runs.map(({ id }) => id));
    const stored = enqueues.filter(({ outcome, key }) => outcome === 'refused' && keys.has(key));
    const strays = new Set(events.map(({ runId }) => runId)).difference(ids);
    return [
      ...stored.map(({ key }) => `${key} was refused, and has a run`),
      ...[...strays].map((id) => `an event is there of run ${id}, which is not`),
    ];
  },
};

export const everyRunStandsOnce: Invariant = {
  name: 'a run that stands in no state table, or in two, or a state without a run',
  violations({ standing, changes }) {
    const now = standing.flatMap(({ runId, isRequested, statuses }) => {
      if (!isRequested) return [`a state is there of run ${runId}, which is not (${statuses.join(', ')})`];
      if (statuses.length === 1) return [];
      return [`run ${runId} stands in ${statuses.length} state tables (${statuses.join(', ')})`];
    });
    const meanwhile = [...byRun(changes)].flatMap(([id, steps]) =>
      steps.flatMap(({ from, to }, index) => {
        if (to === null) return [`run ${id} was taken out of ${from} and put nowhere`];
        if (from === null && index > 0)
          return [`run ${id} was put into ${to} without being taken from anywhere`];
        return [];
      }),
    );
    return [...now, ...meanwhile];
  },
};
