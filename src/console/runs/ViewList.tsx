import { ActionIcon, Text, Tooltip } from '@mantine/core';
import { House, Trash2, Users } from 'lucide-react';
import { useState } from 'react';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { useChange } from '../api/query.ts';
import { type DefaultView, readDefaultView, storeDefaultView } from './default-view.ts';
import classes from './ViewList.module.css';

/** The saved views by name: each opens its filter and can be the default, and the person's own ones can be deleted. */
export function ViewList({ views: refs, openedId, open, changed }: ViewListProps) {
  const views = readFragment(ViewList_SavedView, refs);
  const [first, setFirst] = useState(readDefaultView);
  const makeDefault = (view: DefaultView | null) => {
    storeDefaultView(view);
    setFirst(view);
  };
  const remove = useChange(ViewList_Delete);
  const problem = remove.error?.message ?? remove.data?.deleteView?.userErrors[0]?.message;
  if (views.length === 0)
    return (
      <Text size="sm" c="dimmed">
        No view is saved yet. A view is a filter of this list, under a name.
      </Text>
    );
  return (
    <>
      <ul className={classes.views} aria-label="Views">
        {views.map(({ id, name, address, isOwn, isShared }) => (
          <li key={id} className={classes.view}>
            <button
              type="button"
              className={classes.open}
              aria-current={id === openedId ? 'true' : undefined}
              onClick={() => open(id, address)}
            >
              <span className={classes.name}>{name}</span>
              {isShared && <Users size={14} aria-label={isOwn ? 'everybody sees it' : 'shared by others'} />}
            </button>
            <Tooltip label="The console opens with this view, in this browser">
              <ActionIcon
                variant={id === first?.id ? 'light' : 'subtle'}
                color="gray"
                size="sm"
                aria-label={`Open the console with ${name}`}
                aria-pressed={id === first?.id}
                onClick={() => makeDefault(id === first?.id ? null : { id, address })}
              >
                <House size={14} aria-hidden />
              </ActionIcon>
            </Tooltip>
            {isOwn && (
              <Tooltip label={`Delete ${name}`}>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="sm"
                  aria-label={`Delete ${name}`}
                  loading={remove.isPending && remove.variables.id === id}
                  onClick={() => {
                    if (id === first?.id) makeDefault(null);
                    // A callback of mutate() is lost when the list is closed meanwhile.
                    void remove.mutateAsync({ id }).then(changed, () => {});
                  }}
                >
                  <Trash2 size={14} aria-hidden />
                </ActionIcon>
              </Tooltip>
            )}
          </li>
        ))}
      </ul>
      {problem && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {problem}
        </Text>
      )}
    </>
  );
}

type ViewListProps = {
  views: readonly FragmentType<typeof ViewList_SavedView>[];
  openedId: string | undefined;
  open: (id: string, address: string) => void;
  changed: () => void;
};

export const ViewList_SavedView = graphql(`
  fragment ViewList_SavedView on SavedView {
    id
    name
    address
    isOwn
    isShared
  }
`);

const ViewList_Delete = graphql(`
  mutation ViewList_Delete($id: ID!) {
    deleteView(id: $id) {
      userErrors {
        message
      }
    }
  }
`);
