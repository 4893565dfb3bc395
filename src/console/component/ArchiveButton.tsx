import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { useChange } from '../api/query.ts';
import { plural } from '../parts/format.ts';

/** Archives a component after saying what stops, or restores an archived one. */
export function ArchiveButton({ component: ref, reload }: ArchiveButtonProps) {
  const { id, name, archivedAt, attachments } = readFragment(ArchiveButton_Component, ref);
  const [isAsking, setAsking] = useState(false);
  const archive = useChange(ArchiveButton_Archive);
  const restore = useChange(ArchiveButton_Restore);
  const problem = (archive.error ?? restore.error)?.message;
  const after = async (change: Promise<unknown>) => {
    await change;
    await reload();
    setAsking(false);
  };
  if (archivedAt)
    return (
      <Button
        variant="default"
        size="xs"
        loading={restore.isPending}
        onClick={() => void after(restore.mutateAsync({ id })).catch(() => {})}
      >
        Restore
      </Button>
    );
  return (
    <>
      <Button variant="default" size="xs" onClick={() => setAsking(true)}>
        Archive
      </Button>
      <Modal
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={`Archive ${name}?`}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <Stack>
          <Text size="sm">
            {attachments.totalCount === 0
              ? 'No product uses it.'
              : `It stops running on ${plural(attachments.totalCount, 'product', attachments.totalCountExact)}; they keep the step.`}{' '}
            Runs that are queued already still run. It can be restored.
          </Text>
          {problem && (
            <Text size="sm" c="var(--mantine-color-error)" role="alert">
              {problem}
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsking(false)}>
              Close
            </Button>
            <Button
              color="red"
              loading={archive.isPending}
              onClick={() => void after(archive.mutateAsync({ id })).catch(() => {})}
            >
              Archive
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}

type ArchiveButtonProps = {
  component: FragmentType<typeof ArchiveButton_Component>;
  reload: () => Promise<void>;
};

const ArchiveButton_Component = graphql(`
  fragment ArchiveButton_Component on Component {
    id
    name
    archivedAt
    attachments(first: 1) {
      totalCount
      totalCountExact
    }
  }
`);

const ArchiveButton_Archive = graphql(`
  mutation ArchiveButton_Archive($id: ID!) {
    archiveComponent(id: $id) {
      userErrors {
        message
      }
    }
  }
`);

const ArchiveButton_Restore = graphql(`
  mutation ArchiveButton_Restore($id: ID!) {
    restoreComponent(id: $id) {
      userErrors {
        message
      }
    }
  }
`);
