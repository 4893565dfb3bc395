import { type GraphQLResolveInfo, Kind, visit } from 'graphql';
import type { Cursor } from '../../feed/log/feed-cursor.ts';
import type { RunFilter } from '../../runs/model/run-filter.ts';

/** What Subscription.runEvents gives to the executor: not the events themselves, but which ones, to be shared by all who ask alike. */
export class RunEventSource implements AsyncIterable<never> {
  readonly filter: RunFilter;
  /** null: from now on. */
  readonly after: Cursor | null;
  /** The variable that holds `after` and nothing else, in which operations may differ and yet be alike. */
  readonly cursorVariable: string | null;

  constructor(filter: RunFilter, after: Cursor | null, info: GraphQLResolveInfo) {
    this.filter = filter;
    this.after = after;
    this.cursorVariable = cursorVariable(info);
  }

  /** graphql-js asks for an iterable; shared-streams.ts reads the feed in its place. */
  [Symbol.asyncIterator](): never {
    throw new Error('the events of a subscription are read by its executor');
  }
}

function cursorVariable({ fieldNodes, operation, fragments }: GraphQLResolveInfo): string | null {
  const after = fieldNodes[0]?.arguments?.find(({ name }) => name.value === 'after')?.value;
  if (after?.kind !== Kind.VARIABLE) return null;
  let uses = 0;
  for (const node of [operation.selectionSet, ...Object.values(fragments)])
    visit(node, {
      Variable({ name }) {
        if (name.value === after.name.value) uses += 1;
      },
    });
  return uses === 1 ? after.name.value : null;
}
