import { Skeleton, Stack } from '@mantine/core';

/** The place of a list that is loading. */
export const TableSkeleton = () => (
  <Stack aria-busy gap="xs">
    {[0, 1, 2, 3, 4].map((row) => (
      <Skeleton key={row} height={44} />
    ))}
  </Stack>
);
