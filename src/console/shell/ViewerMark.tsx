import { Menu, UnstyledButton } from '@mantine/core';
import { LogOut, UserRound } from 'lucide-react';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { signOut } from '../api/session.ts';
import classes from './ViewerMark.module.css';

/** The person who is signed in, with their rights, and the way out. An open service has nobody to show. */
export function ViewerMark({ viewer: ref }: { viewer: FragmentType<typeof ViewerMark_Viewer> }) {
  const { name, channels, permissions } = readFragment(ViewerMark_Viewer, ref);
  if (name === 'anonymous') return null;
  const leave = async () => location.assign(await signOut());
  return (
    <Menu shadow="md" position="bottom-end">
      <Menu.Target>
        <UnstyledButton className={classes.viewer}>
          <UserRound size={15} aria-hidden />
          <span className={classes.name}>{name}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown maw={320}>
        <Menu.Label>
          {channels ? `Only the channels ${channels.join(', ')}` : 'All channels'} · {permissions.join(', ')}
        </Menu.Label>
        <Menu.Item leftSection={<LogOut size={15} aria-hidden />} onClick={() => void leave()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

export const ViewerMark_Viewer = graphql(`
  fragment ViewerMark_Viewer on Viewer {
    name
    channels
    permissions
  }
`);
