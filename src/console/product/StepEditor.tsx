import { Alert, Checkbox, Group, Stack, TagsInput, Text, Title } from '@mantine/core';
import { Eye, Play } from 'lucide-react';
import { useState } from 'react';
import type { SaveProductInput } from '../api/generated/graphql.ts';
import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { ActionButton } from '../parts/ActionButton.tsx';
import { PageLink } from '../parts/PageLink.tsx';
import { useMay, useRefusal } from '../parts/permissions.ts';
import { AddBinding } from './AddBinding.tsx';
import { BindingRow } from './BindingRow.tsx';
import composer from './Composer.module.css';
import { type FieldErrors, stepField } from './field-errors.ts';
import { inputSchemaOf } from './input-hints.ts';
import {
  type BindingDraft,
  isComplete,
  newBinding,
  type StepDraft,
  stepInput,
  unboundInputs,
} from './product-draft.ts';
import { RequestPreview } from './RequestPreview.tsx';
import { RunStepDialog } from './RunStepDialog.tsx';
import { SampleSelect } from './SampleSelect.tsx';
import { NO_SAMPLE, type Sample } from './sample.ts';
import { usePreview, usePreviewRefusal } from './use-preview.ts';

/** Edits a step. While people type, a preview shows what each binding finds and which inputs do not fit. */
export function StepEditor({
  step,
  stored,
  product,
  productId,
  sku,
  shop,
  problems,
  sample,
  setSample,
  isPreviewing,
  setPreviewing,
  change,
  errors,
}: StepEditorProps) {
  const [isRunning, setRunning] = useState(false);
  const refusal = useRefusal('ENQUEUE_RUNS');
  const rights = { runs: useMay('READ_RUNS'), secrets: useMay('WRITE_CATALOGUE') };
  const { data: known } = useOperation(StepEditor_Query, rights, { staleTime: 60_000 });
  // A binding without a path or a name would hide what the others find.
  const begun = { ...step, bindings: step.bindings.filter(isComplete) };
  const { component, bindings } = step;
  const inputKeys = bindings.map(({ inputKey }) => inputKey);
  const { inputPayload, context, metadata, label } = sample ?? NO_SAMPLE;
  const preview = usePreview(
    product && {
      // A product that is previewed is not saved: no revision is expected, and its steps are not read.
      product: { ...product, journeyComponents: null },
      attachment: stepInput(begun),
      input: {
        componentId: component.id,
        shop: product.shop,
        channel: 'admin_preview',
        ...{ inputPayload, context, metadata },
      },
    },
    inputKeys,
  );
  const typing = Object.fromEntries(
    preview.mistakes.map(({ path, message }) => [stepField(path, begun), message]),
  );
  const shown: FieldErrors = { ...errors, ...typing };
  const setBindings = (next: readonly BindingDraft[]) => change({ ...step, bindings: next });
  return (
    <section className={composer.card} aria-labelledby="step">
      <Group justify="space-between" align="flex-start">
        <div>
          <Title order={2} id="step">
            {component.name}
          </Title>
          <PageLink to="/admin/components/$key" params={{ key: component.key }} size="xs" className="mono">
            {component.key}
          </PageLink>
        </div>
        <Group gap="xs">
          <ActionButton
            size="xs"
            variant="default"
            leftSection={<Eye size={14} aria-hidden />}
            aria-expanded={isPreviewing}
            act={() => setPreviewing(!isPreviewing)}
            reason={usePreviewRefusal()}
          >
            Preview request
          </ActionButton>
          <ActionButton
            size="xs"
            variant="default"
            leftSection={<Play size={14} aria-hidden />}
            act={() => setRunning(true)}
            reason={refusal ?? (stored ? null : 'Save the product first: the stored step runs')}
          >
            Run this step
          </ActionButton>
        </Group>
      </Group>
      <Stack gap="md" mt="sm">
        {shown[step.key] && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {shown[step.key]}
          </Text>
        )}
        {problems.length > 0 && (
          <Alert color="orange" variant="light" title="Runs of this step will fail" role="status">
            {problems.map((problem) => (
              <Text key={problem} size="sm">
                {problem}
              </Text>
            ))}
          </Alert>
        )}
        <TagsInput
          label="Channels"
          description="Where the step runs. Empty: on every channel."
          placeholder={step.channels.length === 0 ? 'every channel' : undefined}
          data={known?.channels ?? []}
          value={[...step.channels]}
          onChange={(channels) => change({ ...step, channels })}
          error={shown[`${step.key}.channels`]}
          clearable
        />
        <Checkbox
          label="Required"
          description="A mark for scripts and other programs, such as a shop that lists what a product comes with. The step runs either way."
          checked={step.isRequired}
          onChange={(event) => change({ ...step, isRequired: event.currentTarget.checked })}
        />
        <div>
          <Title order={3} size="h4">
            Inputs
          </Title>
          <SampleSelect step={step} productId={productId} sku={sku} sample={sample} choose={setSample} />
        </div>
        {bindings.map((binding) => (
          <BindingRow
            key={binding.key}
            binding={binding}
            inputs={[binding.inputKey, ...unboundInputs(step)].filter(Boolean)}
            schema={inputSchemaOf(component, binding.inputKey)}
            secrets={known?.secrets?.map(({ name }) => name) ?? []}
            request={preview.request}
            found={preview.found.get(binding.inputKey)}
            inputError={preview.inputErrors.get(binding.inputKey)}
            errors={{
              inputKey: shown[`${step.key}.${binding.key}.inputKey`],
              value: shown[`${step.key}.${binding.key}.value`],
            }}
            change={(next) =>
              setBindings(bindings.map((other) => (other.key === binding.key ? next : other)))
            }
            remove={() => setBindings(bindings.filter((other) => other.key !== binding.key))}
          />
        ))}
        <AddBinding
          step={step}
          add={(name) => setBindings([...bindings, newBinding(step.component, name)])}
        />
        {preview.otherErrors.length > 0 && (
          <Text size="sm" c="var(--mantine-color-error)">
            The inputs do not fit the component: {preview.otherErrors.join('; ')}
          </Text>
        )}
        {isPreviewing && (
          <RequestPreview
            preview={preview}
            bindings={bindings}
            obstacle={product ? null : 'The attributes of the product are not a JSON object yet.'}
          >
            What a run of the step would send as it is on this page, saved or not. Sample: {label}.
          </RequestPreview>
        )}
      </Stack>
      {isRunning && stored && (
        <RunStepDialog
          step={stored}
          shop={shop}
          sample={sample ?? NO_SAMPLE}
          close={() => setRunning(false)}
        />
      )}
    </section>
  );
}

type StepEditorProps = {
  step: StepDraft;
  /** The same step as it is stored; null for one that is not saved yet. */
  stored: StepDraft | null;
  /** The product as it would be saved; null while it cannot be sent. */
  product: SaveProductInput | null;
  productId: string;
  sku: string;
  shop: string | null;
  /** The problems of the step as it is stored. */
  problems: readonly string[];
  /** All steps of the product are previewed with it. */
  sample: Sample | null;
  setSample: (sample: Sample) => void;
  /** Whether the request of the step that is selected is shown. */
  isPreviewing: boolean;
  setPreviewing: (isPreviewing: boolean) => void;
  change: (step: StepDraft) => void;
  errors: FieldErrors;
};

const StepEditor_Query = graphql(`
  query StepEditor_Query($runs: Boolean!, $secrets: Boolean!) {
    channels @include(if: $runs)
    secrets @include(if: $secrets) {
      name
    }
  }
`);
