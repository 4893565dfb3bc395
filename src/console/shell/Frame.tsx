import { Center, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ApiError } from '../api/fetch.ts';
import { Permissions } from '../parts/permissions.ts';
import { AppFrame } from './AppFrame.tsx';
import { SignIn } from './SignIn.tsx';
import { viewerOptions } from './viewer-query.ts';

/** The frame with the page, or the sign-in where the service does not know the person. */
export function Frame() {
  const { data, error } = useQuery(viewerOptions);
  if (error instanceof ApiError && SIGNED_OUT.has(error.code)) return <SignIn />;
  if (!data && !error)
    return (
      <Center mih="100dvh">
        <Loader size="sm" aria-label="Loading" />
      </Center>
    );
  return (
    <Permissions value={data?.viewer?.permissions ?? null}>
      <AppFrame viewer={data?.viewer ?? null} />
    </Permissions>
  );
}

/** A session that has ended is rejected by the limit of failed sign-ins where others at the same address have used it up. */
const SIGNED_OUT = new Set(['UNAUTHENTICATED', 'RATE_LIMITED']);
