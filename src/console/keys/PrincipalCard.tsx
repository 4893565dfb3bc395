import { Badge, Group, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Bot, UserRound } from 'lucide-react';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { ActionButton } from '../parts/ActionButton.tsx';
import { CopyButton } from '../parts/CopyButton.tsx';
import { plural } from '../parts/format.ts';
import { Moment } from '../parts/Moment.tsx';
import { Card } from '../parts/Page.tsx';
import { PageLink } from '../parts/PageLink.tsx';
import { StackedTable } from '../parts/StackedTable.tsx';
import { DisableDialog } from './DisableDialog.tsx';
import { EditPrincipalDialog } from './EditPrincipalDialog.tsx';
import { KeyRow } from './KeyRow.tsx';
import { keyStateOf, noFurtherKey } from './key-state.ts';
import { NewKeyDialog } from './NewKeyDialog.tsx';
import classes from './PrincipalCard.module.css';

/** A principal with its rights and its keys, and what can be done with them. */
export function PrincipalCard({ principal: ref, channels: known, reload }: PrincipalCardProps) {
  const principal = readFragment(PrincipalCard_Principal, ref);
  const { id, name, kind, roles, permissions, channels, createdAt, disabledAt, apiKeys } = principal;
  const [isCreating, creation] = useDisclosure();
  const [isEditing, editing] = useDisclosure();
  const [isDisabling, disabling] = useDisclosure();
  const now = Date.now();
  const valid = apiKeys.filter((key) => keyStateOf(key, now) === 'valid').length;
  const Icon = kind === 'PERSON' ? UserRound : Bot;
  return (
    <Card label={name}>
      <Group className={classes.head} justify="space-between" align="flex-start">
        <div>
          <Group gap="xs">
            <Icon size={17} aria-hidden />
            <Title order={2}>{name}</Title>
            {roles.map((role) => (
              <Badge key={role} variant="default" radius="sm">
                {role}
              </Badge>
            ))}
            {disabledAt && (
              <Badge color="red" variant="light" radius="sm">
                disabled
              </Badge>
            )}
          </Group>
          <Text size="sm" c="dimmed" mt={4}>
            {channels ? `Only the channels ${channels.join(', ')}` : 'All channels'} · created{' '}
            <Moment at={createdAt} />
            {disabledAt && (
              <>
                {' '}
                · disabled <Moment at={disabledAt} />
              </>
            )}
          </Text>
          <details className={classes.permissions}>
            <summary>{plural(permissions.length, 'permission')}</summary>
            {permissions.join(', ')}
            <Group gap={4}>
              id <span className="mono">{id}</span> <CopyButton text={id} label={`Copy the id of ${name}`} />
            </Group>
          </details>
        </div>
        <Group gap="xs">
          <PageLink to="/admin/audit" search={{ principal: id } as never}>
            Its changes
          </PageLink>
          <ActionButton
            size="xs"
            variant="default"
            reason={disabledAt ? 'It is disabled' : null}
            act={editing.open}
          >
            Change…
          </ActionButton>
          <ActionButton
            size="xs"
            variant="default"
            reason={disabledAt ? 'It is disabled already' : null}
            act={disabling.open}
          >
            Disable…
          </ActionButton>
          <ActionButton size="xs" reason={noFurtherKey(principal, now)} act={creation.open}>
            {valid === 0 ? 'New key…' : 'Rotate the key…'}
          </ActionButton>
        </Group>
      </Group>
      {apiKeys.length === 0 ? (
        <Text size="sm" c="dimmed" px="md" pb="md">
          It has no API key.
        </Text>
      ) : (
        <StackedTable
          label={`Keys of ${name}`}
          columns={['Key', 'State', 'Last used', 'Created', 'Expires', 'Action']}
        >
          {apiKeys.map((key) => (
            <KeyRow key={key.id} apiKey={key} isLast={valid === 1} reload={reload} />
          ))}
        </StackedTable>
      )}
      {isCreating && (
        <NewKeyDialog principal={{ id, name }} replaces={valid > 0} created={reload} close={creation.close} />
      )}
      {isEditing && (
        <EditPrincipalDialog principal={principal} channels={known} changed={reload} close={editing.close} />
      )}
      {isDisabling && <DisableDialog principal={{ id, name }} disabled={reload} close={disabling.close} />}
    </Card>
  );
}

type PrincipalCardProps = {
  principal: FragmentType<typeof PrincipalCard_Principal>;
  /** The channels in use, as suggestions. */
  channels: readonly string[];
  reload: () => void;
};

const PrincipalCard_Principal = graphql(`
  fragment PrincipalCard_Principal on Principal {
    id
    name
    kind
    roles
    permissions
    channels
    createdAt
    disabledAt
    ...EditPrincipalDialog_Principal
    apiKeys {
      id
      revokedAt
      expiresAt
      ...KeyRow_ApiKey
    }
  }
`);
