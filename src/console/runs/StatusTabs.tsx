import type { ReactNode } from 'react';
import type { Address } from '../address.ts';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { useWatch } from '../live/use-watch.ts';
import { formatCount } from '../parts/format.ts';
import { STATUS_LOOKS } from '../parts/status-looks.ts';
import { STATUSES } from './filter-fields.ts';
import classes from './StatusTabs.module.css';
import { useApiFilter } from './use-api-filter.ts';

/** How many runs have each status now, with all other filters. A tab shows only the runs of its status. */
export function StatusTabs({ address, goTo }: { address: Address; goTo: (address: Address) => void }) {
  const { status, ...others } = address;
  const where = useApiFilter(others);
  const { data } = useWatch(StatusTabs_Counts, { where }, where === null);
  const counts = data?.runCounts;
  return (
    <nav aria-label="Status" className={classes.tabs}>
      <Tab label="All" isActive={!status} open={() => goTo(others)} />
      {STATUSES.map((one) => {
        const { label, icon: Icon, tone } = STATUS_LOOKS[one];
        return (
          <Tab
            key={one}
            label={label}
            icon={<Icon size={14} aria-hidden data-tone={tone} />}
            isActive={status?.split(',').includes(one) ?? false}
            count={counts?.[COUNTS[one]]}
            open={() => goTo({ ...others, status: one })}
          />
        );
      })}
    </nav>
  );
}

const COUNTS = {
  QUEUED: 'queued',
  RUNNING: 'running',
  COMPLETED: 'completed',
  FAILED: 'failed',
  CANCELED: 'canceled',
} as const;

function Tab({ label, icon, isActive, count, open }: TabProps) {
  return (
    <button type="button" className={classes.tab} aria-current={isActive ? 'true' : undefined} onClick={open}>
      {icon}
      {label}
      {count && <CountMark count={count} />}
    </button>
  );
}

type TabProps = {
  label: string;
  icon?: ReactNode;
  isActive: boolean;
  count?: FragmentType<typeof StatusTabs_Count>;
  open: () => void;
};

function CountMark({ count: ref }: { count: FragmentType<typeof StatusTabs_Count> }) {
  const { count, exact } = readFragment(StatusTabs_Count, ref);
  return <span className={classes.count}>{formatCount(count, exact)}</span>;
}

const StatusTabs_Count = graphql(`
  fragment StatusTabs_Count on BoundedCount {
    count
    exact
  }
`);

const StatusTabs_Counts = graphql(`
  subscription StatusTabs_Counts($where: RunFilter) {
    runCounts(where: $where) {
      queued {
        ...StatusTabs_Count
      }
      running {
        ...StatusTabs_Count
      }
      completed {
        ...StatusTabs_Count
      }
      failed {
        ...StatusTabs_Count
      }
      canceled {
        ...StatusTabs_Count
      }
    }
  }
`);
