import { Badge, Group, Table, Text } from '@mantine/core';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { Moment } from '../parts/Moment.tsx';
import { PageLink } from '../parts/PageLink.tsx';
import { TRIGGER_TEXTS } from '../parts/trigger-texts.ts';

/** A component in the list: its name and version, what starts it, and the script that it runs. */
export function ComponentRow({ component: ref }: { component: FragmentType<typeof ComponentRow_Component> }) {
  const { key, name, shop, version, triggers, script, archivedAt, updatedAt } = readFragment(
    ComponentRow_Component,
    ref,
  );
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
        <Text size="sm" className="mono">
          {script.slug}
        </Text>
        <Text size="xs" c="dimmed">
          {script.runtime}
        </Text>
      </Table.Td>
      <Table.Td>
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
    script {
      slug
      runtime
    }
  }
`);
