import { NavLink, Text } from '@mantine/core';
import { Link, useRouterState } from '@tanstack/react-router';
import { X } from 'lucide-react';
import classes from './Navigation.module.css';
import { PAGES } from './pages.ts';
import { ServiceLine } from './ServiceLine.tsx';

/** The pages of the console. On a phone it covers the page until a link or `closeMenu` closes it. */
export function Navigation({ closeMenu }: { closeMenu: () => void }) {
  const path = useRouterState({ select: ({ location }) => location.pathname });
  return (
    <>
      <div className={classes.brand}>
        <img src="/favicon.svg" alt="" width={26} height={26} />
        <Text fw={650} size="sm">
          Journey Runtime
        </Text>
        <button type="button" className={classes.close} onClick={closeMenu} aria-label="Close the menu">
          <X size={18} />
        </button>
      </div>
      <nav aria-label="Pages" className={classes.pages}>
        {PAGES.map(({ to, label, icon: Icon }) => (
          <NavLink
            key={to}
            renderRoot={(props) => <Link to={to} search={{}} {...props} />}
            label={label}
            leftSection={<Icon size={17} aria-hidden />}
            active={path.startsWith(to)}
            aria-current={path.startsWith(to) ? 'page' : undefined}
            classNames={{ root: classes.link }}
          />
        ))}
      </nav>
      <ServiceLine />
    </>
  );
}
