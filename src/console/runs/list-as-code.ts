import type { RunFilter } from '../api/generated/graphql.ts';

const DOCUMENT = `query Runs($where: RunFilter, $after: String) {
  runs(where: $where, first: 100, after: $after) {
    nodes { id status component { key } channel trigger queuedAt startedAt completedAt error { code message } }
    pageInfo { hasNextPage endCursor }
  }
}`;

/** The query of the list with its variables, for GraphiQL or a script. `after` takes the endCursor of the page before. */
export function listAsGraphQL(where: RunFilter): string {
  return `${DOCUMENT}

# Variables
${JSON.stringify({ where }, null, 2)}
`;
}

/** The query of the list as a command of a POSIX shell. The API key is in a variable, so that it is in no history. */
export function listAsCurl(origin: string, where: RunFilter): string {
  const body = JSON.stringify({ query: DOCUMENT, variables: { where } }).replaceAll("'", "'\\''");
  return `curl ${origin}/graphql -H 'content-type: application/json' -H "authorization: Bearer $JOURNEY_API_KEY" -d '${body}'`;
}
