import { Button, Table } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { useChange } from '../api/query.ts';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import { Moment } from '../parts/Moment.tsx';
import { keyStateOf } from './key-state.ts';

/** A key of a principal, without its secret, which the service does not store. A valid one can be revoked. */
export function KeyRow({ apiKey: ref, isLast, reload }: KeyRowProps) {
  const key = readFragment(KeyRow_ApiKey, ref);
  const [isRevoking, revoking] = useDisclosure();
  const state = keyStateOf(key, Date.now());
  return (
    <Table.Tr>
      <Table.Td>
        <span className="mono">
          jrk_{key.environment}_{key.id}_…
        </span>
      </Table.Td>
      <Table.Td data-label="State" c={state === 'valid' ? undefined : 'dimmed'}>
        {state}
        {key.revokedAt && (
          <>
            {' '}
            <Moment at={key.revokedAt} />
          </>
        )}
      </Table.Td>
      <Table.Td data-label="Last used">{key.lastUsedAt ? <Moment at={key.lastUsedAt} /> : 'never'}</Table.Td>
      <Table.Td data-label="Created">
        <Moment at={key.createdAt} />
      </Table.Td>
      <Table.Td data-label="Expires">{key.expiresAt ? <Moment at={key.expiresAt} /> : 'never'}</Table.Td>
      <Table.Td>
        {state === 'valid' && (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={`Revoke the key ${key.id}`}
            onClick={revoking.open}
          >
            Revoke…
          </Button>
        )}
        {isRevoking && <RevokeDialog id={key.id} isLast={isLast} revoked={reload} close={revoking.close} />}
      </Table.Td>
    </Table.Tr>
  );
}

function RevokeDialog({ id, isLast, revoked, close }: RevokeDialogProps) {
  const revoke = useChange(KeyRow_Revoke);
  const send = async () => {
    const { revokeApiKey } = await revoke.mutateAsync({ id });
    if (!revokeApiKey?.apiKey) return;
    revoked();
    close();
  };
  return (
    <ConfirmDialog
      title="Revoke this key?"
      action="Revoke the key"
      act={() => void send().catch(() => {})}
      isPending={revoke.isPending}
      problem={revoke.error?.message ?? revoke.data?.revokeApiKey?.userErrors[0]?.message}
      close={close}
    >
      Requests and open subscriptions with the key <span className="mono">{id}</span> end within 5 seconds. It
      cannot be made valid again.
      {isLast && ' It is the only valid key of this principal: clients that use it lose the service.'}
    </ConfirmDialog>
  );
}

type KeyRowProps = {
  apiKey: FragmentType<typeof KeyRow_ApiKey>;
  /** Whether it is the only valid key of its principal, if it is valid. */
  isLast: boolean;
  reload: () => void;
};
type RevokeDialogProps = { id: string; isLast: boolean; revoked: () => void; close: () => void };

const KeyRow_ApiKey = graphql(`
  fragment KeyRow_ApiKey on ApiKey {
    id
    environment
    createdAt
    lastUsedAt
    expiresAt
    revokedAt
  }
`);

const KeyRow_Revoke = graphql(`
  mutation KeyRow_Revoke($id: ID!) {
    revokeApiKey(id: $id) {
      apiKey {
        id
      }
      userErrors {
        message
      }
    }
  }
`);
