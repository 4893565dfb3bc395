import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Empty.module.css';

/** A list or page without content: why it is empty, and what to do next. */
export function Empty({ icon, title, children, action }: EmptyProps) {
  return (
    <Stack align="center" gap="xs" className={classes.empty}>
      <div className={classes.icon} aria-hidden>
        {icon}
      </div>
      <Title order={2}>{title}</Title>
      <Text c="dimmed" size="sm" ta="center" maw={460}>
        {children}
      </Text>
      {action}
    </Stack>
  );
}

type EmptyProps = { icon: ReactNode; title: string; children: ReactNode; action?: ReactNode };
