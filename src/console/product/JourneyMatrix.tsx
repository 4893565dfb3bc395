import { Table, Text, Title } from '@mantine/core';
import { Check } from 'lucide-react';
import type { Trigger } from '../api/generated/graphql.ts';
import { StackedTable } from '../parts/StackedTable.tsx';
import { TRIGGER_TEXTS } from '../parts/trigger-texts.ts';
import composer from './Composer.module.css';
import type { StepDraft } from './product-draft.ts';

/** Which steps run on which channel after which trigger, in order. */
export function JourneyMatrix({ steps }: { steps: readonly StepDraft[] }) {
  if (steps.length === 0) return null;
  const channels = [...new Set(steps.flatMap((step) => step.channels))].sort();
  const columns = [...channels, channels.length === 0 ? 'every channel' : ANY];
  const triggers = (Object.keys(TRIGGER_TEXTS) as Trigger[]).filter((trigger) =>
    steps.some(({ component }) => component.triggers.includes(trigger)),
  );
  return (
    <section className={composer.card} aria-labelledby="journey">
      <Title order={2} id="journey">
        What runs where
      </Title>
      <Text size="sm" c="dimmed">
        For the steps as they are on this page.
      </Text>
      <StackedTable label="Steps by channel and trigger" columns={['Step', ...columns, 'Runs']}>
        {steps.map((step) => (
          <Table.Tr key={step.key}>
            <Table.Td>{step.component.name}</Table.Td>
            {columns.map((channel) => (
              <Table.Td key={channel} data-label={channel}>
                {runsOn(step, channel) ? (
                  <Check size={16} aria-label="runs" />
                ) : (
                  <>
                    <span aria-hidden>–</span>
                    <span className="visually-hidden">does not run</span>
                  </>
                )}
              </Table.Td>
            ))}
            <Table.Td data-label="Runs">
              {step.component.archivedAt
                ? 'never: archived'
                : triggers
                    .filter((trigger) => step.component.triggers.includes(trigger))
                    .map((trigger) => TRIGGER_TEXTS[trigger])
                    .join(', ')}
            </Table.Td>
          </Table.Tr>
        ))}
      </StackedTable>
    </section>
  );
}

const ANY = 'any other channel';

/** An empty list of channels means every channel. */
const runsOn = ({ channels, component }: StepDraft, channel: string): boolean =>
  !component.archivedAt && (channels.length === 0 || channels.includes(channel));
