import { Anchor, Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { KeyRound, Plus } from 'lucide-react';
import type { Address } from '../address.ts';
import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { Empty } from '../parts/Empty.tsx';
import { plural } from '../parts/format.ts';
import { NoPermission } from '../parts/NoPermission.tsx';
import { Card, Page } from '../parts/Page.tsx';
import { Problem } from '../parts/Problem.tsx';
import { useRefusal } from '../parts/permissions.ts';
import { TableSkeleton } from '../parts/TableSkeleton.tsx';
import { NewPrincipalDialog } from './NewPrincipalDialog.tsx';
import { PrincipalCard } from './PrincipalCard.tsx';

/** The people and programs that may use the service: their rights, and their API keys. */
export function KeysPage() {
  const refusal = useRefusal('MANAGE_PRINCIPALS');
  return refusal ? (
    <Page title="API keys">
      <NoPermission reason={refusal}>
        This page shows who may use the service, with their roles and API keys.
      </NoPermission>
    </Page>
  ) : (
    <PrincipalList />
  );
}

function PrincipalList() {
  const { after = null }: Address & { after?: string | null } = useSearch({ strict: false });
  const navigate = useNavigate();
  const { data, error, refetch, isPending } = useOperation(KeysPage_Query, { after }, { staleTime: 0 });
  const [isOpen, dialog] = useDisclosure();
  const reload = () => void refetch();
  const principals = data?.principals;
  return (
    <Page
      title="API keys"
      actions={
        <Button size="xs" leftSection={<Plus size={14} aria-hidden />} onClick={dialog.open}>
          New principal…
        </Button>
      }
    >
      {error && <Problem error={error} retry={reload} />}
      {isPending && <TableSkeleton />}
      {principals?.nodes.length === 0 && (
        <Card>
          <Empty icon={<KeyRound />} title="The service has no principals yet">
            A principal is a person or a program that uses the service, with its roles and API keys. The first
            one closes the service to all others, so make it an administrator: yourself.
          </Empty>
        </Card>
      )}
      {principals?.nodes.map((principal) => (
        <PrincipalCard
          key={principal.id}
          principal={principal}
          channels={data?.channels ?? []}
          reload={reload}
        />
      ))}
      {principals && principals.nodes.length > 0 && (
        <Group justify="space-between">
          <Text size="sm" c="dimmed" role="status">
            {plural(principals.totalCount, 'principal', principals.totalCountExact)}
          </Text>
          <Group gap="xs">
            {after && (
              <Anchor component={Link} to="/admin/keys" size="sm">
                First page
              </Anchor>
            )}
            {principals.pageInfo.hasNextPage && (
              <Button
                size="xs"
                variant="default"
                onClick={() =>
                  void navigate({
                    to: '/admin/keys',
                    search: { after: principals.pageInfo.endCursor } as never,
                  })
                }
              >
                More principals
              </Button>
            )}
          </Group>
        </Group>
      )}
      {isOpen && (
        <NewPrincipalDialog
          isFirst={principals?.totalCount === 0}
          channels={data?.channels ?? []}
          created={reload}
          close={dialog.close}
        />
      )}
    </Page>
  );
}

const KeysPage_Query = graphql(`
  query KeysPage_Query($after: String) {
    channels
    principals(first: 20, after: $after) {
      totalCount
      totalCountExact
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        ...PrincipalCard_Principal
      }
    }
  }
`);
