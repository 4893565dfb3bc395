import { Anchor, Button, Group } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ScrollText } from 'lucide-react';
import type { Address } from '../address.ts';
import { graphql, readFragment } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { Empty } from '../parts/Empty.tsx';
import { NoPermission } from '../parts/NoPermission.tsx';
import { Card, Page } from '../parts/Page.tsx';
import { Problem } from '../parts/Problem.tsx';
import { useRefusal } from '../parts/permissions.ts';
import { TableFrame } from '../parts/TableFrame.tsx';
import { TableSkeleton } from '../parts/TableSkeleton.tsx';
import { useTimeZone } from '../parts/time-zone.ts';
import { AuditFilters } from './AuditFilters.tsx';
import { AuditRow } from './AuditRow.tsx';
import { auditFilterOf } from './audit-filter.ts';
import { useObjectNames } from './use-object-names.ts';

/** The audit log: who changed what, and which operations were rejected. Its filter is in the address. */
export function AuditPage() {
  const refusal = useRefusal('READ_AUDIT_LOG', 'READ_RUNS');
  return refusal ? (
    <Page title="Audit log">
      <NoPermission reason={refusal}>
        This page shows who changed what, and which operations were rejected.
      </NoPermission>
    </Page>
  ) : (
    <AuditLog />
  );
}

function AuditLog() {
  const address: Address = useSearch({ strict: false });
  const { after, ...filter } = address;
  const navigate = useNavigate();
  const goTo = (next: Address) => void navigate({ to: '/admin/audit', search: next as never });
  const isNamed = useRefusal('MANAGE_PRINCIPALS') === null;
  const variables = {
    where: auditFilterOf(filter, useTimeZone() === 'UTC'),
    after: after ?? null,
    isNamed,
  };
  const { data, error, refetch, isPending } = useOperation(AuditPage_Query, variables, { staleTime: 0 });
  const entries = data?.auditLog?.nodes ?? [];
  const principals = new Map(data?.principals?.nodes.map(({ id, name }) => [id, name]));
  const objects = useObjectNames(readFragment(AuditPage_Objects, entries));
  const { hasNextPage = false, endCursor = null } = data?.auditLog?.pageInfo ?? {};
  return (
    <Page
      title="Audit log"
      actions={
        <Button size="xs" variant="default" onClick={() => void refetch()}>
          Reload
        </Button>
      }
    >
      <AuditFilters
        address={filter}
        goTo={goTo}
        principals={principals}
        actions={[...new Set(readFragment(AuditPage_Objects, entries).map(({ action }) => action))]}
      />
      {error && <Problem error={error} retry={() => void refetch()} />}
      {isPending && <TableSkeleton />}
      {data?.auditLog && entries.length === 0 && (
        <Card>
          <Empty icon={<ScrollText />} title="No entry of the audit log matches">
            Each change is an entry, and so are the rejected operations of a client within a minute. Older
            entries are deleted after the time that the service is configured with.
          </Empty>
        </Card>
      )}
      {entries.length > 0 && (
        <TableFrame label="Audit log" columns={['Time', 'Who', 'What', 'Object', 'State before and after']}>
          {entries.map((entry) => (
            <AuditRow
              key={entry.id}
              entry={entry}
              principals={principals}
              objects={objects}
              narrow={(values) => goTo({ ...filter, ...values })}
            />
          ))}
        </TableFrame>
      )}
      <Group justify="flex-end" gap="xs">
        {after && (
          <Anchor component={Link} to="/admin/audit" search={filter as never} size="sm">
            Newest entries
          </Anchor>
        )}
        {hasNextPage && (
          <Button size="xs" variant="default" onClick={() => goTo({ ...filter, after: endCursor ?? '' })}>
            Older entries
          </Button>
        )}
      </Group>
    </Page>
  );
}

const AuditPage_Query = graphql(`
  query AuditPage_Query($where: AuditFilter, $after: String, $isNamed: Boolean!) {
    auditLog(first: 50, where: $where, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        ...AuditPage_Objects
        ...AuditRow_AuditEntry
      }
    }
    principals(first: 100) @include(if: $isNamed) {
      nodes {
        id
        name
      }
    }
  }
`);

const AuditPage_Objects = graphql(`
  fragment AuditPage_Objects on AuditEntry {
    action
    objectType
    objectIds
  }
`);
