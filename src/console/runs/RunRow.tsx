import { Link, useNavigate } from '@tanstack/react-router';
import type { MouseEvent, ReactNode } from 'react';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { useStoredRun } from '../live/run-store.ts';
import { Moment } from '../parts/Moment.tsx';
import { StatusBadge } from '../parts/StatusBadge.tsx';
import type { OpenCell } from './CellMenu.tsx';
import { FilterValue } from './FilterValue.tsx';
import { RunOutcome } from './RunOutcome.tsx';
import classes from './RunTable.module.css';
import type { RunList } from './run-source.ts';

/** A row of the list, which follows its run by itself. */
export function RunRow({ id, index, top, runList, isSelected, replay, openCell }: RunRowProps) {
  const listed = useStoredRun(runList.list.store, id);
  const navigate = useNavigate();
  if (!listed) return null;
  const open = ({ target }: MouseEvent) => {
    const isControl = (target as Element).closest('a, button') !== null;
    const isSelecting = getSelection()?.type === 'Range';
    if (!isControl && !isSelecting) void navigate({ to: '/admin/runs/$id', params: { id } });
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the link in the row opens the run by keyboard.
    <div
      role="row"
      aria-rowindex={index + 2}
      className={classes.row}
      style={{ transform: `translateY(${top}px)` }}
      data-selected={isSelected}
      data-stale={!runList.matches(listed)}
      onClick={open}
    >
      <Cells id={id} run={listed} isStale={!runList.matches(listed)} replay={replay} openCell={openCell} />
    </div>
  );
}

type RunRowProps = {
  id: string;
  index: number;
  top: number;
  runList: RunList;
  isSelected: boolean;
  replay: ReactNode;
  openCell: (cell: OpenCell) => void;
};

function Cells({ id, run: ref, isStale, replay, openCell }: CellsProps) {
  const run = readFragment(RunRow_Run, ref);
  const { component, product, order, channel, trigger } = run;
  const value = (field: string, text: string) => (
    <FilterValue field={field} value={text} openCell={openCell} />
  );
  return (
    <>
      <Cell name="status">
        <StatusBadge run={run} />
        {isStale && <span className={`${classes.line} ${classes.sub}`}>No longer matches</span>}
        {!isStale && replay}
      </Cell>
      <Cell name="component">
        <Link to="/admin/runs/$id" params={{ id }} className={`${classes.line} ${classes.strong}`}>
          {component.name}
        </Link>
        <span className={`${classes.line} ${classes.sub}`}>{value('component', component.key)}</span>
      </Cell>
      <Cell name="product">
        <span className={classes.line}>{product?.title ?? '—'}</span>
        {product && <span className={`${classes.line} ${classes.sub}`}>{value('product', product.sku)}</span>}
      </Cell>
      <Cell name="order">
        {order ? value('order', order.number) : '—'}
        {trigger && <span className={`${classes.line} ${classes.sub}`}>{value('trigger', trigger)}</span>}
      </Cell>
      <Cell name="channel">{channel ? value('channel', channel) : '—'}</Cell>
      <Cell name="when">
        <Moment at={run.queuedAt} />
        {run.priority !== 'NORMAL' && (
          <span className={`${classes.line} ${classes.sub}`}>
            {run.priority === 'HIGH' ? 'High' : 'Low'} priority
          </span>
        )}
      </Cell>
      <Cell name="outcome">
        <RunOutcome run={run} openCell={openCell} />
      </Cell>
    </>
  );
}

type CellsProps = {
  id: string;
  run: FragmentType<typeof RunRow_Run>;
  isStale: boolean;
  replay: ReactNode;
  openCell: (cell: OpenCell) => void;
};

const Cell = ({ name, children }: { name: string; children: ReactNode }) => (
  <div role="cell" data-cell={name} className={classes.cell}>
    {children}
  </div>
);

const RunRow_Run = graphql(`
  fragment RunRow_Run on Run {
    queuedAt
    channel
    trigger
    priority
    component {
      key
      name
    }
    product {
      sku
      title
    }
    order @include(if: $orders) {
      number
    }
    ...StatusBadge_Run
    ...RunOutcome_Run
  }
`);
