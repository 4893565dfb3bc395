import { Button, Modal, Skeleton, Stack, Text } from '@mantine/core';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { useChange, useOperation } from '../api/query.ts';
import { DialogFoot } from '../parts/DialogFoot.tsx';
import { plural } from '../parts/format.ts';
import { useMay } from '../parts/permissions.ts';

/** Confirms that a component is archived, and says what stops: where it is a step, and which runs still go on. */
export function ArchiveDialog({ id, name, reload, close }: ArchiveDialogProps) {
  const runs = useMay('READ_RUNS');
  const { data } = useOperation(ArchiveDialog_Query, { id, runs }, { staleTime: 0 });
  const archive = useChange(ArchiveDialog_Archive);
  const send = async () => {
    await archive.mutateAsync({ id });
    await reload();
    close();
  };
  return (
    <Modal opened onClose={close} title={`Archive ${name}?`} closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack>
        {data?.component ? <Effect component={data.component} /> : <Skeleton height={60} />}
        <DialogFoot problem={archive.error?.message} close={close}>
          <Button color="red" loading={archive.isPending} onClick={() => void send().catch(() => {})}>
            Archive
          </Button>
        </DialogFoot>
      </Stack>
    </Modal>
  );
}

function Effect({ component }: { component: FragmentType<typeof ArchiveDialog_Component> }) {
  const { attachments, runs } = readFragment(ArchiveDialog_Component, component);
  const { nodes, totalCount, totalCountExact } = attachments;
  const more = totalCount - nodes.length;
  return (
    <>
      {totalCount === 0 ? (
        <Text size="sm">No product uses it, so nothing stops.</Text>
      ) : (
        <div>
          <Text size="sm">
            It stops running on {plural(totalCount, 'product', totalCountExact)}, which keep the step:
          </Text>
          <Text size="sm" component="ul" my={4} pl="lg">
            {nodes.map(({ id, product }) => (
              <li key={id}>{product.title}</li>
            ))}
            {more > 0 && <li>and {more.toLocaleString('en')} more</li>}
          </Text>
        </div>
      )}
      <Text size="sm">
        {runs &&
          (runs.totalCount === 0
            ? 'No run of it is under way. '
            : `${plural(runs.totalCount, 'run', runs.totalCountExact)} of it, queued or running, still go on. `)}
        It can be restored at any time.
      </Text>
    </>
  );
}

type ArchiveDialogProps = { id: string; name: string; reload: () => Promise<void>; close: () => void };

const ArchiveDialog_Component = graphql(`
  fragment ArchiveDialog_Component on Component {
    attachments(first: 8) {
      totalCount
      totalCountExact
      nodes {
        id
        product {
          title
        }
      }
    }
    runs(where: { status: [QUEUED, RUNNING] }, first: 1) @include(if: $runs) {
      totalCount
      totalCountExact
    }
  }
`);

const ArchiveDialog_Query = graphql(`
  query ArchiveDialog_Query($id: ID!, $runs: Boolean!) {
    component(id: $id) {
      ...ArchiveDialog_Component
    }
  }
`);

const ArchiveDialog_Archive = graphql(`
  mutation ArchiveDialog_Archive($id: ID!) {
    archiveComponent(id: $id) {
      userErrors {
        message
      }
    }
  }
`);
