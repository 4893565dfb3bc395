import { Alert, Button, Group, Title } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { RefreshCw } from 'lucide-react';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { Address } from '../address.ts';
import { visitList } from '../live/neighbours.ts';
import { useWhenLiveAgain } from '../live/use-when-live-again.ts';
import { plural } from '../parts/format.ts';
import { Problem } from '../parts/Problem.tsx';
import { useMay } from '../parts/permissions.ts';
import { BulkMenu } from './BulkMenu.tsx';
import { CellMenu, type OpenCell } from './CellMenu.tsx';
import { ColumnsMenu } from './ColumnsMenu.tsx';
import { ErrorGroups } from './ErrorGroups.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import { FilterBar } from './FilterBar.tsx';
import { HIDE, hiddenColumns } from './list-columns.ts';
import { NewRuns } from './NewRuns.tsx';
import { RunCharts } from './RunCharts.tsx';
import classes from './RunsPage.module.css';
import { RunTable } from './RunTable.tsx';
import { readRunQuery } from './run-query.ts';
import { runListOf } from './run-source.ts';
import { StatusTabs } from './StatusTabs.tsx';
import { ViewsButton } from './ViewsButton.tsx';
import { dividedAddress, VIEW } from './view-address.ts';

/** The live list of runs. Its whole state is in the address. */
export function RunsPage() {
  const search: Address = useSearch({ strict: false });
  const { filter: address, hide, viewId } = useMemo(() => dividedAddress(search), [search]);
  const navigate = useNavigate();
  const orders = useMay('READ_ORDERS');
  const runList = useMemo(() => runListOf(address, orders), [address, orders]);
  const { list } = runList;
  const state = useSyncExternalStore(list.subscribe, list.getState);
  const [cell, openCell] = useState<OpenCell | null>(null);
  useEffect(() => {
    visitList(() => list.getState().ids);
    return list.start();
  }, [list]);
  useWhenLiveAgain(() => void list.retry());
  useHotkeys([['n', () => list.showIncoming()]]);

  const open = (next: Address) => void navigate({ to: '/admin/runs', search: next });
  const goTo = (next: Address, columns = hide) =>
    open({ ...next, [HIDE]: columns, ...(viewId && { [VIEW]: viewId }) });
  const hidden = hiddenColumns(hide);
  const { ignored } = useMemo(() => readRunQuery(address, 0), [address]);
  return (
    <div className={classes.page} data-scroll-restoration-id="page">
      <header className={classes.head}>
        <Group justify="space-between">
          <Title order={1}>Runs</Title>
          <Group gap="xs">
            <ViewsButton filter={{ ...address, [HIDE]: hide }} viewId={viewId} goTo={open} />
            <ColumnsMenu hidden={hidden} hide={(names) => goTo(address, names.join(','))} />
            <ExportMenu address={address} />
            <BulkMenu address={address} />
            <Button
              variant="default"
              size="xs"
              leftSection={<RefreshCw size={14} aria-hidden />}
              onClick={() => void list.reload()}
            >
              Reload
            </Button>
          </Group>
        </Group>
        <RunCharts address={address} goTo={goTo} />
        <StatusTabs address={address} goTo={goTo} />
        <ErrorGroups address={address} goTo={goTo} />
        <FilterBar address={address} goTo={goTo} />
        {ignored.length > 0 && (
          <p className={classes.note}>This part of the address was ignored: {ignored.join('; ')}.</p>
        )}
        {state.isExpired && (
          <Alert color="yellow" variant="light" title="This list is no longer live">
            The events after your place were deleted.{' '}
            <Button variant="default" size="compact-xs" onClick={() => void list.reload()}>
              Load the list again
            </Button>
          </Alert>
        )}
        {state.error && <Problem error={state.error} retry={() => void list.retry()} />}
      </header>
      <div className={classes.list}>
        <NewRuns list={list} state={state} isBusy={cell !== null} />
        <RunTable
          runList={runList}
          state={state}
          hidden={hidden}
          openCell={openCell}
          isFiltered={Object.keys(address).length > 0}
          clearFilters={() => goTo({})}
        />
        <p className={classes.count} role="status">
          {state.phase === 'ready' && plural(state.total.count, 'run', state.total.isExact)}
        </p>
      </div>
      <CellMenu cell={cell} close={() => openCell(null)} address={address} goTo={goTo} />
    </div>
  );
}
