import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { fetchOperation } from './fetch.ts';
import type { TypedDocumentString } from './generated/graphql.ts';

/** The nodes of a list that were read so far. */
export type List<Node> = {
  /** undefined until the first page is read. */
  nodes: Node[] | undefined;
  totalCount: number;
  isCountExact: boolean;
  error: Error | null;
  /** Reads the next page; null at the end of the list. */
  more: (() => void) | null;
  isLoadingMore: boolean;
  reload: () => Promise<unknown>;
};

type Connection<Node> = {
  nodes: Node[];
  totalCount: number;
  totalCountExact: boolean;
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
};

/**
 * The list of a query operation, page by page. While variables change, the last list stays.
 * @param connectionOf the list in a result of the operation
 */
export function useList<Result, Variables extends { after?: string | null }, Node>(
  document: TypedDocumentString<Result, Variables>,
  variables: Omit<Variables, 'after'>,
  connectionOf: (result: Result) => Connection<Node> | null | undefined,
): { list: List<Node>; firstPage: Result | undefined } {
  const query = useInfiniteQuery({
    queryKey: [document.toString(), variables],
    queryFn: ({ pageParam, signal }) =>
      fetchOperation(document, { ...variables, after: pageParam } as Variables, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page: Result) => {
      const info = connectionOf(page)?.pageInfo;
      return info?.hasNextPage ? info.endCursor : null;
    },
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  const pages = query.data?.pages;
  const connections = pages?.flatMap((page) => connectionOf(page) ?? []);
  const nodes = connections?.flatMap((connection) => connection.nodes);
  const list = {
    nodes,
    // A list that is checked row by row counts only what was read of it.
    totalCount: Math.max(connections?.[0]?.totalCount ?? 0, nodes?.length ?? 0),
    isCountExact: (connections?.[0]?.totalCountExact ?? true) || !query.hasNextPage,
    error: query.error,
    more: query.hasNextPage ? () => void query.fetchNextPage() : null,
    isLoadingMore: query.isFetchingNextPage,
    // A new request would cancel one of the next page, and its click would have no effect.
    async reload() {
      if (query.isFetchingNextPage) await query.refetch({ cancelRefetch: false });
      await query.refetch();
    },
  };
  return { list, firstPage: pages?.[0] };
}
