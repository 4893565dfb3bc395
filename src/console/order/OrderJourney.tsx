import { Group, Text, Title } from '@mantine/core';
import { CircleDashed, CircleSlash } from 'lucide-react';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { plural } from '../parts/format.ts';
import { Card } from '../parts/Page.tsx';
import { PageLink } from '../parts/PageLink.tsx';
import { stepsOf } from './journey.ts';
import classes from './OrderJourney.module.css';
import { StepRun } from './StepRun.tsx';

/**
 * The lines of an order, each with the steps of its journey: what ran, what did not, and why. The runs and what was
 * skipped are those of the order, or of one group of it.
 */
export function OrderJourney({ lines: lineRefs, runs: runsRef, skipped: skippedRef }: OrderJourneyProps) {
  const lines = readFragment(OrderJourney_Line, lineRefs);
  const runs = readFragment(OrderJourney_Runs, runsRef);
  const skipped = readFragment(OrderJourney_Skipped, skippedRef);
  return (
    <>
      {runs.totalCount > runs.nodes.length && (
        <Text size="sm" c="dimmed">
          The newest {runs.nodes.length} of {plural(runs.totalCount, 'run', runs.totalCountExact)} are shown.
        </Text>
      )}
      {lines.map(({ position, sku, quantity, payload, product }) => {
        const name = product?.title ?? sku ?? 'A line without a SKU';
        const steps = stepsOf(position, runs.nodes, skipped.nodes, product?.journeyComponents);
        return (
          <Card key={position} label={name}>
            <Group className={classes.line} justify="space-between">
              <Title order={2}>
                {product ? (
                  <PageLink
                    to="/admin/products/$sku"
                    params={{ sku: product.sku }}
                    search={(product.shop ? { shop: product.shop } : {}) as never}
                    inherit
                    c="inherit"
                  >
                    {name}
                  </PageLink>
                ) : (
                  name
                )}
              </Title>
              <Text size="sm" c="dimmed">
                {sku && <span className="mono">{sku}</span>} × {quantity}
              </Text>
            </Group>
            {payload && Object.keys(payload).length > 0 && (
              <Text size="xs" className={`mono ${classes.payload}`}>
                {shortJson(payload)}
              </Text>
            )}
            {steps.length === 0 && (
              <Text size="sm" c="dimmed" px="md" pb="md">
                {nothingText(product)}
              </Text>
            )}
            <ol className={classes.steps}>
              {steps.map((step) => (
                <li key={step.key} className={classes.step} data-skipped={step.runs.length === 0}>
                  <span className={classes.name}>{step.name}</span>
                  {step.runs.length > 0 ? (
                    <Group gap="sm">
                      {step.runs.map((run) => (
                        <StepRun key={run.id} run={run} />
                      ))}
                    </Group>
                  ) : step.skipped !== null ? (
                    <span className={classes.skipped}>
                      <CircleSlash size={14} aria-hidden /> Skipped: {step.skipped}
                    </span>
                  ) : (
                    <span className={classes.skipped}>
                      <CircleDashed size={14} aria-hidden /> Not run: no checkout or automation has covered it
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

/** Why no step of a line is shown. The steps of a product that nothing covered yet are read for an order only, not for a group. */
function nothingText(product: { journeyComponents?: unknown } | null | undefined): string {
  if (!product) return 'No product has this SKU, so nothing runs.';
  return product.journeyComponents ? 'The product has no steps.' : 'No step of this line is part of it.';
}

/** The payload of a line may have megabytes; its beginning shows what the customer chose. */
function shortJson(payload: unknown): string {
  const text = JSON.stringify(payload);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

type OrderJourneyProps = {
  lines: readonly FragmentType<typeof OrderJourney_Line>[];
  runs: FragmentType<typeof OrderJourney_Runs>;
  skipped: FragmentType<typeof OrderJourney_Skipped>;
};

const OrderJourney_Line = graphql(`
  fragment OrderJourney_Line on OrderLine {
    position
    sku
    quantity
    payload @include(if: $payloads)
    product {
      sku
      shop
      title
      journeyComponents @include(if: $withOpenSteps) {
        id
        displayOrder
        component {
          name
        }
      }
    }
  }
`);

const OrderJourney_Runs = graphql(`
  fragment OrderJourney_Runs on RunConnection {
    totalCount
    totalCountExact
    nodes {
      id
      orderLine {
        position
      }
      attachment {
        id
        displayOrder
      }
      component {
        name
      }
      replayOf {
        id
      }
      ...StepRun_Run
    }
  }
`);

const OrderJourney_Skipped = graphql(`
  fragment OrderJourney_Skipped on SkippedAttachmentConnection {
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
`);
