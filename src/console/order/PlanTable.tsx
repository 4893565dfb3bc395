import { Table, Text } from '@mantine/core';
import { CircleCheck, CircleSlash } from 'lucide-react';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { StackedTable } from '../parts/StackedTable.tsx';
import classes from './PlanTable.module.css';

/** The plan of an automation: each step with the decision, the reason for what would not run, and what has run before. */
export function PlanTable({ steps: stepRefs, runs: runRefs }: PlanTableProps) {
  const steps = readFragment(PlanTable_Step, stepRefs);
  const ran = new Set(readFragment(PlanTable_Run, runRefs).map(keyOf));
  return (
    <StackedTable label="Plan" columns={['Line', 'Step', 'Decision']} maxHeight="50dvh">
      {steps.map(({ line, attachment, decision, reason }) => {
        const key = keyOf({ orderLine: line, attachment });
        const runs = decision === 'ELIGIBLE';
        return (
          <Table.Tr key={key}>
            <Table.Td>{line?.product?.title ?? line?.sku ?? '—'}</Table.Td>
            <Table.Td>{attachment?.component.name ?? '—'}</Table.Td>
            <Table.Td>
              <span className={classes.decision} data-runs={runs}>
                {runs ? <CircleCheck size={15} aria-hidden /> : <CircleSlash size={15} aria-hidden />}
                <Text span size="sm">
                  {reason ?? (ran.has(key) ? 'Runs again: it has run before' : 'Runs')}
                </Text>
              </span>
            </Table.Td>
          </Table.Tr>
        );
      })}
    </StackedTable>
  );
}

type PlanTableProps = {
  steps: readonly FragmentType<typeof PlanTable_Step>[];
  /** The runs of the order so far. */
  runs: readonly FragmentType<typeof PlanTable_Run>[];
};

type Place = { orderLine?: { position: number } | null; attachment?: { id: string } | null };

/** The step of a line, by which a plan and the runs of an order are compared. */
const keyOf = ({ orderLine, attachment }: Place) => `${orderLine?.position} ${attachment?.id}`;

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

const PlanTable_Run = graphql(`
  fragment PlanTable_Run on Run {
    orderLine {
      position
    }
    attachment {
      id
    }
  }
`);
