import { type ComponentStats, ENDED_AT_MOST, readComponentStats } from '../../reads/component-stats.ts';
import { builder } from './builder.ts';
import { ComponentType } from './component.ts';
import { checkedFilter } from './run-filter-input.ts';

const ComponentStatsType = builder.objectRef<ComponentStats>('ComponentStats').implement({
  description: `Figures about the runs of a component that ended within the last 60 minutes. Of a busier service, they cover its newest ${ENDED_AT_MOST} ended runs.`,
  fields: (t) => ({
    completed: t.exposeInt('completed', { description: 'The number of runs that completed.' }),
    failed: t.exposeInt('failed', { description: 'The number of runs that failed.' }),
    canceled: t.exposeInt('canceled', { description: 'The number of runs that were canceled.' }),
    latencyP50Ms: t.exposeFloat('latencyP50Ms', {
      description:
        'The median latency of the completed and failed runs, in milliseconds: the time from runAt to completedAt. null when there are none.',
      nullable: true,
    }),
    latencyP95Ms: t.exposeFloat('latencyP95Ms', {
      description:
        'The 95th percentile of the latency of the completed and failed runs, in milliseconds. null when there are none.',
      nullable: true,
    }),
  }),
});

builder.prismaObjectField(ComponentType, 'stats', (t) =>
  t.field({
    description:
      'Figures about the runs of the component that ended within the last 60 minutes. One statement reads those of all components of a list.',
    type: ComponentStatsType,
    weighs: { always: 40 },
    resolve: async ({ id }, _, ctx) => {
      const filter = checkedFilter(ctx, null);
      const stats = ctx.loaders.of('component stats', (ids: readonly string[]) =>
        readComponentStats(ctx.db.pool, filter, ids),
      );
      return (await stats.load(id))!;
    },
  }),
);
