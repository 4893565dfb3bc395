import { PageLink } from '../parts/PageLink.tsx';

/** Another run as a link, by the end of its id: runs of the same time begin alike. */
export const RunLink = ({ id }: { id: string }) => (
  <PageLink to="/admin/runs/$id" params={{ id }} className="mono">
    …{id.slice(-8)}
  </PageLink>
);
