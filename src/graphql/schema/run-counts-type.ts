import { type RunCounts, readRunCounts } from '../../reads/run-counts.ts';
import { COUNT_AT_MOST } from '../selection/page.ts';
import { BoundedCountType } from './bounded-count.ts';
import { builder } from './builder.ts';
import { checkedFilter, RunFilterInput } from './run-filter-input.ts';

export const RunCountsType = builder.objectRef<RunCounts>('RunCounts').implement({
  description: 'The numbers of runs by status, of all times.',
  fields: (t) => {
    const count = (name: keyof RunCounts, description: string) =>
      t.field({ description, type: BoundedCountType, resolve: (counts) => counts[name] });
    return {
      queued: count('queued', 'The QUEUED runs.'),
      waiting: count('waiting', 'The QUEUED runs that are not due yet: their runAt is in the future.'),
      running: count('running', 'The RUNNING runs.'),
      completed: count('completed', 'The COMPLETED runs.'),
      failed: count('failed', 'The FAILED runs.'),
      canceled: count('canceled', 'The CANCELED runs.'),
    };
  },
});

builder.queryField('runCounts', (t) =>
  t.field({
    description: 'The numbers of runs that match the filter, by status, all of one moment.',
    type: RunCountsType,
    weighs: { always: 100, where: 500 },
    args: {
      where: t.arg({
        description: 'Counts only the runs that match the filter. null counts all runs.',
        type: RunFilterInput,
      }),
    },
    resolve: (_, { where }, ctx) => readRunCounts(ctx.db.pool, checkedFilter(ctx, where), COUNT_AT_MOST + 1),
  }),
);
