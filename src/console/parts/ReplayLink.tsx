import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { PageLink } from './PageLink.tsx';
import { lookOf } from './status-looks.ts';

/** That a run was replayed, and how far its latest replay is, as a link to it. */
export function ReplayLink({ replay: ref }: { replay: FragmentType<typeof ReplayLink_Run> }) {
  const replay = readFragment(ReplayLink_Run, ref);
  return (
    <PageLink
      to="/admin/runs/$id"
      params={{ id: replay.id }}
      size="xs"
      underline="always"
      display="block"
      truncate
    >
      Replayed, {lookOf(replay, Date.now()).label.toLowerCase()}
    </PageLink>
  );
}

const ReplayLink_Run = graphql(`
  fragment ReplayLink_Run on Run {
    id
    status
    runAt
    attempt
    cancelRequestedAt
  }
`);
