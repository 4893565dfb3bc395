import { Button, Group, Modal, MultiSelect, Select, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { graphql } from '../api/generated/index.ts';
import { useChange, useOperation } from '../api/query.ts';
import { DialogFoot } from '../parts/DialogFoot.tsx';
import { plural } from '../parts/format.ts';
import { Problem } from '../parts/Problem.tsx';
import { randomKey } from '../parts/random-key.ts';
import { PlanTable } from './PlanTable.tsx';

/** Runs the journey of a recorded order: first the plan, then the page of the group with its runs, live. */
export function AutomationDialog({ order: { id: orderId, shop }, close }: AutomationDialogProps) {
  const [channel, setChannel] = useState<string | null>(null);
  const [componentIds, setComponentIds] = useState<string[]>([]);
  // One key for this form: a second click is the same group of runs.
  const [idempotencyKey] = useState(randomKey);
  const all = { orderId, channel, shop };
  const input = { ...all, componentId: componentIds.length > 0 ? componentIds : null };
  const { data, error, isPlaceholderData } = useOperation(
    AutomationDialog_Plan,
    { input, orderId },
    { staleTime: 0 },
  );
  const whole = useOperation(AutomationDialog_Components, { input: all });
  const steps = data?.orderAutomationPlan ?? [];
  const count = steps.filter(({ decision }) => decision === 'ELIGIBLE').length;
  const run = useChange(AutomationDialog_Run);
  const problem = run.error?.message ?? run.data?.runOrderAutomation?.userErrors[0]?.message;
  const navigate = useNavigate();
  const send = async () => {
    const { runOrderAutomation } = await run.mutateAsync({ input: { ...input, idempotencyKey } });
    const { groupId } = runOrderAutomation ?? {};
    if (groupId) await navigate({ to: '/admin/groups/$id', params: { id: groupId } as never });
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
          Runs the steps of the order's lines that run after checkout, by automations or by operators. A step
          that has run before runs again, as a new run.
        </Text>
        <Group align="flex-start">
          <Select
            label="Channel"
            description="Only steps that run on it"
            placeholder="All channels"
            data={data?.channels ?? []}
            value={channel}
            onChange={setChannel}
            clearable
            searchable
            w={300}
          />
          <MultiSelect
            label="Components"
            description="Only the steps of these"
            placeholder={componentIds.length === 0 ? 'All components' : undefined}
            data={componentsOf(whole.data?.orderAutomationPlan ?? [])}
            value={componentIds}
            onChange={setComponentIds}
            clearable
            miw={300}
          />
        </Group>
        {error && <Problem error={error} />}
        <PlanTable steps={steps} runs={data?.order?.runs.nodes ?? []} />
        <DialogFoot problem={problem} close={close}>
          <Button
            // A plan of what was chosen before is no confirmation.
            disabled={count === 0 || isPlaceholderData}
            loading={run.isPending}
            onClick={() => void send().catch(() => {})}
          >
            Enqueue {plural(count, 'run')}
          </Button>
        </DialogFoot>
      </Stack>
    </Modal>
  );
}

type AutomationDialogProps = { order: { id: string; shop?: string | null }; close: () => void };

type PlannedComponent = { attachment?: { component: { id: string; name: string } } | null };

/** The components of a plan, each once, as choices. */
function componentsOf(steps: readonly PlannedComponent[]): { value: string; label: string }[] {
  const names = steps.flatMap(({ attachment }) =>
    attachment ? [[attachment.component.id, attachment.component.name] as const] : [],
  );
  return [...new Map(names)].map(([value, label]) => ({ value, label }));
}

const AutomationDialog_Plan = graphql(`
  query AutomationDialog_Plan($input: RunOrderAutomationInput!, $orderId: ID!) {
    channels
    orderAutomationPlan(input: $input) {
      decision
      ...PlanTable_Step
    }
    order(id: $orderId) {
      runs(first: 100) {
        nodes {
          ...PlanTable_Run
        }
      }
    }
  }
`);

const AutomationDialog_Components = graphql(`
  query AutomationDialog_Components($input: RunOrderAutomationInput!) {
    orderAutomationPlan(input: $input) {
      attachment {
        component {
          id
          name
        }
      }
    }
  }
`);

const AutomationDialog_Run = graphql(`
  mutation AutomationDialog_Run($input: RunOrderAutomationInput!) {
    runOrderAutomation(input: $input) {
      groupId
      userErrors {
        message
      }
    }
  }
`);
