import { Button, Group, Modal, Radio, Skeleton, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { useChange } from '../api/query.ts';
import { DialogFoot } from '../parts/DialogFoot.tsx';
import { randomKey } from '../parts/random-key.ts';
import classes from './ReplayDialog.module.css';
import { ReplayPreview } from './ReplayPreview.tsx';
import { REPLAY_MODES, type ReplayMode, replayInput } from './replay-modes.ts';
import { useReplayPreview } from './use-replay-preview.ts';

const JsonEditor = lazy(() =>
  import('../parts/JsonEditor.tsx').then((module) => ({ default: module.JsonEditor })),
);

/** Replays a run in one of four ways, after showing what would be sent beside what was sent. */
export function ReplayDialog({
  run: ref,
  first,
  close,
}: {
  run: FragmentType<typeof ReplayDialog_Run>;
  /** The mode that is chosen at first. */
  first: ReplayMode;
  close: () => void;
}) {
  const run = readFragment(ReplayDialog_Run, ref);
  const navigate = useNavigate();
  const [mode, setMode] = useState<ReplayMode>(first);
  const [payload, setPayload] = useState(() => JSON.stringify(run.inputPayload, null, 2));
  const [settledPayload] = useDebouncedValue(payload, 250);
  // One key for this dialog: a second click is the same replay.
  const [idempotencyKey] = useState(randomKey);
  const { product, attachment } = run;
  const isBound = attachment !== null;
  const input = useMemo(() => replayInput(mode, settledPayload, isBound), [mode, settledPayload, isBound]);
  const forecast = useReplayPreview(run.id, input);
  const wouldFail = forecast.problems.length > 0;
  const replay = useChange(ReplayDialog_Replay);
  const problem = replay.error?.message ?? replay.data?.replayRun?.userErrors[0]?.message;

  const send = async () => {
    // The preview follows a moment after what is typed.
    const typed = replayInput(mode, payload, isBound);
    if (!typed) return;
    const { replayRun } = await replay.mutateAsync({ id: run.id, input: { ...typed, idempotencyKey } });
    if (!replayRun?.run) return;
    close();
    void navigate({ to: '/admin/runs/$id', params: { id: replayRun.run.id } });
  };
  return (
    <Modal
      opened
      onClose={close}
      size="80rem"
      title="Replay this run"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack>
        <Radio.Group
          aria-label="What the new run takes over"
          value={mode}
          onChange={(value) => setMode(value as ReplayMode)}
        >
          <div className={classes.modes}>
            {Object.entries(REPLAY_MODES).map(([value, { label, description }]) => (
              <Radio.Card
                key={value}
                value={value}
                disabled={value === 'bindings' && !isBound}
                className={classes.mode}
              >
                <Group wrap="nowrap" align="flex-start" gap="sm">
                  <Radio.Indicator />
                  <div>
                    <Text size="sm" fw={550}>
                      {label}
                    </Text>
                    <Text size="xs" c="dimmed">
                      {description}
                    </Text>
                  </div>
                </Group>
              </Radio.Card>
            ))}
          </div>
        </Radio.Group>
        {mode === 'edited' && (
          <Suspense fallback={<Skeleton height={160} />}>
            <JsonEditor initial={payload} label="Input payload" change={setPayload} />
          </Suspense>
        )}
        {input ? (
          <ReplayPreview forecast={forecast} wasSent={run.request} />
        ) : (
          <Text size="sm" c="var(--mantine-color-error)">
            The payload is not a JSON object yet.
          </Text>
        )}
        <DialogFoot problem={problem} close={close}>
          {wouldFail && product && attachment && (
            <Button
              component={Link}
              to="/admin/products/$sku"
              params={{ sku: product.sku } as never}
              search={
                { step: attachment.id, run: run.id, ...(product.shop && { shop: product.shop }) } as never
              }
              onClick={close}
            >
              Edit the bindings
            </Button>
          )}
          <Button
            variant={wouldFail ? 'default' : 'filled'}
            disabled={!input}
            loading={replay.isPending}
            onClick={() => void send().catch(() => {})}
          >
            {REPLAY_MODES[mode].action}
          </Button>
        </DialogFoot>
      </Stack>
    </Modal>
  );
}

const ReplayDialog_Run = graphql(`
  fragment ReplayDialog_Run on Run {
    id
    request
    inputPayload
    product {
      sku
      shop
    }
    attachment {
      id
    }
  }
`);

const ReplayDialog_Replay = graphql(`
  mutation ReplayDialog_Replay($id: ID!, $input: ReplayRunInput) {
    replayRun(id: $id, input: $input) {
      run {
        id
      }
      userErrors {
        message
      }
    }
  }
`);
