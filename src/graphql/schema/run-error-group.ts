import { FAILED_AT_MOST, type RunErrorGroup, readRunErrors } from '../../reads/run-errors.ts';
import { loadRow } from '../selection/load-row.ts';
import { newestFirst } from '../selection/page.ts';
import { builder } from './builder.ts';
import { ComponentType } from './component.ts';
import { loadRun, RunType } from './run.ts';
import { RunErrorCodeType } from './run-error-type.ts';
import { checkedFilter, RunFilterInput } from './run-filter-input.ts';

const RunErrorGroupType = builder.objectRef<RunErrorGroup>('RunErrorGroup').implement({
  description:
    'The failed runs of one component whose errors have the same code and the same message, apart from ids and numbers in it.',
  fields: (t) => ({
    code: t.expose('code', { description: 'The code of the errors.', type: RunErrorCodeType }),
    message: t.exposeString('message', {
      description: 'The message of the errors, with … in place of ids and numbers. Secrets are masked.',
    }),
    component: t.prismaField({
      description: 'The component of the runs.',
      type: ComponentType,
      resolve: async (query, { componentId }, _, ctx) =>
        (await loadRow(ctx, 'component', query, { id: componentId }))!,
    }),
    count: t.exposeInt('count', { description: 'The number of runs in the group.' }),
    firstAt: t.expose('firstAt', {
      description: 'The time at which the first run of the group failed.',
      type: 'DateTime',
    }),
    lastAt: t.expose('lastAt', {
      description: 'The time at which the last run of the group failed.',
      type: 'DateTime',
    }),
    latestRun: t.field({
      description: 'The run of the group that was enqueued last. null if it was deleted meanwhile.',
      type: RunType,
      nullable: true,
      resolve: ({ latestRunId }, _, ctx, info) => loadRun(ctx, info, latestRunId),
    }),
  }),
});

builder.queryField('runErrors', (t) =>
  t.field({
    description: `The FAILED runs that match the filter, grouped by their errors, the largest group first. The newest ${FAILED_AT_MOST} runs are grouped.`,
    type: [RunErrorGroupType],
    weighs: { always: 1_000, where: 500 },
    args: {
      where: t.arg({
        description: 'Groups only the runs that match the filter. null groups all FAILED runs.',
        type: RunFilterInput,
      }),
      first: t.arg.int({
        description: 'The number of groups to return, from 1 to 100. Defaults to 20.',
        defaultValue: 20,
      }),
    },
    resolve: (_, { where, first }, ctx) =>
      readRunErrors(ctx.db.pool, checkedFilter(ctx, where), newestFirst(first, 20)),
  }),
);
