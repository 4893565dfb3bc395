import { graphql } from '../api/generated/index.ts';
import { operationOptions } from '../api/query.ts';

const Frame_Viewer = graphql(`
  query Frame_Viewer {
    viewer {
      permissions
      ...ViewerMark_Viewer
    }
  }
`);

/** The viewer, read once: entry.ts begins before the code of the first page has arrived. */
export const viewerOptions = {
  ...operationOptions(Frame_Viewer, {}),
  staleTime: Number.POSITIVE_INFINITY,
  // The error of the first request is shown, and not sent for again.
  retryOnMount: false,
};
