import { Group, Text, Title } from '@mantine/core';
import { CircleSlash } from 'lucide-react';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { Card } from '../parts/Page.tsx';
import { RunChip } from '../parts/RunChip.tsx';
import { stepsOf } from './journey.ts';
import classes from './OrderJourney.module.css';

/** The lines of an order, each with the steps of its journey: what ran, what did not, and why. */
export function OrderJourney({ order: ref }: { order: FragmentType<typeof OrderJourney_Order> }) {
  const { lines, runs, skipped } = readFragment(OrderJourney_Order, ref);
  return (
    <>
      {lines.map(({ position, sku, quantity, product }) => {
        const steps = stepsOf(position, runs.nodes, skipped.nodes);
        return (
          <Card key={position} label={product?.title ?? sku ?? `Line ${position + 1}`}>
            <Group className={classes.line} justify="space-between">
              <Title order={2}>{product?.title ?? sku ?? 'A line without a SKU'}</Title>
              <Text size="sm" c="dimmed">
                {sku && <span className="mono">{sku}</span>} × {quantity}
              </Text>
            </Group>
            {steps.length === 0 && (
              <Text size="sm" c="dimmed" px="md" pb="md">
                Nothing has run for this line, and nothing was skipped.
              </Text>
            )}
            <ol className={classes.steps}>
              {steps.map((step) => (
                <li key={step.key} className={classes.step} data-skipped={step.skipped !== null}>
                  <span className={classes.name}>{step.name}</span>
                  {step.skipped === null ? (
                    <Group gap="sm">
                      {step.runs.map((run) => (
                        <RunChip key={run.id} run={run} />
                      ))}
                    </Group>
                  ) : (
                    <span className={classes.skipped}>
                      <CircleSlash size={14} aria-hidden /> Skipped: {step.skipped}
                    </span>
                  )}
                </li>
              ))}
            </ol>
          </Card>
        );
      })}
    </>
  );
}

const OrderJourney_Order = graphql(`
  fragment OrderJourney_Order on Order {
    lines {
      position
      sku
      quantity
      product {
        title
      }
    }
    runs(first: 100) {
      nodes {
        id
        orderLine {
          position
        }
        attachment {
          id
          displayOrder
          component {
            name
          }
        }
        component {
          name
        }
        ...RunChip_Run
      }
    }
    skipped(first: 100) {
      nodes {
        reason
        line {
          position
        }
        attachment {
          id
          displayOrder
          component {
            name
          }
        }
      }
    }
  }
`);
