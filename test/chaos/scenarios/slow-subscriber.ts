import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { atMost, exactly, told } from '../figures.ts';
import { bySize, type Scenario } from '../scenario.ts';
import { writeEvents } from '../writers.ts';

/** Someone subscribes and reads nothing: what is not read must not pile up in the service. */
export const slowSubscriber: Scenario = {
  name: 'slow-subscriber',
  fault: 'a subscriber that reads nothing for a minute',
  sizes: ['full'],
  lane: 2,
  load: (size) => `${bySize(size, '4,000', '20,000')} events, 10 subscribers that sleep and 10 that do not`,
  async run({ size, seed, open }) {
    const system = await open({ workers: 0, apis: 1 });
    const runs = bySize(size, 2_000, 10_000);
    const componentId = await system.registerComponent('slow', { maxAttempts: 1 });
    const { url } = system.postgres;
    const slow = await system.subscribe({ api: 0, name: 'slow', count: 10 });
    const awake = await system.subscribe({ api: 0, name: 'awake', count: 10 });
    // A process grows in its first moments, with or without subscribers.
    await writeEvents({ url, componentId, runs: runs / 5, writers: 4, seed });
    await pause(2_000);

    const memory = () => residentMegabytes(system.apis[0]!.pid());
    const before = memory();
    slow.pause();
    const pausedAt = Date.now();
    await writeEvents({ url, componentId, runs: (runs * 4) / 5, writers: 4, seed: seed + 100 });
    await pause(pausedAt + bySize(size, 10_000, 60_000) - Date.now());
    const grown = memory() - before;
    const missed =
      awake.subscribers[0]!.record.positions.length - slow.subscribers[0]!.record.positions.length;
    slow.resume();
    const records = await system.finish();
    return {
      records,
      figures: [
        exactly('events', records.events.length, 2 * runs),
        told('events that it had not read after a minute', String(missed)),
        atMost('memory grown meanwhile', grown, GROWTH_MEGABYTES, 'MB'),
      ],
    };
  },
};

/** The ring's own bound, and what a busy process gathers between collections. */
const GROWTH_MEGABYTES = 96;

function residentMegabytes(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1_024;
}
