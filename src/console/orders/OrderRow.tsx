import { Group, Table, Text } from '@mantine/core';
import type { RunStatus } from '../api/generated/graphql.ts';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { Moment } from '../parts/Moment.tsx';
import { PageLink } from '../parts/PageLink.tsx';
import { StatusCount, solvedOf } from '../parts/StatusCount.tsx';
import { STATUS_LOOKS } from '../parts/status-looks.ts';

/** An order of the list: what was bought, and how many of its runs have each status. */
export function OrderRow({ order: ref }: { order: FragmentType<typeof OrderRow_Order> }) {
  const { number, shop, placedAt, lines, runs } = readFragment(OrderRow_Order, ref);
  const names = lines.map(({ product, sku }) => product?.title ?? sku ?? 'a line without a product');
  const counts = Object.keys(STATUS_LOOKS).map(
    (status) => [status as RunStatus, runs.nodes.filter((run) => run.status === status).length] as const,
  );
  return (
    <Table.Tr>
      <Table.Td>
        <PageLink
          to="/admin/orders/$number"
          params={{ number } as never}
          search={(shop ? { shop } : {}) as never}
          fw={550}
        >
          {number}
        </PageLink>
        {shop && (
          <Text size="xs" c="dimmed">
            {shop}
          </Text>
        )}
      </Table.Td>
      <Table.Td data-label="Placed">
        <Moment at={placedAt} />
      </Table.Td>
      <Table.Td maw={360}>
        <Text size="sm" truncate title={names.join(', ')}>
          {names.join(', ') || '—'}
        </Text>
      </Table.Td>
      <Table.Td>
        <Group gap={6}>
          {runs.nodes.length === 0 && (
            <Text size="sm" c="dimmed">
              none
            </Text>
          )}
          {counts.map(
            ([status, count]) =>
              count > 0 && (
                <StatusCount
                  key={status}
                  status={status}
                  count={count}
                  solved={solvedOf(runs.nodes, status)}
                />
              ),
          )}
          {runs.totalCount > runs.nodes.length && (
            <Text size="sm" c="dimmed">
              and {runs.totalCount - runs.nodes.length} more
            </Text>
          )}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

const OrderRow_Order = graphql(`
  fragment OrderRow_Order on Order {
    number
    shop
    placedAt
    lines {
      sku
      product {
        title
      }
    }
    runs(first: 20) {
      totalCount
      nodes {
        status
        latestReplay {
          status
        }
      }
    }
  }
`);
