import { Center, Loader } from '@mantine/core';
import { ApiError } from '../api/fetch.ts';
import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { Permissions } from '../parts/permissions.ts';
import { AppFrame } from './AppFrame.tsx';
import { SignIn } from './SignIn.tsx';

/** The frame with the page, or the sign-in where the service does not know the person. */
export function Frame() {
  const { data, error } = useOperation(Frame_Viewer, {}, { staleTime: Number.POSITIVE_INFINITY });
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
