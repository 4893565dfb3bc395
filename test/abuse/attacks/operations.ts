import { execFile } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Attack, times } from '../attack.ts';
import { openSocket, subscribe } from '../greedy-client.ts';

const MANY_OPERATIONS = fileURLToPath(new URL('./many-operations.ts', import.meta.url));

export const concurrency: Attack = {
  name: 'many operations',
  tries: 'expensive operations on many connections at once',
  async run(context) {
    // A process of its own, since so many requests would delay the calm client in this one.
    const operations = String(times(context, 50, 500));
    const durationMs = String(times(context, 0, 10_000));
    const flags = ['--disable-warning=ExperimentalWarning', MANY_OPERATIONS];
    await promisify(execFile)(process.execPath, [...flags, context.api.url, operations, durationMs]);
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
