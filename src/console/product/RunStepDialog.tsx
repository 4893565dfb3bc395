import { Button, Group, Modal, Stack, Tabs, Text } from '@mantine/core';
import { Eye } from 'lucide-react';
import { useState } from 'react';
import { graphql } from '../api/generated/index.ts';
import { useChange } from '../api/query.ts';
import foot from '../parts/DialogFoot.module.css';
import { FormOrReason } from '../parts/FormOrReason.tsx';
import { JsonEditor } from '../parts/JsonEditor.tsx';
import { PageLink } from '../parts/PageLink.tsx';
import { randomKey } from '../parts/random-key.ts';
import { useEchoRunner } from '../parts/use-echo-runner.ts';
import { askedSchema } from './asked-schema.ts';
import { objectIn, type StepDraft, unboundInputs } from './product-draft.ts';
import { RequestPreview } from './RequestPreview.tsx';
import { NO_SAMPLE, type Sample } from './sample.ts';
import { usePreview } from './use-preview.ts';
import { WatchedRun } from './WatchedRun.tsx';

/** Runs a stored step with inputs from a form or as JSON, and shows the run until it ends. */
export function RunStepDialog({
  step,
  shop,
  sample,
  close,
}: {
  step: StepDraft;
  shop: string | null;
  sample: Sample;
  close: () => void;
}) {
  const bound = step.bindings.map(({ inputKey }) => inputKey);
  const schema = askedSchema(step.component.inputSchema, bound);
  const [tab, setTab] = useState<string | null>('form');
  const [text, setText] = useState(() => JSON.stringify(sample.inputPayload, null, 2));
  const [key, setKey] = useState(randomKey);
  const [isPreviewing, setPreviewing] = useState(false);
  const isEcho = useEchoRunner();
  const enqueue = useChange(RunStepDialog_Enqueue);
  const inputPayload = objectIn(text);
  const { run, userErrors = [] } = enqueue.data?.enqueueRun ?? {};
  const problem = enqueue.error?.message ?? userErrors[0]?.message;
  const request = {
    componentId: step.component.id,
    attachmentId: step.attachmentId,
    shop,
    channel: 'admin_preview',
    inputPayload,
    context: sample.context,
    metadata: sample.metadata,
  };
  const preview = usePreview(isPreviewing && inputPayload ? { input: request } : null, []);
  const send = async () => {
    const { enqueueRun } = await enqueue.mutateAsync({ input: { ...request, idempotencyKey: key } });
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
            <> It begins with the payload of the sample “{sample.label}”.</>
          )}{' '}
          {isEcho
            ? 'Its script is not executed: the echo runner returns the inputs.'
            : 'Its script really runs.'}
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
                errors={isPreviewing ? preview.schemaErrors : undefined}
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
        {isPreviewing && inputPayload && (
          <RequestPreview preview={preview} bindings={step.bindings} obstacle={null}>
            What the stored step would send with these inputs.
          </RequestPreview>
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
        <Group justify="flex-end" className={foot.foot}>
          <Button
            variant="default"
            mr="auto"
            leftSection={<Eye size={14} aria-hidden />}
            aria-expanded={isPreviewing}
            onClick={() => setPreviewing(!isPreviewing)}
          >
            Preview request
          </Button>
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
