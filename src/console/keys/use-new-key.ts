import { graphql } from '../api/generated/index.ts';
import { useChange } from '../api/query.ts';

const DAY_MS = 86_400_000;

/** Creates an API key. `create` returns the key itself, which is shown once; null when there is a problem. */
export function useNewKey() {
  const change = useChange(NewKey_Create);
  const create = async (principalId: string, days: number | null): Promise<string | null> => {
    const expiresAt = days === null ? null : new Date(Date.now() + days * DAY_MS).toISOString();
    const { createApiKey } = await change.mutateAsync({ input: { principalId, expiresAt } });
    return createApiKey?.key ?? null;
  };
  return {
    create,
    isPending: change.isPending,
    problem: change.error?.message ?? change.data?.createApiKey?.userErrors[0]?.message,
  };
}

const NewKey_Create = graphql(`
  mutation NewKey_Create($input: CreateApiKeyInput!) {
    createApiKey(input: $input) {
      key
      userErrors {
        message
      }
    }
  }
`);
