import { Button, Skeleton } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Inbox, SearchX } from 'lucide-react';
import { type CSSProperties, lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { ListState } from '../live/live-list.ts';
import { Empty } from '../parts/Empty.tsx';
import type { OpenCell } from './CellMenu.tsx';
import { columnGrid, RUN_COLUMNS } from './list-columns.ts';
import { RunRow } from './RunRow.tsx';
import classes from './RunTable.module.css';
import type { RunList } from './run-source.ts';
import type { Replays } from './ShownReplays.tsx';
import { useRowHeight } from './use-row-height.ts';

const ShownReplays = lazy(async () => ({ default: (await import('./ShownReplays.tsx')).ShownReplays }));

/** Elements that do something by themselves when they have the focus and Enter is pressed. */
const ACTIVATED_BY_ENTER = ['INPUT', 'TEXTAREA', 'SELECT', 'A', 'BUTTON', 'SUMMARY'];
/** How many rows before the end of the loaded ones the next page is read. */
const READ_AHEAD = 30;
/** Where each list was scrolled to, for a person who returns to it. */
const places = new WeakMap<object, number>();

/** The rows of the list. Only those on screen are in the document, however many there are. */
export function RunTable({ runList, state, hidden, openCell, isFiltered, clearFilters }: RunTableProps) {
  const { list } = runList;
  const box = useRef<HTMLDivElement>(null);
  const height = useRowHeight();
  const [selected, select] = useState(-1);
  const [replays, showReplays] = useState<Replays>();
  const navigate = useNavigate();
  const rows = useVirtualizer({
    count: state.ids.length,
    getScrollElement: () => box.current,
    estimateSize: () => height,
    getItemKey: (index) => state.ids[index]!,
    overscan: 8,
    initialOffset: places.get(list) ?? 0,
  });
  const shown = rows.getVirtualItems();
  const ids = shown.map(({ index }) => state.ids[index]!);
  const hasUnsuccessful = ids.some((id) => /FAILED|CANCELED/.test(list.store.get(id)?.status ?? ''));
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= state.ids.length - READ_AHEAD) void list.loadMore();
  }, [last, state.ids.length, list]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new height is a reason to measure.
  useEffect(rows.measure, [height]);

  const move = (step: number) => {
    const next = Math.min(Math.max(selected + step, 0), state.ids.length - 1);
    select(next);
    rows.scrollToIndex(next);
  };
  useHotkeys([
    ['j', () => move(1)],
    ['k', () => move(-1)],
  ]);
  const openSelected = () =>
    state.ids[selected] && void navigate({ to: '/admin/runs/$id', params: { id: state.ids[selected] } });
  useHotkeys([['Enter', openSelected]], ACTIVATED_BY_ENTER);

  if (state.phase === 'loading') return <Loading />;
  if (state.ids.length === 0 && state.phase === 'ready')
    return isFiltered ? <NothingFound clearFilters={clearFilters} /> : <NoRuns />;
  return (
    <div
      ref={box}
      className={classes.table}
      data-hidden={hidden.join(' ')}
      style={{ '--columns': columnGrid(hidden) } as CSSProperties}
      role="table"
      aria-label="Runs"
      aria-rowcount={state.total.count + 1}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls the list.
      tabIndex={0}
      onScroll={({ currentTarget }) => places.set(list, currentTarget.scrollTop)}
    >
      {hasUnsuccessful && (
        <Suspense>
          <ShownReplays ids={ids} store={list.store} show={showReplays} />
        </Suspense>
      )}
      <HeadRow />
      <div role="rowgroup" className={classes.rows} style={{ height: rows.getTotalSize() }}>
        {shown.map(({ key, index, start }) => (
          <RunRow
            key={key}
            id={state.ids[index]!}
            index={index}
            top={start}
            runList={runList}
            isSelected={index === selected}
            replay={replays?.get(state.ids[index]!)}
            openCell={openCell}
          />
        ))}
      </div>
    </div>
  );
}

type RunTableProps = {
  runList: RunList;
  state: ListState;
  /** The columns that are not shown. */
  hidden: readonly string[];
  openCell: (cell: OpenCell) => void;
  isFiltered: boolean;
  clearFilters: () => void;
};

function HeadRow() {
  return (
    <div role="rowgroup" className={classes.headGroup}>
      <div role="row" className={classes.head}>
        {RUN_COLUMNS.map(({ name, head }) => (
          <span key={name} role="columnheader" data-cell={name}>
            {head}
          </span>
        ))}
      </div>
    </div>
  );
}

function Loading() {
  return (
    <div className={classes.loading} aria-busy>
      <span className="visually-hidden">Loading the runs</span>
      {Array.from({ length: 10 }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike.
        <Skeleton key={row} height={18} radius="sm" />
      ))}
    </div>
  );
}

const NoRuns = () => (
  <Empty icon={<Inbox />} title="No runs yet">
    A run appears here as soon as a checkout, an automation or an operator starts a component. The page shows
    it without a reload.
  </Empty>
);

const NothingFound = ({ clearFilters }: { clearFilters: () => void }) => (
  <Empty
    icon={<SearchX />}
    title="No run matches these filters"
    action={
      <Button variant="default" size="xs" onClick={clearFilters}>
        Clear all filters
      </Button>
    }
  >
    Runs that match later appear here without a reload.
  </Empty>
);
