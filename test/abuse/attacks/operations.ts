import { setTimeout as pause } from 'node:timers/promises';
import { type Attack, times } from '../attack.ts';
import { openSocket, post, subscribe } from '../greedy-client.ts';
import { repeat } from '../raw-requests.ts';

export const concurrency: Attack = {
  name: 'many operations',
  tries: 'expensive operations on many connections at once',
  async run(context) {
    const query = `{ ${repeat(10, (n) => `a${n}: runStats(where: { metadata: { n: ${n} } }) { queued }`)} }`;
    await Promise.all(Array.from({ length: times(context, 50, 500) }, () => post(context.api, query)));
    return undefined;
  },
};

export const distinctFilters: Attack = {
  name: 'distinct filters',
  tries: 'subscriptions with 1,000 different JSON filters',
  async run(context) {
    const socket = await openSocket(context.api);
    const text = 'subscription ($where: RunFilter) { runEvents(where: $where) { runId } }';
    for (let n = 0; n < 1_000; n += 1) socket.send(subscribe(`s${n}`, text, { where: { metadata: { n } } }));
    await pause(times(context, 3_000, 20_000));
    socket.terminate();
    return undefined;
  },
};
