import { ServiceError } from '../../errors.ts';
import type { Slice } from '../../postgres/slice.ts';
import type { CursorCodec } from './page-cursor.ts';

export type PageArgs = {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
};

export type PageSource<T, K> = {
  cursor: CursorCodec<K>;
  keyOf(node: NoInfer<T>): NoInfer<K>;
  /** Returns the slice's rows in the list's order, or in the opposite order if `reverse` is set. */
  fetch(slice: Slice<NoInfer<K>>): Promise<readonly T[]>;
  /** Returns the length of the whole list, counting up to `atMost`. */
  count?(atMost: number): Promise<number>;
};

/** A page of a list. A value that costs another statement is a function, called only if the operation selects it. */
export type Page<T> = {
  edges: { cursor: string; node: T }[];
  hasNextPage(): Promise<boolean>;
  hasPreviousPage(): Promise<boolean>;
  totalCount(): Promise<{ count: number; isExact: boolean }>;
  /** The position up to which the list was read, where that is not the last edge. */
  endCursor?: string;
};

export const PAGE_DEFAULT = 20;
export const PAGE_AT_MOST = 100;
export const COUNT_AT_MOST = 10_000;

/**
 * Reads the requested page: one statement with one row more than the page. It uses no offset, so rows that are added
 * or deleted meanwhile shift nothing.
 * @throws ServiceError BAD_REQUEST on a size out of range, on both directions at once, or on a malformed cursor.
 */
export async function readPage<T, K>(args: PageArgs, source: PageSource<T, K>): Promise<Page<T>> {
  const { after, before, limit: rowsAtMost, reverse } = checkedSlice(args, source.cursor);
  const limit = rowsAtMost - 1;

  const rows = await source.fetch({ after, before, limit: rowsAtMost, reverse });
  const overflow = rows.length > limit;
  const nodes = reverse ? rows.slice(0, limit).reverse() : rows.slice(0, limit);
  const startKey = nodes.length > 0 ? source.keyOf(nodes[0]!) : before;
  const endKey = nodes.length > 0 ? source.keyOf(nodes.at(-1)!) : after;
  const found = async (slice: Omit<Slice<K>, 'limit'>) =>
    (await source.fetch({ ...slice, limit: 1 })).length > 0;

  let counted: Promise<number> | undefined;
  return {
    edges: nodes.map((node) => ({ cursor: source.cursor.encode(source.keyOf(node)), node })),
    async hasNextPage() {
      if (!reverse && overflow) return true;
      return before === null ? false : found({ after: endKey, before: null, reverse: false });
    },
    async hasPreviousPage() {
      if (reverse && overflow) return true;
      return after === null ? false : found({ after: null, before: startKey, reverse: true });
    },
    async totalCount() {
      counted ??= source.count?.(COUNT_AT_MOST + 1) ?? Promise.reject(new Error('this list is not counted'));
      const count = await counted;
      return { count: Math.min(count, COUNT_AT_MOST), isExact: count <= COUNT_AT_MOST };
    },
  };
}

/** The slice of a page, with one row more than the page; null if the arguments are invalid. */
export function sliceOf<K>(args: PageArgs, cursor: CursorCodec<K>): Slice<K> | null {
  try {
    return checkedSlice(args, cursor);
  } catch (error) {
    if (error instanceof ServiceError) return null;
    throw error;
  }
}

/** @throws ServiceError BAD_REQUEST as readPage does */
export function checkedSlice<K>(args: PageArgs, cursor: CursorCodec<K>): Slice<K> {
  if (args.first != null && args.last != null) throw mistake('Set either first or last, not both.');
  const limit = checkedSize(args.first, 'first') ?? checkedSize(args.last, 'last') ?? PAGE_DEFAULT;
  const reverse = args.last != null || (args.first == null && args.before != null && args.after == null);
  const after = place(args.after, 'after', cursor);
  const before = place(args.before, 'before', cursor);
  return { after, before, limit: limit + 1, reverse };
}

/** The number of newest rows requested from a field without paging; `fallback` by default. */
export function newestFirst(first: number | null | undefined, fallback: number): number {
  return checkedSize(first, 'first') ?? fallback;
}

function checkedSize(size: number | null | undefined, name: string): number | undefined {
  if (size == null) return undefined;
  if (size >= 1 && size <= PAGE_AT_MOST) return size;
  throw mistake(`${name} must be from 1 to ${PAGE_AT_MOST}; it was ${size}.`);
}

function place<K>(text: string | null | undefined, name: string, codec: CursorCodec<K>): K | null {
  if (text == null) return null;
  const key = codec.decode(text);
  if (key === null)
    throw mistake(`${name} is not a cursor of this list; pass one that an earlier page returned.`);
  return key;
}

const mistake = (message: string) => new ServiceError('BAD_REQUEST', message);
