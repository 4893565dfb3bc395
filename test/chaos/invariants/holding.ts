import type { CallRecord, ProcessRecord, Records } from '../records.ts';
import { byRun, type Invariant } from './invariant.ts';

export const oneHolder: Invariant = {
  name: 'two workers that hold one run',
  violations(records) {
    const handed = records.changes
      .filter(
        ({ workerBefore, worker }) => workerBefore !== null && worker !== null && worker !== workerBefore,
      )
      .map(({ runId }) => `run ${runId} went from one worker to another without being taken from the first`);
    return [...handed, ...overlaps(records)];
  },
};

/** Two calls of one run at once, though the process of the first was there to know that the run was no longer its own. */
function overlaps({ calls, processes }: Records): string[] {
  return [...byRun(calls)].flatMap(([id, history]) =>
    history.flatMap((first, index) =>
      history.slice(index + 1).flatMap((second) => {
        const overlap = endOf(first) - second.startedAt;
        if (overlap <= NOTICE_MS || wasAway(processes, first, second.startedAt)) return [];
        return [`run ${id} was called by ${first.process} and by ${second.process} at once (${overlap} ms)`];
      }),
    ),
  );
}

/** How long a worker that comes to itself may take to end its calls, and a broken call to be noticed. */
const NOTICE_MS = 1_000;
const endOf = (call: CallRecord) => call.answeredAt ?? call.brokenAt ?? call.startedAt;

function wasAway(processes: ProcessRecord[], call: CallRecord, at: number): boolean {
  const lives = processes.filter(({ name }) => name === call.process);
  const life = lives.find(
    ({ startedAt, endedAt }) => startedAt <= call.startedAt && (endedAt ?? at) >= call.startedAt,
  );
  if (!life || (life.endedAt !== null && life.endedAt <= at)) return true;
  return life.away.some(({ from, to }) => from <= at && to + NOTICE_MS >= at);
}

export const theLivingKeepTheirRuns: Invariant = {
  name: 'a run taken from a worker that was alive and could reach the database',
  violations({ deaths, processes }) {
    return deaths.flatMap(({ workerId, pid, at, heartbeatAt }) => {
      const life = processes.find((process) => process.pid === pid && process.startedAt <= at);
      const isExcused =
        !life ||
        (life.endedAt !== null && life.endedAt <= at) ||
        life.away.some(({ from, to }) => from <= at && to >= heartbeatAt);
      if (isExcused) return [];
      return [
        `worker ${workerId} (${life.name}) was declared dead ${at - heartbeatAt} ms after its heartbeat`,
      ];
    });
  },
};

export const processesStay: Invariant = {
  name: 'a process that ended unasked',
  violations({ processes }) {
    return processes
      .filter(({ endedByUs, endedAt, readyAt }) => endedAt !== null && readyAt !== null && !endedByUs)
      .map(({ name, pid, exit }) => `${name} (${pid}) ended by itself: ${exit}`);
  },
};
