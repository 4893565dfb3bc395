import { Alert, Button, Modal, MultiSelect, SegmentedControl, Stack } from '@mantine/core';
import { DoorClosed } from 'lucide-react';
import { useState } from 'react';
import type { Permission, PrincipalKind } from '../api/generated/graphql.ts';
import { graphql } from '../api/generated/index.ts';
import { useChange } from '../api/query.ts';
import { DialogFoot } from '../parts/DialogFoot.tsx';
import { ExpirySelect, USUAL_DAYS } from './ExpirySelect.tsx';
import { type PrincipalDraft, PrincipalFields } from './PrincipalFields.tsx';
import { PERMISSIONS } from './permission-list.ts';
import { ShownKey } from './ShownKey.tsx';
import { useNewKey } from './use-new-key.ts';

/** Creates a principal with its first key, and shows the key once. The first principal of all closes the service. */
export function NewPrincipalDialog({ isFirst, channels, created, close }: NewPrincipalDialogProps) {
  const [draft, setDraft] = useState<PrincipalDraft>(() => ({
    name: '',
    roles: isFirst ? ['ADMIN'] : [],
    channels: [],
  }));
  const [kind, setKind] = useState<PrincipalKind>(isFirst ? 'PERSON' : 'SERVICE');
  const [permissions, setPermissions] = useState<Permission[]>([]);
  const change = (values: Partial<PrincipalDraft>) => setDraft({ ...draft, ...values });
  const [days, setDays] = useState<number | null>(USUAL_DAYS);
  // A principal whose key could not be created is not created again.
  const [principalId, setPrincipalId] = useState<string | null>(null);
  const [key, setKey] = useState<string | null>(null);
  const creation = useChange(NewPrincipalDialog_Create);
  const newKey = useNewKey();
  const mistakes = creation.data?.createPrincipal?.userErrors ?? [];
  const mistakeOf = (field: string) => mistakes.find(({ path }) => path.includes(field))?.message;
  const other = mistakes.find(({ path }) => !path.some((part) => FIELDS.has(part)))?.message;
  // Another process may close an open service before the key of its first principal is created.
  const keyProblem = newKey.problem && isFirst ? `${newKey.problem} ${BY_COMMAND}` : newKey.problem;
  const problem = creation.error?.message ?? other ?? keyProblem;

  const send = async () => {
    const channelsOrAll = draft.channels.length > 0 ? draft.channels : null;
    const input = { ...draft, kind, permissions, channels: channelsOrAll };
    const id = principalId ?? (await creation.mutateAsync({ input })).createPrincipal?.principal?.id ?? null;
    if (id === null) return;
    setPrincipalId(id);
    setKey(await newKey.create(id, days));
    // The page of an open service is read no more: the service has just closed.
    if (!isFirst) created();
  };
  const leave = () => (isFirst ? location.assign('/admin/keys') : close());
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={key === null ? 'New principal' : `The key of ${draft.name}`}
      withCloseButton={key === null}
      closeOnEscape={key === null}
      closeOnClickOutside={key === null}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {key !== null ? (
        <ShownKey apiKey={key} close={leave}>
          {isFirst && 'The service is closed now. Sign in with this key.'}
        </ShownKey>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void send().catch(() => {});
          }}
        >
          <Stack>
            {isFirst && (
              <Alert
                color="red"
                variant="light"
                icon={<DoorClosed size={18} />}
                title="It closes the service"
              >
                Everybody who reaches this service may do everything now. From the first principal on, each
                client needs a key, you too. Give the first one the role ADMIN.
              </Alert>
            )}
            <SegmentedControl
              aria-label="Kind"
              data={KINDS}
              value={kind}
              onChange={(next) => setKind(next as PrincipalKind)}
            />
            <PrincipalFields draft={draft} change={change} channels={channels} mistakeOf={mistakeOf} />
            <MultiSelect
              label="Further permissions"
              description="Besides those of the roles"
              data={PERMISSIONS}
              value={permissions}
              onChange={(next) => setPermissions(next as Permission[])}
              error={mistakeOf('permissions')}
              searchable
            />
            <ExpirySelect days={days} change={setDays} />
            <DialogFoot problem={problem} close={close}>
              <Button type="submit" loading={creation.isPending || newKey.isPending}>
                Create it with a key
              </Button>
            </DialogFoot>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

type NewPrincipalDialogProps = {
  /** Whether the service has no principal yet, and so is open to everybody. */
  isFirst: boolean;
  channels: readonly string[];
  created: () => void;
  close: () => void;
};

const KINDS: { value: PrincipalKind; label: string }[] = [
  { value: 'SERVICE', label: 'A program' },
  { value: 'PERSON', label: 'A person' },
];

const BY_COMMAND = 'The service is closed now: create a key with npm run key -- create --role ADMIN.';

const FIELDS = new Set(['name', 'roles', 'permissions', 'channels']);

const NewPrincipalDialog_Create = graphql(`
  mutation NewPrincipalDialog_Create($input: CreatePrincipalInput!) {
    createPrincipal(input: $input) {
      principal {
        id
      }
      userErrors {
        message
        path
      }
    }
  }
`);
