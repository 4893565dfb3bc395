import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { graphql } from '../api/generated/index.ts';
import { useChange, useOperation } from '../api/query.ts';
import { plural } from '../parts/format.ts';
import { Problem } from '../parts/Problem.tsx';
import { randomKey } from '../parts/random-key.ts';
import { PlanTable } from './PlanTable.tsx';

/** Runs the journey of a recorded order again: first the plan, then the runs. */
export function AutomationDialog({ orderId, close }: { orderId: string; close: () => void }) {
  const [channel, setChannel] = useState<string | null>(null);
  // One key for this form: a second click is the same group of runs.
  const [idempotencyKey] = useState(randomKey);
  const input = { orderId, channel };
  const { data, error } = useOperation(AutomationDialog_Plan, { input }, { staleTime: 0 });
  const steps = data?.orderAutomationPlan ?? [];
  const count = steps.filter(({ decision }) => decision === 'ELIGIBLE').length;
  const run = useChange(AutomationDialog_Run);
  const problem = run.error?.message ?? run.data?.runOrderAutomation?.userErrors[0]?.message;
  const send = async () => {
    const { runOrderAutomation } = await run.mutateAsync({ input: { ...input, idempotencyKey } });
    if (!runOrderAutomation || runOrderAutomation.userErrors.length > 0) return;
    notifications.show({ message: `${plural(runOrderAutomation.runs.length, 'run')} enqueued` });
    close();
  };
  return (
    <Modal
      opened
      onClose={close}
      size="60rem"
      title="Journey automation"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack>
        <Text size="sm">
          Enqueues a run for each line and each attachment whose component has the trigger AUTOMATION,
          POST_CHECKOUT or OPERATOR. Runs of before are not repeated or changed.
        </Text>
        <Select
          label="Channel"
          description="Only attachments that are eligible for it run"
          placeholder="All channels"
          data={data?.channels ?? []}
          value={channel}
          onChange={setChannel}
          clearable
          searchable
          w={300}
        />
        {error && <Problem error={error} />}
        <PlanTable steps={steps} />
        {problem && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {problem}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Close
          </Button>
          <Button disabled={count === 0} loading={run.isPending} onClick={() => void send().catch(() => {})}>
            Enqueue {plural(count, 'run')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

const AutomationDialog_Plan = graphql(`
  query AutomationDialog_Plan($input: RunOrderAutomationInput!) {
    channels
    orderAutomationPlan(input: $input) {
      decision
      ...PlanTable_Step
    }
  }
`);

const AutomationDialog_Run = graphql(`
  mutation AutomationDialog_Run($input: RunOrderAutomationInput!) {
    runOrderAutomation(input: $input) {
      runs {
        id
      }
      userErrors {
        message
      }
    }
  }
`);
