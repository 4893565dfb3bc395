import pg from 'pg';
import { vi } from 'vitest';

/** The statements over stored objects that some work costs; those of the feed, the clock and new connections run beside it. */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const spy = vi.spyOn(pg.Client.prototype, 'query');
  try {
    await work();
    const texts = spy.mock.calls.map(([config]) => {
      const given = config as unknown as string | { text: string };
      return typeof given === 'string' ? given : given.text;
    });
    return texts.filter((text) => STORED.test(text) && !/journey_feed|journey_run_events/.test(text));
  } finally {
    spy.mockRestore();
  }
}

const STORED =
  /journey_component|journey_runs|journey_running|journey_run_(queue|outcomes|states|groups)|journey_skipped|journey_bulk|products|orders|order_lines/;
