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
        {groups.map(({ id, kind, createdAt, counts }) => (
          <li key={id} className={classes.group}>
            <Group gap="xs" justify="space-between">
              <PageLink to="/admin/groups/$id" params={{ id } as never}>
                {GROUP_NAMES[kind]}
              </PageLink>
              <Moment at={createdAt} />
            </Group>
            <GroupProgress counts={counts} />
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
    counts {
      ...GroupProgress_RunCounts
    }
  }
`);
