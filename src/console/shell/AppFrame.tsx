import { ActionIcon, AppShell, Burger, Group, UnstyledButton } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { Keyboard, Search } from 'lucide-react';
import { type MouseEvent, useEffect } from 'react';
import type { FragmentType } from '../api/generated/index.ts';
import { readAgain } from '../api/query.ts';
import { useWhenLiveAgain } from '../live/use-when-live-again.ts';
import classes from './AppFrame.module.css';
import { CommandPalette, openPalette } from './CommandPalette.tsx';
import { Navigation } from './Navigation.tsx';
import { SchemeSwitch } from './SchemeSwitch.tsx';
import { ServiceBanners } from './ServiceBanners.tsx';
import { ShortcutHelp } from './ShortcutHelp.tsx';
import { ViewerMark, type ViewerMark_Viewer } from './ViewerMark.tsx';
import { ZoneSwitch } from './ZoneSwitch.tsx';

/** The frame of every page: navigation, command palette, notices about the service, and switches. */
export function AppFrame({ viewer }: { viewer: FragmentType<typeof ViewerMark_Viewer> | null }) {
  const [isMenuOpen, menu] = useDisclosure();
  const [isHelpOpen, help] = useDisclosure();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new page closes the menu.
  useEffect(menu.close, [path]);
  useHotkeys([['?', help.open]], undefined, false);
  useWhenLiveAgain(readAgain);

  return (
    <AppShell
      layout="alt"
      header={{ height: 52 }}
      navbar={{ width: 212, breakpoint: 'sm', collapsed: { mobile: !isMenuOpen } }}
      padding={0}
      classNames={{ main: classes.main, header: classes.header, navbar: classes.navbar }}
    >
      {/* biome-ignore lint/a11y/useValidAnchor: it leads to a place of the page, and works without the handler too. */}
      <a className="skip-link" href="#page" onClick={skipToPage}>
        Skip to the page
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" gap="xs" wrap="nowrap">
          <Burger opened={isMenuOpen} onClick={menu.toggle} hiddenFrom="sm" size="sm" aria-label="Menu" />
          <UnstyledButton className={classes.search} onClick={openPalette}>
            <Search size={15} aria-hidden />
            <span className={classes.searchText}>Search or jump to…</span>
            <kbd className={classes.key}>{IS_APPLE ? '⌘ K' : 'Ctrl K'}</kbd>
          </UnstyledButton>
          <Group gap={4} ml="auto" wrap="nowrap">
            {viewer && <ViewerMark viewer={viewer} />}
            <ZoneSwitch />
            <SchemeSwitch />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              onClick={help.open}
              aria-label="Keyboard shortcuts"
              visibleFrom="sm"
            >
              <Keyboard size={18} />
            </ActionIcon>
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar>
        <Navigation closeMenu={menu.close} />
      </AppShell.Navbar>
      <AppShell.Main id="page" tabIndex={-1}>
        <ServiceBanners />
        <Outlet />
      </AppShell.Main>
      <CommandPalette showKeys={help.open} />
      <ShortcutHelp isOpen={isHelpOpen} close={help.close} />
    </AppShell>
  );
}

const IS_APPLE = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Moves the focus. Another address would be a page that is left, which a page with unsaved changes has to confirm. */
function skipToPage(event: MouseEvent): void {
  event.preventDefault();
  document.getElementById('page')?.focus();
}
