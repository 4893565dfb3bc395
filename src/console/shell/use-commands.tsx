import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import type { SpotlightActionData } from '@mantine/spotlight';
import { Boxes, CircleX, Clock, Keyboard, LogOut, Moon, Sun } from 'lucide-react';
import { signOut } from '../api/session.ts';
import { showUtc, useTimeZone, VIEWERS_ZONE } from '../parts/time-zone.ts';
import type { GoTo } from './use-things.tsx';

type Command = SpotlightActionData & { label: string; keywords: string };

/** The actions of the command palette, which do something at once. */
export function useCommands(goTo: GoTo, showKeys: () => void): Command[] {
  const { setColorScheme } = useMantineColorScheme();
  const other = useComputedColorScheme('light') === 'light' ? 'dark' : 'light';
  const isUtc = useTimeZone() === 'UTC';
  const SchemeIcon = other === 'dark' ? Moon : Sun;
  const leave = async () => {
    await signOut();
    location.assign('/');
  };
  return [
    {
      id: 'failed',
      label: 'Show the failed runs of the last hour',
      keywords: 'errors problems',
      leftSection: <CircleX size={18} aria-hidden />,
      onClick: () => goTo('/admin/runs', {}, { status: 'FAILED', last: '1h' }),
    },
    {
      id: 'new component',
      label: 'Register a component',
      keywords: 'new create script',
      leftSection: <Boxes size={18} aria-hidden />,
      onClick: () => goTo('/admin/components/new'),
    },
    {
      id: 'scheme',
      label: `Use the ${other} scheme`,
      keywords: 'theme colour appearance',
      leftSection: <SchemeIcon size={18} aria-hidden />,
      onClick: () => setColorScheme(other),
    },
    ...(VIEWERS_ZONE === 'UTC'
      ? []
      : [
          {
            id: 'zone',
            label: `Show times in ${isUtc ? VIEWERS_ZONE : 'UTC'}`,
            keywords: 'time zone',
            leftSection: <Clock size={18} aria-hidden />,
            onClick: () => showUtc(!isUtc),
          },
        ]),
    {
      id: 'keys',
      label: 'Show the keyboard shortcuts',
      keywords: 'help keys',
      leftSection: <Keyboard size={18} aria-hidden />,
      onClick: showKeys,
    },
    {
      id: 'sign out',
      label: 'Sign out',
      keywords: 'log out leave session',
      leftSection: <LogOut size={18} aria-hidden />,
      onClick: () => void leave(),
    },
  ];
}
