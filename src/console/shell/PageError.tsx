import { Box } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { Problem } from '../parts/Problem.tsx';

/** A page whose code failed. The rest of the console goes on. */
export function PageError({ error, reset }: ErrorComponentProps) {
  return (
    <Box p="lg" maw={640}>
      <Problem error={error as Error} retry={reset} />
    </Box>
  );
}
