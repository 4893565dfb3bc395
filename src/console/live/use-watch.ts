import { useEffect, useState } from 'react';
import type { TypedDocumentString } from '../api/generated/graphql.ts';
import { journeyClient } from './journey-client.ts';

/**
 * The newest result of a subscription that sends a state (runStats, runUpdated, bulkOperationUpdated); undefined before
 * the first one. `isPaused` ends the subscription and leaves the last result.
 */
export function useWatch<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  isPaused = false,
): { data: Result | undefined; error: Error | undefined } {
  const [data, setData] = useState<Result>();
  const [error, setError] = useState<Error>();
  const key = JSON.stringify(variables);
  useEffect(() => {
    if (isPaused) return;
    const watch = journeyClient.watch(document.toString(), JSON.parse(key));
    const follow = async () => {
      try {
        for await (const result of watch) setData(result as Result);
      } catch (cause) {
        setError(cause as Error);
      }
    };
    void follow();
    return () => void watch.return?.();
  }, [document, key, isPaused]);
  return { data, error };
}
