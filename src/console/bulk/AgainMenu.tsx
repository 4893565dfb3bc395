import { Button, Menu, Modal, Text } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import type { BulkOperationKind } from '../api/generated/graphql.ts';
import { BulkConfirm } from '../parts/BulkConfirm.tsx';
import { plural } from '../parts/format.ts';
import { useRefusal } from '../parts/permissions.ts';
import { type FoundRuns, readFailedRuns } from './changed-runs.ts';

/** Retries or replays the runs of an ended operation that failed. */
export function AgainMenu({ operation: { id, kind } }: AgainMenuProps) {
  const [started, start] = useState<{ kind: BulkOperationKind; failed: FoundRuns } | null>(null);
  const [isReading, setReading] = useState(false);
  const refusal = useRefusal('OPERATE_RUNS');
  const open = async (again: BulkOperationKind) => {
    setReading(true);
    try {
      start({ kind: again, failed: await readFailedRuns(id, kind) });
    } finally {
      setReading(false);
    }
  };
  const close = () => start(null);
  return (
    <>
      <Menu shadow="md" position="bottom-end">
        <Menu.Target>
          <Button
            size="xs"
            variant="default"
            loading={isReading}
            rightSection={<ChevronDown size={14} aria-hidden />}
          >
            Again for what failed
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {refusal && <Menu.Label>{refusal}</Menu.Label>}
          <Menu.Item disabled={refusal !== null} onClick={() => void open('RETRY').catch(() => {})}>
            Retry them…
          </Menu.Item>
          <Menu.Item disabled={refusal !== null} onClick={() => void open('REPLAY').catch(() => {})}>
            Replay them…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {started?.failed.runIds.length === 0 && (
        <Modal
          opened
          onClose={close}
          title="Nothing is left to do again"
          closeButtonProps={{ 'aria-label': 'Close' }}
        >
          <Text size="sm">{NOTHING[kind]}</Text>
        </Modal>
      )}
      {started && started.failed.runIds.length > 0 && (
        <BulkConfirm
          kind={started.kind}
          title="what failed"
          words={wordsOf(started.failed)}
          where={{ runId: started.failed.runIds }}
          close={close}
        />
      )}
    </>
  );
}

type AgainMenuProps = { operation: { id: string; kind: BulkOperationKind } };

const NOTHING: Record<BulkOperationKind, string> = {
  RETRY:
    'The operation failed for no run, and no run that it retried has failed again, except runs that were replayed since.',
  REPLAY:
    'The operation failed for no run, except runs that were replayed since, and none of its new runs has failed.',
  CANCEL: 'The operation failed for no run, except runs that were replayed since.',
};

const wordsOf = ({ runIds, isComplete }: FoundRuns) =>
  `The ${plural(runIds.length, 'run')} that failed${isComplete ? '' : ', of the first 1,000 of this operation'}.`;
