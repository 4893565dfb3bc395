import { Alert, Button, Text } from '@mantine/core';
import { CircleAlert } from 'lucide-react';
import { ApiError } from '../api/fetch.ts';

/** A request that failed: what happened, and the way on. */
export function Problem({ error, retry }: { error: Error; retry?: () => void }) {
  const code = error instanceof ApiError ? error.code : 'INTERNAL';
  return (
    <Alert
      color="red"
      variant="light"
      icon={<CircleAlert size={18} />}
      title={TITLES[code] ?? 'Something failed'}
    >
      <Text size="sm">{error.message}</Text>
      {retry && (
        <Button mt="sm" size="xs" variant="default" onClick={retry}>
          Try again
        </Button>
      )}
    </Alert>
  );
}

const TITLES: Record<string, string> = {
  UNREACHABLE: 'No connection to the service',
  UNAVAILABLE: 'The service is busy',
  RATE_LIMITED: 'Too many requests',
  UNAUTHENTICATED: 'You are signed out',
  FORBIDDEN: 'Your role does not allow this',
  NOT_FOUND: 'Not found',
};
