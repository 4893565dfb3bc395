import { Select, Skeleton, Text } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { objectIn, type StepDraft } from './product-draft.ts';
import { NO_SAMPLE, orderLineInput, type Sample } from './sample.ts';

const JsonEditor = lazy(() =>
  import('../parts/JsonEditor.tsx').then((module) => ({ default: module.JsonEditor })),
);

/** Chooses the payloads of the preview: a recorded order's line, the latest run of the step, or pasted JSON. */
export function SampleSelect({ step, productId, sample, choose }: SampleSelectProps) {
  const [pasted, setPasted] = useState('{}');
  const { data } = useOperation(
    SampleSelect_Query,
    { runs: { attachmentId: step.attachmentId ? [step.attachmentId] : null, productId: [productId] } },
    { staleTime: 30_000 },
  );
  const samples: (Sample & { label: string })[] = [
    ...(data?.orders?.nodes ?? []).flatMap((order) =>
      order.lines.map((line) => ({
        label: `Order ${order.number}, ${line.sku ?? 'a line without SKU'}`,
        choice: `order ${order.number} ${line.position}`,
        inputPayload: orderLineInput(order, line),
        context: {},
        metadata: {},
      })),
    ),
    ...(data?.runs?.nodes ?? []).map(({ id, inputPayload, context, metadata }) => ({
      label: `Run ${id.slice(-12)}`,
      choice: `run ${id}`,
      inputPayload,
      context,
      metadata,
    })),
  ];
  return (
    <>
      <Select
        label="Sample"
        description="With which the service finds the values below."
        data={[
          { value: NO_SAMPLE.choice, label: 'No order: the product alone' },
          ...samples.map(({ choice, label }) => ({ value: choice, label })),
          { value: PASTED, label: 'Pasted JSON…' },
        ]}
        value={sample.choice}
        onChange={(choice) => {
          if (choice === PASTED) choose(pastedSample(pasted));
          else choose(samples.find((other) => other.choice === choice) ?? NO_SAMPLE);
        }}
        allowDeselect={false}
        searchable
        mt={4}
      />
      {sample.choice === PASTED && (
        <Suspense fallback={<Skeleton height={120} />}>
          <JsonEditor
            initial={pasted}
            label="Input payload of the sample"
            change={(text) => {
              setPasted(text);
              choose(pastedSample(text));
            }}
          />
          {!objectIn(pasted) && (
            <Text size="xs" c="var(--mantine-color-error)">
              This is not a JSON object yet.
            </Text>
          )}
        </Suspense>
      )}
    </>
  );
}

const PASTED = 'pasted';
const pastedSample = (text: string): Sample => ({
  ...NO_SAMPLE,
  choice: PASTED,
  inputPayload: objectIn(text) ?? {},
});

type SampleSelectProps = {
  step: StepDraft;
  productId: string;
  sample: Sample;
  choose: (sample: Sample) => void;
};

const SampleSelect_Query = graphql(`
  query SampleSelect_Query($runs: RunFilter!) {
    orders(first: 5) {
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
    runs(where: $runs, first: 3) {
      nodes {
        id
        inputPayload
        context
        metadata
      }
    }
  }
`);
