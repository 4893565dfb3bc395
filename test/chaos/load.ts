import { setTimeout as pause } from 'node:timers/promises';
import { Agent, request } from 'undici';
import type { EnqueueRecord } from './records.ts';

/** A caller of the API as it should be: it repeats with its key until it knows. */
export type Caller = {
  /** Enqueues one run at each of the APIs in turn, until one acknowledges or refuses it. */
  enqueue(key: string, input: object): Promise<EnqueueRecord>;
  /** Sends an operation to one API; rejects where it is answered by an error. */
  ask<T>(query: string, variables?: object): Promise<T>;
  close(): Promise<void>;
};

const ENQUEUE = `mutation ($input: EnqueueRunInput!) {
  enqueueRun(input: $input) { run { id } deduplicated userErrors { code message } }
}`;

type EnqueueAnswer = {
  enqueueRun: { run: { id: string } | null; deduplicated: boolean; userErrors: { code: string }[] };
};
type Answer = { data: unknown; errors?: { message: string; extensions: { code: string } }[] };

/** A caller that waits longer than this takes the service to hang. */
const HANGS_AFTER_MS = 15_000;
const GIVE_UP_AFTER_MS = 120_000;
const PAUSE_MS = 200;

export function createCaller(urls: readonly string[], records: EnqueueRecord[]): Caller {
  const agent = new Agent({ connections: 64, pipelining: 1, headersTimeout: HANGS_AFTER_MS });
  let turn = 0;
  let isClosed = false;

  async function post(url: string, query: string, variables: object): Promise<Answer> {
    const { body } = await request(`${url}/graphql`, {
      dispatcher: agent,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(HANGS_AFTER_MS),
    });
    return (await body.json()) as Answer;
  }
  const nextUrl = () => urls[turn++ % urls.length]!;

  return {
    async enqueue(key, input) {
      const record: EnqueueRecord = {
        key,
        outcome: 'unknown',
        runId: null,
        latenciesMs: [],
        unavailable: 0,
        broken: 0,
      };
      records.push(record);
      const deadline = performance.now() + GIVE_UP_AFTER_MS;
      while (performance.now() < deadline) {
        const begun = performance.now();
        const answer = await post(nextUrl(), ENQUEUE, { input: { ...input, idempotencyKey: key } }).catch(
          () => null,
        );
        record.latenciesMs.push(performance.now() - begun);
        // A run that was stored, but could not be read, is an error beside a payload.
        const error = answer?.errors?.[0];
        const payload = error ? undefined : (answer?.data as EnqueueAnswer | undefined)?.enqueueRun;
        if (payload) {
          record.outcome = payload.run ? 'acknowledged' : 'refused';
          record.runId = payload.run?.id ?? null;
          return record;
        }
        if (!answer) record.broken += 1;
        else if (error?.extensions.code === 'UNAVAILABLE') record.unavailable += 1;
        else if (error?.extensions.code === 'SHOP_MOVED') {
          record.outcome = 'moved';
          return record;
        } else throw new Error(`enqueueRun was answered with ${JSON.stringify(answer)}`);
        await pause(PAUSE_MS);
        if (isClosed) throw new Error('the caller is closed');
      }
      return record;
    },
    async ask<T>(query: string, variables: object = {}) {
      const { data, errors } = await post(nextUrl(), query, variables);
      if (errors) throw new Error(errors.map(({ message }) => message).join('; '));
      return data as T;
    },
    close() {
      isClosed = true;
      return agent.destroy();
    },
  };
}

/** Does the work for 0 … count - 1, so many at a time. */
export async function inParallel(
  count: number,
  atOnce: number,
  work: (index: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, lane));
}
