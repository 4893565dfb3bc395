import { Center, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ApiError } from '../api/fetch.ts';
import { graphql } from '../api/generated/index.ts';
import { operationOptions } from '../api/query.ts';
import { Permissions } from '../parts/permissions.ts';
import { AppFrame } from './AppFrame.tsx';
import { SignIn } from './SignIn.tsx';

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

const Frame_Viewer = graphql(`
  query Frame_Viewer {
    viewer {
      permissions
      ...ViewerMark_Viewer
    }
  }
`);

/** The viewer, read once: main.tsx begins before it shows the first page. */
export const viewerOptions = {
  ...operationOptions(Frame_Viewer, {}),
  staleTime: Number.POSITIVE_INFINITY,
  // The error of the first request is shown, and not sent for again.
  retryOnMount: false,
};
