import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Compass } from 'lucide-react';
import { Empty } from '../parts/Empty.tsx';

export function NotFound() {
  return (
    <Empty
      icon={<Compass />}
      title="There is no such page"
      action={
        <Button component={Link} to="/admin/runs" variant="default" size="xs">
          Go to the runs
        </Button>
      }
    >
      The address may be mistyped, or the page may have moved.
    </Empty>
  );
}
