import { Badge, Group, Table, Text } from '@mantine/core';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { plural } from '../parts/format.ts';
import { Moment } from '../parts/Moment.tsx';
import { PageLink } from '../parts/PageLink.tsx';
import { TRIGGER_TEXTS } from '../parts/trigger-texts.ts';
import { LastHour } from './LastHour.tsx';

/** A component in the list: its name and version, what starts it, the products that use it, and its last hour. */
export function ComponentRow({ component: ref }: { component: FragmentType<typeof ComponentRow_Component> }) {
  const component = readFragment(ComponentRow_Component, ref);
  const { key, name, shop, version, triggers, attachments, archivedAt, updatedAt } = component;
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap="xs">
          <PageLink
            to="/admin/components/$key"
            params={{ key }}
            search={shop ? { shop } : {}}
            fw={550}
            size="sm"
          >
            {name}
          </PageLink>
          {archivedAt && (
            <Badge variant="outline" color="gray" size="sm">
              Archived
            </Badge>
          )}
        </Group>
        <Text size="xs" c="dimmed" className="mono">
          {key}
          {shop && ` · ${shop}`}
        </Text>
      </Table.Td>
      <Table.Td>
        <Text size="sm">{triggers.map((trigger) => TRIGGER_TEXTS[trigger]).join(', ')}</Text>
      </Table.Td>
      <Table.Td>
        {attachments.totalCount === 0 ? (
          <Text size="sm" c="dimmed">
            no product
          </Text>
        ) : (
          <PageLink to="/admin/products" search={{ component: key, ...(shop && { shop }) }} size="sm">
            {plural(attachments.totalCount, 'product', attachments.totalCountExact)}
          </PageLink>
        )}
      </Table.Td>
      <Table.Td data-label="Last hour">
        <LastHour component={component} />
      </Table.Td>
      <Table.Td data-label="Changed">
        <Moment at={updatedAt} />
        <Text size="xs" c="dimmed">
          version {version}
        </Text>
      </Table.Td>
    </Table.Tr>
  );
}

const ComponentRow_Component = graphql(`
  fragment ComponentRow_Component on Component {
    key
    name
    shop
    version
    triggers
    archivedAt
    updatedAt
    attachments(first: 1) {
      totalCount
      totalCountExact
    }
    ...LastHour_Component
  }
`);
