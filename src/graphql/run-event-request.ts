import { type GraphQLResolveInfo, Kind, visit } from 'graphql';
import type { Cursor } from '../feed/log/feed-cursor.ts';
import type { NarrowedFilter } from '../runs/model/run-scope.ts';

/** The events that an operation's runEvents field selects. Operations with equal requests share their events. */
export type RunEventRequest = {
  filter: NarrowedFilter;
  /** The cursor to start after; null to start with the next event. */
  after: Cursor | null;
  /** The variable that supplies only `after`. Operations that differ only in its value share their events. */
  cursorVariable: string | null;
};

/** The variable that the argument `after` comes from, if it is used nowhere else in the operation. */
export function cursorVariableOf({ fieldNodes, operation, fragments }: GraphQLResolveInfo): string | null {
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
