import { setTimeout as pause } from 'node:timers/promises';
import { atMost, exactly, told } from '../figures.ts';
import { inParallel } from '../load.ts';
import { bySize, type Scenario } from '../scenario.ts';
import type { Subscriber, Subscription } from '../subscribers.ts';
import { until } from '../until.ts';

/** API processes die under their subscribers, who come back with their cursors. */
export const apisKilled: Scenario = {
  name: 'apis-killed',
  fault: 'API processes killed in turn, SIGTERM and SIGKILL',
  sizes: ['smoke', 'full'],
  lane: 1,
  load: (size) =>
    bySize(
      size,
      '2 kills, 60 subscribers on 6 sockets, 900 events',
      '10 kills, 500 subscribers on 50 sockets, 10,000 events',
    ),
  async run({ size, open, say }) {
    const system = await open({ workers: bySize(size, 1, 3), runner: { delayMs: 0 } });
    const { apis, caller, enqueues } = system;
    const sockets = bySize(size, 6, 50);
    const runs = bySize(size, 300, 3_334);
    const kills = bySize(size, 2, 10);
    const componentId = await system.registerComponent('api', { maxAttempts: 1 });
    const subscriptions: Subscription[] = [];
    for (let n = 0; n < sockets; n += 1)
      subscriptions.push(await system.subscribe({ api: n % 2, name: `socket-${n + 1}`, count: 10 }));
    // These come back to the process that they were with, however long that takes; what they get is judged alike.
    for (const over of ['event stream', 'socket'] as const)
      for (const api of [0, 1])
        await system.subscribe({ api, name: `client of ${api} (${over})`, count: 1, over });

    const everyMs = bySize(size, 4_500, 6_000);
    const enqueued = inParallel(runs, 4, async (n) => {
      await caller.enqueue(`api-${n}`, { componentId, inputPayload: { n } });
      await pause((everyMs * kills * 4) / runs);
    });
    const resumed: number[] = [];
    for (let n = 0; n < kills; n += 1) {
      await pause(everyMs / 3);
      const api = apis[n % 2]!;
      const signal = n % 4 < 2 ? 'SIGKILL' : 'SIGTERM';
      const listeners = subscriptions
        .filter((subscription) => subscription.url() === system.apiUrls[n % 2])
        .flatMap((subscription) => subscription.subscribers);
      const at = Date.now();
      await api.end(signal);
      await pause((everyMs * 2) / 3);
      const isBack = ({ resumedAt }: Subscriber) => resumedAt >= at;
      await until(() => listeners.every(isBack), `the subscribers of ${api.name} to come back`, 30_000);
      const back = Math.max(...listeners.map(({ resumedAt }) => resumedAt - at));
      say(`${signal} of ${api.name}: ${listeners.length} subscribers resumed after ${back} ms at the latest`);
      if (listeners.length > 0) resumed.push(back / 1_000);
    }
    await enqueued;
    await system.drained(30_000);
    const records = await system.finish();
    const deliveries = records.subscribers.reduce((sum, { positions }) => sum + positions.length, 0);
    return {
      records,
      figures: [
        exactly('runs', records.runs.length, runs),
        atMost('all subscribers resumed, at the latest', Math.max(...resumed), 5, 's'),
        told('deliveries', `${deliveries} of ${records.events.length} events`),
        told(
          'enqueues that broke and were repeated',
          String(enqueues.filter(({ broken }) => broken > 0).length),
        ),
      ],
    };
  },
};
