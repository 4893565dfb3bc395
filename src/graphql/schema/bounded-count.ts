import { COUNT_AT_MOST } from '../selection/page.ts';
import { builder } from './builder.ts';

/** A count up to COUNT_AT_MOST + 1, which stands for "more than COUNT_AT_MOST". */
export const BoundedCountType = builder.objectRef<number>('BoundedCount').implement({
  description: `A number of runs, counted up to ${COUNT_AT_MOST}.`,
  fields: (t) => ({
    count: t.int({
      description: `The number of runs. ${COUNT_AT_MOST} when there are more.`,
      resolve: (counted) => Math.min(counted, COUNT_AT_MOST),
    }),
    exact: t.boolean({
      description: `True if count is exact; false if there are more than ${COUNT_AT_MOST} runs.`,
      resolve: (counted) => counted <= COUNT_AT_MOST,
    }),
  }),
});
