import { Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useSearch } from '@tanstack/react-router';
import { Ban, RefreshCcw, RotateCw } from 'lucide-react';
import type { Address } from '../address.ts';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { useChange } from '../api/query.ts';
import { ActionButton } from '../parts/ActionButton.tsx';
import { useRefusal } from '../parts/permissions.ts';
import { CancelDialog } from './CancelDialog.tsx';
import { CopyMenu } from './CopyMenu.tsx';
import { ReplayDialog } from './ReplayDialog.tsx';
import { wayOn } from './way-on.ts';

/** The actions on a run, the one that most likely helps filled. One that is not possible now is disabled, with the reason. */
export function RunActions({ run: ref }: { run: FragmentType<typeof RunActions_Run> }) {
  const run = readFragment(RunActions_Run, ref);
  const [isCanceling, cancel] = useDisclosure();
  const retry = useChange(RunActions_Retry);
  const refusal = useRefusal('OPERATE_RUNS');
  const forgotten = run.forgottenAt ? 'The payloads of its order were erased' : null;
  const replayRefusal = useRefusal('OPERATE_RUNS', 'READ_PAYLOADS') ?? forgotten;
  const address: Address = useSearch({ strict: false });
  const [isReplaying, replay] = useDisclosure(address.replay === 'yes' && replayRefusal === null);
  const isActive = run.status === 'QUEUED' || run.status === 'RUNNING';
  const canRetry = run.status === 'FAILED' || run.status === 'CANCELED';
  const way = wayOn(run.error?.code, run.attachment !== null);
  const main = isActive ? null : canRetry ? way.action : 'replay';
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
  return (
    <Group gap="xs">
      <CopyMenu run={run} />
      <ActionButton
        size="xs"
        variant="default"
        leftSection={<Ban size={15} aria-hidden />}
        reason={refusal ?? (isActive ? null : 'The run has ended')}
        act={cancel.open}
      >
        Cancel
      </ActionButton>
      <ActionButton
        size="xs"
        variant={main === 'retry' ? 'filled' : 'default'}
        leftSection={<RotateCw size={15} aria-hidden />}
        reason={refusal ?? forgotten ?? (canRetry ? null : 'Only failed and canceled runs can be retried')}
        act={() => void sendRetry()}
        loading={retry.isPending}
      >
        Retry
      </ActionButton>
      <ActionButton
        size="xs"
        variant={main === 'replay' ? 'filled' : 'default'}
        leftSection={<RefreshCcw size={15} aria-hidden />}
        reason={replayRefusal}
        act={replay.open}
      >
        Replay…
      </ActionButton>
      <CancelDialog run={run} isOpen={isCanceling} close={cancel.close} />
      {isReplaying && <ReplayDialog run={run} first={way.mode} close={replay.close} />}
    </Group>
  );
}

const RunActions_Run = graphql(`
  fragment RunActions_Run on Run {
    id
    status
    forgottenAt
    attachment {
      id
    }
    error {
      code
    }
    ...CancelDialog_Run
    ...CopyMenu_Run
    ...ReplayDialog_Run @include(if: $payloads)
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
