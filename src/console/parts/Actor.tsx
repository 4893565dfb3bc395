import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { useMay } from './permissions.ts';

/** The principal that did something: its name for viewers who may read the principals, its id for others. */
export function Actor({ id }: { id: string }) {
  const isNamed = useMay('MANAGE_PRINCIPALS');
  const { data } = useOperation(Actor_Query, {}, { enabled: isNamed, staleTime: 60_000 });
  const name = data?.principals?.nodes.find((principal) => principal.id === id)?.name;
  return <span title={name && id}>{name ?? id}</span>;
}

const Actor_Query = graphql(`
  query Actor_Query {
    principals(first: 100) {
      nodes {
        id
        name
      }
    }
  }
`);
