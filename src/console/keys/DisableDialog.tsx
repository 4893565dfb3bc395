import { graphql } from '../api/generated/index.ts';
import { useChange } from '../api/query.ts';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';

/** Disables a principal for good, after saying what ends. */
export function DisableDialog({
  principal: { id, name },
  disabled,
  close,
}: {
  principal: { id: string; name: string };
  disabled: () => void;
  close: () => void;
}) {
  const disable = useChange(DisableDialog_Disable);
  const send = async () => {
    const { disablePrincipal } = await disable.mutateAsync({ id });
    if (!disablePrincipal?.principal) return;
    disabled();
    close();
  };
  return (
    <ConfirmDialog
      title={`Disable ${name}?`}
      action="Disable the principal"
      act={() => void send().catch(() => {})}
      isPending={disable.isPending}
      problem={disable.error?.message ?? disable.data?.disablePrincipal?.userErrors[0]?.message}
      close={close}
    >
      All its keys, sessions and subscriptions end within 5 seconds. A disabled principal cannot be enabled
      again; its runs and its changes stay on record.
    </ConfirmDialog>
  );
}

const DisableDialog_Disable = graphql(`
  mutation DisableDialog_Disable($id: ID!) {
    disablePrincipal(id: $id) {
      principal {
        id
      }
      userErrors {
        message
      }
    }
  }
`);
