import { useState } from 'react';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { useChange } from '../api/query.ts';
import { ActionButton } from '../parts/ActionButton.tsx';
import { useRefusal } from '../parts/permissions.ts';
import { ArchiveDialog } from './ArchiveDialog.tsx';

/** Archives a component after saying what stops, or restores an archived one. */
export function ArchiveButton({ component: ref, reload }: ArchiveButtonProps) {
  const component = readFragment(ArchiveButton_Component, ref);
  const [isAsking, setAsking] = useState(false);
  const restore = useChange(ArchiveButton_Restore);
  const refusal = useRefusal('WRITE_CATALOGUE');
  const { id, name, archivedAt } = component;
  if (archivedAt)
    return (
      <ActionButton
        variant="default"
        size="xs"
        reason={refusal ?? restore.error?.message ?? null}
        loading={restore.isPending}
        act={() => void restore.mutateAsync({ id }).then(reload, () => {})}
      >
        Restore
      </ActionButton>
    );
  return (
    <>
      <ActionButton variant="default" size="xs" reason={refusal} act={() => setAsking(true)}>
        Archive…
      </ActionButton>
      {isAsking && <ArchiveDialog id={id} name={name} reload={reload} close={() => setAsking(false)} />}
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
