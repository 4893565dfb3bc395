import { Badge, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { useChange } from '../api/query.ts';
import { PageLink } from '../parts/PageLink.tsx';
import { ArchiveButton } from './ArchiveButton.tsx';
import { AttachedProducts } from './AttachedProducts.tsx';
import { ComponentForm } from './ComponentForm.tsx';
import { definitionOf, draftOf } from './component-draft.ts';
import { VersionList } from './VersionList.tsx';

/** Edits a component. A change is saved as a new version, unless somebody else saved one meanwhile. */
export function ComponentEditor({ component: ref, reload }: ComponentEditorProps) {
  const component = readFragment(ComponentEditor_Component, ref);
  const update = useChange(ComponentEditor_Update);
  const { id, key, name, version, archivedAt } = component;
  return (
    <>
      <Group justify="space-between">
        <Group gap="sm">
          {archivedAt && (
            <Badge variant="outline" color="gray">
              Archived
            </Badge>
          )}
          <Text size="sm" c="dimmed">
            <span className="mono">{key}</span> · version {version} ·{' '}
            <PageLink to="/admin/runs" search={{ component: key }} underline="always">
              its runs
            </PageLink>
          </Text>
        </Group>
        <ArchiveButton component={component} reload={reload} />
      </Group>
      <ComponentForm
        // A new version begins with its own definition.
        key={version}
        initial={draftOf(component)}
        isNew={false}
        mistakes={update.data?.updateComponent?.userErrors ?? []}
        error={update.error?.message}
        isSaving={update.isPending}
        action="Save a new version"
        save={async (draft) => {
          const input = definitionOf(draft);
          if (!input) return;
          const { updateComponent } = await update.mutateAsync({
            id,
            input: { ...input, expectedVersion: version },
          });
          if (updateComponent?.userErrors.length !== 0) return;
          await reload();
          notifications.show({ message: `${name} is saved.`, color: 'pine' });
        }}
      />
      <AttachedProducts component={component} />
      <VersionList component={component} />
    </>
  );
}

type ComponentEditorProps = {
  component: FragmentType<typeof ComponentEditor_Component>;
  reload: () => Promise<void>;
};

const ComponentEditor_Component = graphql(`
  fragment ComponentEditor_Component on Component {
    id
    key
    name
    version
    archivedAt
    description
    triggers
    timeoutSeconds
    inputSchema
    script {
      slug
      runtime
      version
      metadata
    }
    retryPolicy {
      maxAttempts
      backoff
      initialDelaySeconds
      maxDelaySeconds
    }
    providerDependencies {
      key
      optional
    }
    ...ArchiveButton_Component
    ...AttachedProducts_Component
    ...VersionList_Component
  }
`);

const ComponentEditor_Update = graphql(`
  mutation ComponentEditor_Update($id: ID!, $input: UpdateComponentInput!) {
    updateComponent(id: $id, input: $input) {
      component {
        version
      }
      userErrors {
        message
        path
      }
    }
  }
`);
