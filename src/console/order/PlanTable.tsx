import { Table, Text } from '@mantine/core';
import { CircleCheck, CircleSlash } from 'lucide-react';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import classes from './PlanTable.module.css';

/** The plan of an automation: each step with the decision, and the reason for what would not run. */
export function PlanTable({ steps: refs }: { steps: readonly FragmentType<typeof PlanTable_Step>[] }) {
  const steps = readFragment(PlanTable_Step, refs);
  return (
    <Table.ScrollContainer minWidth={520} mah={360}>
      <Table verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Line</Table.Th>
            <Table.Th>Step</Table.Th>
            <Table.Th>Decision</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {steps.map(({ line, attachment, decision, reason }) => (
            <Table.Tr key={`${line?.position}-${attachment?.id}`}>
              <Table.Td>{line?.product?.title ?? line?.sku ?? '—'}</Table.Td>
              <Table.Td>{attachment?.component.name ?? '—'}</Table.Td>
              <Table.Td>
                <span className={classes.decision} data-runs={decision === 'ELIGIBLE'}>
                  {decision === 'ELIGIBLE' ? (
                    <CircleCheck size={15} aria-hidden />
                  ) : (
                    <CircleSlash size={15} aria-hidden />
                  )}
                  <Text span size="sm">
                    {reason ?? 'Runs'}
                  </Text>
                </span>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

const PlanTable_Step = graphql(`
  fragment PlanTable_Step on JourneyStep {
    decision
    reason
    line {
      position
      sku
      product {
        title
      }
    }
    attachment {
      id
      component {
        name
      }
    }
  }
`);
