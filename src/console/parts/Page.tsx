import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Page.module.css';

/** The frame of a page that scrolls as a whole: its title, the actions beside it, and its parts below each other. */
export function Page({ title, back, actions, children }: PageProps) {
  return (
    <div className={classes.scroll} data-scroll-restoration-id="page">
      <div className={classes.page}>
        {back}
        <div className={classes.head}>
          <Title order={1}>{title}</Title>
          {actions}
        </div>
        {children}
      </div>
    </div>
  );
}

type PageProps = { title: ReactNode; back?: ReactNode; actions?: ReactNode; children: ReactNode };

/** A box with a border, for one part of a page. */
export const Card = ({ children, label }: { children: ReactNode; label?: string }) => (
  <section aria-label={label} className={classes.card}>
    {children}
  </section>
);
