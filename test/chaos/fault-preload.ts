import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import pg from 'pg';

/*
 * Loaded into a process of ours before its own code (node --import): ends it at a labelled point of a run's way, as kill -9
 * would. The points are the two ends of each statement and the stages of the call, so that the service itself carries no
 * switch by which it could be killed. CHAOS_EXIT_POINT names the point, and after an @ which time of being there it is.
 */
const [wanted = '', times = '1'] = (process.env.CHAOS_EXIT_POINT ?? '').split('@');
let left = Number(times);

function at(point: string): void {
  if (point === wanted && --left === 0) process.kill(process.pid, 'SIGKILL');
}

type Query = (...args: unknown[]) => unknown;
const client = pg.Client.prototype as unknown as { query: Query };
const { query } = client;
client.query = function (this: unknown, ...args) {
  const label = labelOf(args[0]);
  if (label === null) return query.apply(this, args);
  at(`${label} before`);
  const callback = args.at(-1);
  if (typeof callback === 'function') {
    args[args.length - 1] = (...answer: unknown[]) => {
      atAnswer(label, answer[1]);
      callback(...answer);
    };
    return query.apply(this, args);
  }
  const answered = query.apply(this, args);
  if (answered instanceof Promise) {
    return answered.then((answer) => {
      atAnswer(label, answer);
      return answer;
    });
  }
  return answered;
};

/** The exit points of an answer. A claim that found runs has one more: its answer has arrived, and none of the runs has started. */
function atAnswer(label: string, answer: unknown): void {
  at(`${label} after`);
  const rows = (answer as { rows?: { id?: unknown }[] } | undefined)?.rows ?? [];
  if (label === 'claim-due' && rows.some(({ id }) => id)) at(`${label} with runs`);
}

/** Statements of ours by their names, others by a word of their own. */
function labelOf(asked: unknown): string | null {
  const { name, text = '' } = typeof asked === 'string' ? { text: asked } : ((asked ?? {}) as Asked);
  return OTHERS.find(([, word]) => word.test(text))?.[0] ?? name ?? null;
}

type Asked = { name?: string; text?: string };

const OTHERS: [string, RegExp][] = [
  ['commit', /^commit$/i],
  ['declare-dead', /set dead_at = now\(\)/],
  ['complete-jobs', /^delete from \S+_private_jobs/],
  ['get-jobs', /_private_jobs.*for update.*skip locked/is],
];

subscribe('http.client.request.created', (message) => {
  const { request } = message as { request: ClientRequest };
  at('call before');
  request.once('finish', () => at('call sent'));
  request.once('response', (response) => {
    at('call answered');
    response.once('end', () => at('call read'));
  });
});
