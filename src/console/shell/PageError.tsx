import { Box } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { Problem } from '../parts/Problem.tsx';

/** A page whose code failed, or could not be loaded. The rest of the console goes on, and drafts stay in the browser. */
export function PageError({ error }: ErrorComponentProps) {
  return (
    <Box p="lg" maw={640}>
      <Problem error={error as Error} retry={() => location.reload()} />
    </Box>
  );
}
