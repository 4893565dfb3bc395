import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';

/** The way back to the run whose bindings a person came to edit; once the product is saved, to its replay. */
export const RunToReplay = ({ id, isSaved }: { id: string; isSaved: boolean }) => (
  <Button
    component={Link}
    to="/admin/runs/$id"
    params={{ id } as never}
    search={(isSaved ? { replay: 'yes' } : {}) as never}
    size="sm"
    px="xs"
    variant={isSaved ? 'filled' : 'subtle'}
  >
    {isSaved ? 'Replay the run' : 'Back to the run'}
  </Button>
);
