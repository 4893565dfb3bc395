import { Button, Group, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { Ban, RefreshCcw, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { useChange } from '../api/query.ts';
import { CancelDialog } from './CancelDialog.tsx';
import { CopyMenu } from './CopyMenu.tsx';
import { ReplayDialog } from './ReplayDialog.tsx';

/** The actions on a run. One that is not possible now is disabled, with the reason. */
export function RunActions({ run: ref }: { run: FragmentType<typeof RunActions_Run> }) {
  const run = readFragment(RunActions_Run, ref);
  const [isCanceling, cancel] = useDisclosure();
  const [isReplaying, replay] = useDisclosure();
  const retry = useChange(RunActions_Retry);
  const isActive = run.status === 'QUEUED' || run.status === 'RUNNING';
  const canRetry = run.status === 'FAILED' || run.status === 'CANCELED';
  const sendRetry = async () => {
    try {
      const { retryRun } = await retry.mutateAsync({ id: run.id });
      const [problem] = retryRun?.userErrors ?? [];
      notifications.show({
        color: problem ? 'red' : undefined,
        message: problem?.message ?? 'The run is queued again.',
      });
    } catch (error) {
      notifications.show({ color: 'red', message: (error as Error).message });
    }
  };
  const forgotten = run.forgottenAt ? 'The payloads of its order were erased' : null;
  return (
    <Group gap="xs">
      <CopyMenu run={run} />
      <Action
        icon={<Ban size={15} aria-hidden />}
        label="Cancel"
        reason={isActive ? null : 'The run has ended'}
        act={cancel.open}
      />
      <Action
        icon={<RotateCw size={15} aria-hidden />}
        label="Retry"
        reason={forgotten ?? (canRetry ? null : 'Only failed and canceled runs can be retried')}
        act={() => void sendRetry()}
        isBusy={retry.isPending}
      />
      <Action
        icon={<RefreshCcw size={15} aria-hidden />}
        label="Replay…"
        reason={forgotten}
        act={replay.open}
        isPrimary
      />
      <CancelDialog id={run.id} isOpen={isCanceling} close={cancel.close} />
      {isReplaying && <ReplayDialog run={run} close={replay.close} />}
    </Group>
  );
}

function Action({ icon, label, reason, act, isBusy, isPrimary }: ActionProps) {
  return (
    <Tooltip label={reason} disabled={!reason} events={{ hover: true, focus: true, touch: true }}>
      <Button
        size="xs"
        variant={isPrimary ? 'filled' : 'default'}
        leftSection={icon}
        data-disabled={reason ? true : undefined}
        aria-disabled={reason ? true : undefined}
        aria-description={reason ?? undefined}
        loading={isBusy}
        onClick={() => !reason && act()}
      >
        {label}
      </Button>
    </Tooltip>
  );
}

type ActionProps = {
  icon: ReactNode;
  label: string;
  /** Why it cannot be done; null when it can. */
  reason: string | null;
  act: () => void;
  isBusy?: boolean;
  isPrimary?: boolean;
};

const RunActions_Run = graphql(`
  fragment RunActions_Run on Run {
    id
    status
    forgottenAt
    ...CopyMenu_Run
    ...ReplayDialog_Run
  }
`);

const RunActions_Retry = graphql(`
  mutation RunActions_Retry($id: ID!) {
    retryRun(id: $id) {
      run {
        id
      }
      userErrors {
        message
      }
    }
  }
`);
