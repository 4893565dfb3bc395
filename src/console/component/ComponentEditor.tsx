import { Alert, Badge, Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { useChange } from '../api/query.ts';
import { PageLink } from '../parts/PageLink.tsx';
import { storeDraft } from '../parts/use-draft.ts';
import { ArchiveButton } from './ArchiveButton.tsx';
import { AttachedProducts } from './AttachedProducts.tsx';
import { ComponentForm, draftKey, type Forget } from './ComponentForm.tsx';
import { type ComponentDraft, changesIn, draftOf } from './component-draft.ts';
import { mergeDrafts } from './merge-drafts.ts';
import { VersionList } from './VersionList.tsx';

/** Edits a component. A change is saved as a new version, unless somebody else saved one meanwhile. */
export function ComponentEditor({ component: ref, reload }: ComponentEditorProps) {
  const component = readFragment(ComponentEditor_Component, ref);
  const update = useChange(ComponentEditor_Update);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const { id, key, shop, name, version, archivedAt } = component;
  const place = `${shop ?? ''} ${key}`;
  const mistakes = update.data?.updateComponent?.userErrors ?? [];

  async function save(draft: ComponentDraft, forget: Forget): Promise<void> {
    const input = changesIn(draftOf(component), draft);
    if (!input) return;
    setConflict(null);
    const { updateComponent } = await update.mutateAsync({
      id,
      input: { ...input, expectedVersion: version },
    });
    if (updateComponent?.userErrors.some(({ code }) => code === 'CONFLICT') && updateComponent.component) {
      const theirs = readFragment(ComponentEditor_Component, updateComponent.component);
      setConflict({ theirs, forget, ...mergeDrafts(draftOf(component), draft, draftOf(theirs)) });
    }
    if (updateComponent?.userErrors.length !== 0 || !updateComponent.component) return;
    const saved = readFragment(ComponentEditor_Component, updateComponent.component);
    forget({ draft: draftOf(saved), version: saved.version });
    await reload();
    notifications.show({ message: `${name} is saved.`, color: 'pine' });
  }

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
        <Group gap="xs">
          {!archivedAt && (
            <PageLink to="/admin/products" search={{ add: key }}>
              Add it to a product
            </PageLink>
          )}
          <ArchiveButton component={component} reload={reload} />
        </Group>
      </Group>
      <ComponentForm
        // A new version begins with its own definition.
        key={version}
        place={place}
        initial={draftOf(component)}
        stored={component}
        mistakes={mistakes.filter(({ code }) => code !== 'CONFLICT')}
        error={update.error?.message}
        conflict={
          conflict && (
            <ConflictAlert
              version={conflict.theirs.version}
              both={conflict.both}
              resolve={() => {
                storeDraft(draftKey(place, conflict.theirs.version), conflict.merged);
                conflict.forget();
                void reload();
              }}
            />
          )
        }
        isSaving={update.isPending}
        action="Save a new version"
        save={save}
      />
      <AttachedProducts component={component} />
      <VersionList component={component} />
    </>
  );
}

type Conflict = ReturnType<typeof mergeDrafts> & { theirs: { version: number }; forget: Forget };

/** Somebody else saved a version meanwhile: what was typed here can be put on it. */
function ConflictAlert({ version, both, resolve }: ConflictAlertProps) {
  return (
    <Alert
      color="orange"
      variant="light"
      title={`Somebody else saved version ${version} meanwhile`}
      role="alert"
    >
      <Text size="sm">
        Your changes can be put on it; look at them, then save.
        {both.length > 0 &&
          ` You both changed ${both.join(', ')}: yours stay, theirs are in the list of versions.`}
      </Text>
      <Button size="xs" variant="default" mt="sm" onClick={resolve}>
        Put my changes on version {version}
      </Button>
    </Alert>
  );
}

type ConflictAlertProps = { version: number; both: readonly string[]; resolve: () => void };

type ComponentEditorProps = {
  component: FragmentType<typeof ComponentEditor_Component>;
  reload: () => Promise<void>;
};

const ComponentEditor_Component = graphql(`
  fragment ComponentEditor_Component on Component {
    id
    key
    shop
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
        ...ComponentEditor_Component
      }
      userErrors {
        code
        message
        path
      }
    }
  }
`);
