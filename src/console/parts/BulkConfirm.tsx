import { Button, Checkbox, List, Modal, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { BulkOperationKind, RunFilter } from '../api/generated/graphql.ts';
import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { BULK_VERBS } from './bulk-verbs.ts';
import { DialogFoot } from './DialogFoot.tsx';
import { plural } from './format.ts';
import { Problem } from './Problem.tsx';
import { randomKey } from './random-key.ts';
import { STATUS_LOOKS } from './status-looks.ts';
import { LOOKED_AT, useReplayedRuns } from './use-replayed-runs.ts';
import { useStartBulk } from './use-start-bulk.ts';

/** From this number on the count is typed, so that no large operation starts by a slip. */
const TYPED_FROM = 1_000;

/**
 * Confirms a bulk operation: the filter in words, and what it applies to and what not.
 *
 * @param where the filter; null while it is not known
 */
export function BulkConfirm({ kind, title, words, where, close }: BulkConfirmProps) {
  const { verb, past } = BULK_VERBS[kind];
  const replayed = useReplayedRuns(kind, where);
  const [leavesOut, leaveOut] = useState(true);
  const covered = where && leavesOut && replayed?.length ? without(where, replayed) : where;
  const preview = useOperation(
    BulkConfirm_Preview,
    { kind, where: covered ?? {} },
    { enabled: covered !== null && replayed !== undefined, staleTime: 0 },
  );
  const {
    expected = null,
    applicable = null,
    byStatus = [],
    userErrors = [],
  } = preview.data?.bulkPreview ?? {};
  const [typed, type] = useState('');
  const [reason, setReason] = useState('');
  const [idempotencyKey] = useState(randomKey);
  const { start, isPending, problem } = useStartBulk(kind);
  const navigate = useNavigate();
  const isTyped = (applicable ?? 0) < TYPED_FROM || Number(typed.replaceAll(',', '')) === applicable;
  const send = async () => {
    const id = await start({ where: covered ?? {}, idempotencyKey, reason: reason || null });
    if (id) void navigate({ to: `/admin/bulk/${id}` });
  };
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={`${verb} ${title}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack>
        <Text size="sm">{words}</Text>
        {preview.error && <Problem error={preview.error} />}
        {expected === null && !preview.error && userErrors.length === 0 && <Skeleton height={64} />}
        {expected !== null && (
          <div role="status">
            <Text fw={600}>
              {plural(applicable ?? 0, 'run')} of {plural(expected, 'run')} can be {past}.
            </Text>
            <List size="sm" mt={4}>
              {byStatus.map(({ status, count, applies }) => (
                <List.Item key={status}>
                  {plural(count, 'run')} {STATUS_LOOKS[status].label.toLowerCase()}
                  {applies ? '' : ', to which this does not apply'}
                </List.Item>
              ))}
            </List>
          </div>
        )}
        {replayed !== undefined && replayed.length > 0 && (
          <Checkbox
            label={`Leave out ${plural(replayed.length, 'run')} that were replayed already`}
            description={replayedHint(expected)}
            checked={leavesOut}
            onChange={({ currentTarget }) => leaveOut(currentTarget.checked)}
          />
        )}
        {kind === 'CANCEL' && (
          <TextInput
            label="Reason"
            description="Optional. It is stored with the events of the runs"
            maxLength={500}
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
        )}
        {(applicable ?? 0) >= TYPED_FROM && (
          <TextInput
            label={`Type ${applicable} to confirm`}
            value={typed}
            onChange={({ currentTarget }) => type(currentTarget.value)}
          />
        )}
        <DialogFoot problem={problem ?? userErrors[0]?.message} close={close}>
          <Button
            color={kind === 'CANCEL' ? 'red' : undefined}
            disabled={!applicable || !isTyped}
            loading={isPending}
            onClick={() => void send()}
          >
            {verb} {plural(applicable ?? 0, 'run')}
          </Button>
        </DialogFoot>
      </Stack>
    </Modal>
  );
}

const without = (where: RunFilter, runId: readonly string[]): RunFilter => ({
  ...where,
  not: [...(where.not ?? []), { runId: [...runId] }],
});

const replayedHint = (expected: number | null) =>
  `Otherwise their scripts are executed once more.${
    expected !== null && expected >= LOOKED_AT ? ` Only the newest ${LOOKED_AT} runs were looked at.` : ''
  }`;

type BulkConfirmProps = {
  kind: BulkOperationKind;
  /** The runs, in words that follow "Retry". */
  title: string;
  /** The filter in words. */
  words: string;
  where: RunFilter | null;
  close: () => void;
};

const BulkConfirm_Preview = graphql(`
  query BulkConfirm_Preview($kind: BulkOperationKind!, $where: RunFilter!) {
    bulkPreview(kind: $kind, where: $where) {
      expected
      applicable
      byStatus {
        status
        count
        applies
      }
      userErrors {
        message
      }
    }
  }
`);
