import {
  keepPreviousData,
  QueryClient,
  queryOptions,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
} from '@tanstack/react-query';
import { ApiError, fetchOperation } from './fetch.ts';
import type { TypedDocumentString } from './generated/graphql.ts';

/** Requests start when a page needs them, and never by themselves: an idle page sends none. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      retry: (failures, error) => failures < 3 && error instanceof ApiError && PASSING.has(error.code),
    },
  },
});

/** Reads again what the page shows and could not be read while the service was away. */
export function readAgain(): void {
  const hasFailed = (error: Error | null) => error instanceof ApiError && PASSING.has(error.code);
  void queryClient.refetchQueries({ type: 'active', predicate: ({ state }) => hasFailed(state.error) });
}

const PASSING = new Set(['UNREACHABLE', 'UNAVAILABLE', 'RATE_LIMITED', 'SHOP_MOVED']);

/** The result of a query operation, cached by document and variables. While variables change, the last result stays. */
export function useOperation<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  options: { enabled?: boolean; staleTime?: number } = {},
): UseQueryResult<Result, Error> {
  return useQuery({
    ...operationOptions(document, variables),
    placeholderData: keepPreviousData,
    ...options,
  });
}

/** How a query operation is read and cached, for a page that begins before it is shown. */
export const operationOptions = <Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
) =>
  queryOptions({
    queryKey: [document.toString(), variables],
    queryFn: ({ signal }) => fetchOperation(document, variables, signal),
  });

/** A mutation operation, sent by `mutate(variables)`. Errors of the input are in the payload's userErrors. */
export function useChange<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
): UseMutationResult<Result, Error, Variables> {
  return useMutation({ mutationFn: (variables: Variables) => fetchOperation(document, variables) });
}
