import { Button } from '@mantine/core';
import { ArrowUp } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { ListState, LiveList } from '../live/live-list.ts';
import { plural } from '../parts/format.ts';
import classes from './NewRuns.module.css';
import type { ListedRun } from './run-source.ts';
import { useAnnouncement } from './use-announcement.ts';

/**
 * How many runs have come in since. They are shown on request, or by themselves while the person is at the top of the
 * list and does nothing with it: nothing moves under a pointer, an open menu or a selected text.
 */
export function NewRuns({ list, state, isBusy }: NewRunsProps) {
  const box = useRef<HTMLDivElement>(null);
  const count = state.incoming.length;
  useEffect(() => {
    if (count === 0 || isBusy || isUsed(box.current?.parentElement)) return;
    const timer = setTimeout(() => list.showIncoming(), 400);
    return () => clearTimeout(timer);
  }, [count, isBusy, list]);
  const announcement = useAnnouncement(count === 0 ? '' : plural(count, 'new run'));
  return (
    <div ref={box} className={classes.box}>
      <span className="visually-hidden" role="status">
        {announcement}
      </span>
      {count > 0 && (
        <Button
          size="compact-sm"
          radius="xl"
          leftSection={<ArrowUp size={14} aria-hidden />}
          onClick={() => list.showIncoming()}
        >
          {plural(count, 'new run')}
        </Button>
      )}
    </div>
  );
}

type NewRunsProps = { list: LiveList<ListedRun>; state: ListState; isBusy: boolean };

/** Whether the person is doing something with the list, so that its rows must not move. */
function isUsed(listBox: HTMLElement | null | undefined): boolean {
  if (!listBox) return false;
  const scrolled = listBox.querySelector('[role=table]')?.scrollTop ?? 0;
  return (
    scrolled > 0 ||
    listBox.matches(':hover') ||
    listBox.contains(document.activeElement) ||
    getSelection()?.type === 'Range'
  );
}
