import { Center, Loader } from '@mantine/core';
import { Navigate, useParams } from '@tanstack/react-router';
import { SearchX } from 'lucide-react';
import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { Empty } from '../parts/Empty.tsx';
import { Problem } from '../parts/Problem.tsx';

/** A short link, such as /r/0192a3b4: opens the run whose id begins so, or the list if there are several. */
export function ShortLink() {
  const { id = '' } = useParams({ strict: false });
  const { data, error, refetch } = useOperation(ShortLink_Query, { id });
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (!data)
    return (
      <Center h={240}>
        <Loader size="sm" aria-label="Loading" />
      </Center>
    );
  const [run, other] = data.runs?.nodes ?? [];
  if (!run)
    return (
      <Empty icon={<SearchX />} title="No run has this id">
        A short link needs at least the first eight characters of the id of a run. The run may have been
        deleted by retention.
      </Empty>
    );
  return other ? (
    <Navigate to="/admin/runs" search={{ search: id } as never} replace />
  ) : (
    <Navigate to="/admin/runs/$id" params={{ id: run.id }} replace />
  );
}

const ShortLink_Query = graphql(`
  query ShortLink_Query($id: String!) {
    runs(where: { search: $id }, first: 2) {
      nodes {
        id
      }
    }
  }
`);
