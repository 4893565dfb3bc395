import { Select } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { Address } from '../address.ts';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { formatMoment } from '../parts/format.ts';
import { JsonEditor } from '../parts/JsonEditor.tsx';
import { useMay, useRefusal } from '../parts/permissions.ts';
import { useTimeZone } from '../parts/time-zone.ts';
import { objectIn, type StepDraft } from './product-draft.ts';
import { NO_SAMPLE, orderLineInput, type Sample } from './sample.ts';

/**
 * Chooses the payloads of the preview: the run whose bindings a person came to edit, a recorded order's line, the latest
 * runs of the step, or pasted JSON.
 */
export function SampleSelect({ step, productId, sku, sample, choose }: SampleSelectProps) {
  const [pasted, setPasted] = useState('{}');
  const [mayOrders, mayRuns, mayPayloads] = [
    useMay('READ_ORDERS'),
    useMay('READ_RUNS'),
    useMay('READ_PAYLOADS'),
  ];
  const timeZone = useTimeZone();
  const refusal = useRefusal('READ_ORDERS', 'READ_RUNS', 'READ_PAYLOADS');
  const { run: cameFrom }: Address = useSearch({ strict: false });
  const { data } = useOperation(
    SampleSelect_Query,
    {
      where: { attachmentId: step.attachmentId ? [step.attachmentId] : null, productId: [productId] },
      cameFrom: { runId: cameFrom ? [cameFrom] : [] },
      orders: mayOrders && mayPayloads,
      runs: mayRuns && mayPayloads,
    },
    { staleTime: 30_000 },
  );
  const samplesOf = (runs: readonly FragmentType<typeof SampleSelect_Run>[] = [], name: string): Sample[] =>
    readFragment(SampleSelect_Run, runs).map(({ id, queuedAt, inputPayload, context, metadata }) => ({
      label: `${name} ${formatMoment(new Date(queuedAt), new Date(), timeZone)}`,
      choice: `run ${id}`,
      inputPayload,
      context,
      metadata,
    }));
  const origin = samplesOf(data?.cameFrom?.nodes, 'The run that you came from, of');
  const samples: (Sample & { sku?: string | null })[] = [
    ...origin,
    ...(data?.orders?.nodes ?? []).flatMap((order) =>
      order.lines.map((line) => ({
        label: `Order ${order.number}, ${line.sku ?? 'a line without SKU'}`,
        sku: line.sku,
        choice: `order ${order.number} ${line.position}`,
        inputPayload: orderLineInput(order, line),
        context: {},
        metadata: {},
      })),
    ),
    ...samplesOf(data?.runs?.nodes, 'Run of').filter(({ choice }) => choice !== origin[0]?.choice),
  ];
  // Until a person chooses, that run, or else the newest order that has the product, shows what its bindings find.
  const suggested = sample === null ? (origin[0] ?? samples.find((one) => one.sku === sku)) : undefined;
  useEffect(() => {
    if (suggested) choose(suggested);
  });
  return (
    <>
      <Select
        label="Sample"
        description={
          refusal
            ? `The service finds the values below with it. Orders and runs are not offered: ${refusal.toLowerCase()}.`
            : 'The service finds the values below with it.'
        }
        data={[
          ...[NO_SAMPLE, ...samples].map(({ choice, label }) => ({ value: choice, label })),
          { value: PASTED, label: PASTED_LABEL },
        ]}
        value={sample?.choice ?? NO_SAMPLE.choice}
        onChange={(choice) => {
          if (choice === PASTED) choose(pastedSample(pasted));
          else choose(samples.find((other) => other.choice === choice) ?? NO_SAMPLE);
        }}
        allowDeselect={false}
        searchable
        mt={4}
      />
      {sample?.choice === PASTED && (
        <JsonEditor
          initial={pasted}
          label="Input payload of the sample"
          change={(text) => {
            setPasted(text);
            choose(pastedSample(text));
          }}
          error={objectIn(pasted) ? null : 'This is not a JSON object yet.'}
        />
      )}
    </>
  );
}

const PASTED = 'pasted';
const PASTED_LABEL = 'Pasted JSON…';
const pastedSample = (text: string): Sample => ({
  ...NO_SAMPLE,
  choice: PASTED,
  label: PASTED_LABEL,
  inputPayload: objectIn(text) ?? {},
});

type SampleSelectProps = {
  step: StepDraft;
  productId: string;
  sku: string;
  /** null until one is chosen. */
  sample: Sample | null;
  choose: (sample: Sample) => void;
};

const SampleSelect_Query = graphql(`
  query SampleSelect_Query($where: RunFilter!, $cameFrom: RunFilter!, $orders: Boolean!, $runs: Boolean!) {
    cameFrom: runs(where: $cameFrom, first: 1) @include(if: $runs) {
      nodes {
        ...SampleSelect_Run
      }
    }
    orders(first: 5) @include(if: $orders) {
      nodes {
        number
        payload
        lines {
          sku
          quantity
          position
          payload
        }
      }
    }
    runs(where: $where, first: 3) @include(if: $runs) {
      nodes {
        ...SampleSelect_Run
      }
    }
  }
`);

const SampleSelect_Run = graphql(`
  fragment SampleSelect_Run on Run {
    id
    queuedAt
    inputPayload
    context
    metadata
  }
`);
