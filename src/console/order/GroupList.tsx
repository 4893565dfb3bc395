import { Group } from '@mantine/core';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { Moment } from '../parts/Moment.tsx';
import { Card } from '../parts/Page.tsx';
import { PageLink } from '../parts/PageLink.tsx';
import classes from './GroupList.module.css';
import { GroupProgress } from './GroupProgress.tsx';
import { GROUP_NAMES } from './group-names.ts';

/** The checkout and the automations of an order, each with how far its runs are. */
export function GroupList({ groups: refs }: { groups: readonly FragmentType<typeof GroupList_RunGroup>[] }) {
  const groups = readFragment(GroupList_RunGroup, refs);
  if (groups.length === 0) return null;
  return (
    <Card label="Checkout and automations">
      <ul className={classes.groups}>
        {groups.map((group) => (
          <li key={group.id} className={classes.group}>
            <Group gap="xs" justify="space-between">
              <PageLink to="/admin/groups/$id" params={{ id: group.id } as never}>
                {GROUP_NAMES[group.kind]}
              </PageLink>
              <Moment at={group.createdAt} />
            </Group>
            <GroupProgress group={group} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

const GroupList_RunGroup = graphql(`
  fragment GroupList_RunGroup on RunGroup {
    id
    kind
    createdAt
    ...GroupProgress_RunGroup
  }
`);
