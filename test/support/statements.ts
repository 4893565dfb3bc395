import pg from 'pg';
import { vi } from 'vitest';

/** The statements that some work costs, but for those of the feed, which runs beside it. */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const spy = vi.spyOn(pg.Client.prototype, 'query');
  try {
    await work();
    const texts = spy.mock.calls.map(([config]) => {
      const given = config as unknown as string | { text: string };
      return typeof given === 'string' ? given : given.text;
    });
    return texts.filter((text) => !/journey_feed|journey_run_events/.test(text));
  } finally {
    spy.mockRestore();
  }
}
