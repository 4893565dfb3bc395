import { Button, Group, Modal, Stack, Tabs, Text } from '@mantine/core';
import { useState } from 'react';
import { graphql } from '../api/generated/index.ts';
import { useChange } from '../api/query.ts';
import { FormOrReason } from '../parts/FormOrReason.tsx';
import { JsonEditor } from '../parts/JsonEditor.tsx';
import { PageLink } from '../parts/PageLink.tsx';
import { randomKey } from '../parts/random-key.ts';
import { askedSchema } from './asked-schema.ts';
import { objectIn, type StepDraft, unboundInputs } from './product-draft.ts';
import { NO_SAMPLE, type Sample } from './sample.ts';
import { WatchedRun } from './WatchedRun.tsx';

/** Runs a stored step with inputs from a form or as JSON, and shows the run until it ends. */
export function RunStepDialog({
  step,
  sample,
  close,
}: {
  step: StepDraft;
  sample: Sample;
  close: () => void;
}) {
  const bound = step.bindings.map(({ inputKey }) => inputKey);
  const schema = askedSchema(step.component.inputSchema, bound);
  const [tab, setTab] = useState<string | null>('form');
  const [text, setText] = useState(() => JSON.stringify(sample.inputPayload, null, 2));
  const [key, setKey] = useState(randomKey);
  const enqueue = useChange(RunStepDialog_Enqueue);
  const inputPayload = objectIn(text);
  const { run, userErrors = [] } = enqueue.data?.enqueueRun ?? {};
  const problem = enqueue.error?.message ?? userErrors[0]?.message;
  const send = async () => {
    const input = {
      componentId: step.component.id,
      attachmentId: step.attachmentId,
      channel: 'admin_preview',
      inputPayload,
      context: sample.context,
      metadata: sample.metadata,
      idempotencyKey: key,
    };
    const { enqueueRun } = await enqueue.mutateAsync({ input });
    // The next click is another run.
    if (enqueueRun?.run) setKey(randomKey());
  };
  return (
    <Modal
      opened
      onClose={close}
      size="46rem"
      title={`Run ${step.component.name}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          {bound.length > 0 && <>Bindings fill {bound.join(', ')}. </>}
          The stored step runs, on the channel admin_preview.
          {sample.choice !== NO_SAMPLE.choice && (
            <> It begins with the payload of the sample “{sample.label}”, and its script really runs.</>
          )}
        </Text>
        <Tabs value={tab} onChange={setTab} keepMounted={false}>
          <Tabs.List>
            <Tabs.Tab value="form">Form</Tabs.Tab>
            <Tabs.Tab value="json">JSON</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="form" pt="sm">
            {bound.length > 0 && unboundInputs(step).length === 0 ? (
              <Text size="sm">The bindings fill every input. There is nothing to enter.</Text>
            ) : (
              <FormOrReason
                schema={schema}
                value={inputPayload ?? {}}
                change={(value) => setText(JSON.stringify(value, null, 2))}
              />
            )}
          </Tabs.Panel>
          <Tabs.Panel value="json" pt="sm">
            <JsonEditor initial={text} label="Input payload" change={setText} />
          </Tabs.Panel>
        </Tabs>
        {!inputPayload && (
          <Text size="sm" c="var(--mantine-color-error)">
            The input payload is not a JSON object yet.
          </Text>
        )}
        {problem && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {problem}
          </Text>
        )}
        {run && (
          <Group gap="sm" role="status">
            <WatchedRun key={run.id} id={run.id} />
            <PageLink to="/admin/runs/$id" params={{ id: run.id }} size="sm">
              Open the run
            </PageLink>
          </Group>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Close
          </Button>
          <Button
            disabled={!inputPayload}
            loading={enqueue.isPending}
            onClick={() => void send().catch(() => {})}
          >
            {run ? 'Run again' : 'Run'}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

const RunStepDialog_Enqueue = graphql(`
  mutation RunStepDialog_Enqueue($input: EnqueueRunInput!) {
    enqueueRun(input: $input) {
      run {
        id
      }
      userErrors {
        message
      }
    }
  }
`);
